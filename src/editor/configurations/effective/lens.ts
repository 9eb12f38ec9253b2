import {
  CodeLens,
  type CodeLensProvider,
  type Disposable,
  EventEmitter,
  languages as editorLanguages,
  type TextDocument,
  type TextEditor,
  window,
} from 'vscode';
import type { Run } from '../../../analysis/run.ts';
import type { Site } from '../../../tls/model/server-model.ts';
import { knownValue } from '../../../tls/model/setting.ts';
import { commands, settings } from '../../ids.ts';
import { readSetting } from '../../settings.ts';
import { fileOf } from '../../uris.ts';
import type { Analyses } from '../workspace/analyses.ts';
import { documentsWithFindings } from '../workspace/documents.ts';
import { allRuns, viewsOf } from '../workspace/views.ts';

/** Above each server what it really offers; a click shows where each value comes from. */
export function registerLenses(analyses: Analyses, now: () => Date): Disposable[] {
  const changed = new EventEmitter<void>();
  const missed = watchForMissed(() => changed.fire());
  const provider: CodeLensProvider<ServerLens> = {
    onDidChangeCodeLenses: changed.event,
    async provideCodeLenses(document) {
      missed.asked(document);
      return readSetting(settings.lens, true, document.uri) ? lensesOf(document, analyses) : [];
    },
    async resolveCodeLens(lens) {
      const { title, reason } = await wordsFor(lens.site, lens.run, now());
      const tooltip = 'Predicted from the configuration. Click for each value and where it comes from.';
      lens.command = {
        command: commands.showEffectiveConfiguration,
        title,
        tooltip: reason === undefined ? tooltip : `${reason}\n\n${tooltip}`,
        arguments: [lens.document.uri, lens.site.id],
      };
      return lens;
    },
  };
  return [
    changed,
    missed,
    watchEditors(() => changed.fire()),
    analyses.onDidInvalidate(() => changed.fire()),
    // Of a text that changed VS Code asks by itself, but not of what it includes, or what includes it.
    analyses.onDidFinish(({ document, run }) => {
      missed.look();
      const isAnother = (file: string): boolean => file !== fileOf(document.uri) && run.project.files.has(file);
      if (window.visibleTextEditors.some((editor) => isAnother(fileOf(editor.document.uri)))) changed.fire();
    }),
    editorLanguages.registerCodeLensProvider(documentsWithFindings, provider),
  ];
}

/** Milliseconds in which editors ask for lenses and draw them. */
const drawing = 1_500;

/**
 * VS Code loses the lenses of an editor that is split, or has another opened beside it, before they are drawn: it drops what
 * was told, or never asks, until that editor gets the keyboard. So whenever one more is seen, all are asked about once more.
 */
function watchEditors(askAgain: () => void): Disposable {
  let seen = window.visibleTextEditors.length;
  return window.onDidChangeVisibleTextEditors(({ length }) => {
    if (length > Math.max(seen, 1)) setTimeout(askAgain, drawing);
    seen = length;
  });
}

/**
 * VS Code forgets to ask for an editor's lenses where the keyboard goes elsewhere (to the list of problems, the terminal)
 * within the pause that it makes before. Who has not been asked about a text that is shown says that there are others, which
 * makes VS Code ask whatever has the keyboard.
 */
function watchForMissed(askAgain: () => void) {
  const lastAsked = new WeakMap<TextDocument, number>();
  let timer: NodeJS.Timeout | undefined;
  const isMissed = ({ document }: TextEditor): boolean =>
    lastAsked.get(document) !== document.version && editorLanguages.match(documentsWithFindings, document) > 0;
  const look = (attempts = 3): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (attempts === 0 || !window.visibleTextEditors.some(isMissed)) return;
      askAgain();
      look(attempts - 1);
    }, drawing);
  };
  const listener = window.onDidChangeVisibleTextEditors(() => look());
  return {
    asked: (document: TextDocument) => void lastAsked.set(document, document.version),
    look,
    dispose: () => {
      clearTimeout(timer);
      listener.dispose();
    },
  };
}

/** What a server offers is worked out when its lens comes into view: a file may have a thousand of them. */
class ServerLens extends CodeLens {
  constructor(
    readonly site: Site,
    readonly run: Run,
    readonly document: TextDocument,
    range: CodeLens['range'],
  ) {
    super(range);
  }
}

async function lensesOf(document: TextDocument, analyses: Analyses): Promise<ServerLens[]> {
  const run = await analyses.run(document);
  if (run === undefined) return [];
  return allRuns(run).flatMap((each) => serversOf(each, document));
}

function serversOf(run: Run, document: TextDocument): ServerLens[] {
  const views = new Map(viewsOf(run, document.uri).map((view) => [view.file, view]));
  const speakTls = new Set(
    run.model.endpoints.flatMap(({ site, tls }) => (knownValue(tls.enabled) === true ? [site] : [])),
  );
  return run.model.sites
    .filter(({ id }) => speakTls.has(id))
    .flatMap((site) => {
      const range = views.get(site.block.file)?.editorRange(site.location.range);
      return range === undefined ? [] : [new ServerLens(site, run, document, range)];
    });
}

async function wordsFor(site: Site, { model, certificateFile }: Run, now: Date) {
  const { onlyEndpoints, viewEndpoints } = await import('../../../analysis/endpoints/endpoints.ts');
  const { gradeReason, summaryOfSite } = await import('./endpoint-words.ts');
  const all = viewEndpoints(
    onlyEndpoints(model, ({ site: id }) => id === site.id),
    certificateFile,
    now,
  );
  const views = all.filter((view) => view.site.id === site.id);
  return { title: summaryOfSite(views, now), reason: gradeReason(views) };
}
