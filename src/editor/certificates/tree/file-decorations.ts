import { Disposable, EventEmitter, type FileDecoration, ThemeColor, type Uri, window, workspace } from 'vscode';
import { section, settings } from '../../ids.ts';
import { readSetting } from '../../settings.ts';
import { fileOf } from '../../uris.ts';
import type { CertificateStore } from '../certificate-store.ts';
import { describeRemaining, needsAttention, titleOf, type Urgency, urgencyOf } from './model.ts';

/** Marks files whose certificate has expired or is about to, in the explorer and on tabs, once the view was opened. */
export function registerFileDecorations(store: CertificateStore, now: () => Date): Disposable {
  const changed = new EventEmitter<undefined>();
  let marks: ReadonlyMap<string, FileDecoration> = new Map();
  const refresh = (): void => {
    const before = marks;
    marks = readSetting(settings.decorateFiles, true) ? marksOf(store, now()) : new Map();
    if (before.size > 0 || marks.size > 0) changed.fire(undefined);
  };
  return Disposable.from(
    changed,
    store.onDidChange(refresh),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${section}.${settings.decorateFiles}`)) refresh();
    }),
    window.registerFileDecorationProvider({
      onDidChangeFileDecorations: changed.event,
      provideFileDecoration: (uri: Uri) => (marks.size === 0 ? undefined : marks.get(fileOf(uri))),
    }),
  );
}

/** The gravest certificate of each file; a bundle of CA certificates is counted as a whole. */
function marksOf(store: CertificateStore, now: Date): ReadonlyMap<string, FileDecoration> {
  const marks = new Map<string, FileDecoration>();
  for (const certificate of store.certificates) {
    if (!needsAttention(certificate, now)) continue;
    const { file, summary } = certificate;
    const urgency = urgencyOf(certificate, now);
    if (urgency !== 'expired' && marks.has(file)) continue;
    marks.set(file, markOf(urgency, `${titleOf(summary)}: ${describeRemaining(summary.notAfter, now)}`));
  }
  return marks;
}

function markOf(urgency: Urgency, tooltip: string): FileDecoration {
  return urgency === 'expired'
    ? { badge: '!!', color: new ThemeColor('list.errorForeground'), tooltip }
    : { badge: '!', color: new ThemeColor('list.warningForeground'), tooltip };
}
