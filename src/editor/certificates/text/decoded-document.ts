import { type Disposable, Uri, ViewColumn, window, workspace } from 'vscode';
import type { Host } from '../../../host/host.ts';
import { baseName } from '../../../text/path.ts';
import { commands, decodedScheme as scheme } from '../../ids.ts';
import { registerCommand } from '../../register.ts';
import { registerToldFiles } from '../../told-files.ts';
import { fileOf, uriOf } from '../../uris.ts';
import type { Watcher } from '../../watcher.ts';
import type { CertificateStore } from '../certificate-store.ts';
import { targetOf } from '../certificate-target.ts';

/**
 * A read-only document of what a file holds, in words: it can be searched, copied and compared like any text. Opening the
 * file itself still opens the file.
 */
export function registerDecodedView(host: Host, store: CertificateStore, watcher: Watcher): Disposable[] {
  const shown = registerToldFiles(scheme, { textOf: (uri) => decodedText(sourceOf(uri), host) });
  const refresh = (files: readonly string[]): void => {
    for (const { uri } of workspace.textDocuments) {
      if (uri.scheme === scheme && files.includes(sourceOf(uri))) shown.changed(uri);
    }
  };
  return [
    shown,
    watcher.onDidChange(refresh),
    // What is not saved yet counts too.
    workspace.onDidChangeTextDocument(({ document: { uri } }) => refresh([fileOf(uri)])),
    registerCommand(commands.openDecodedView, async (target?: unknown) => {
      const chosen = await targetOf(target, 'Open decoded view', { store, host });
      if (chosen === undefined) return;
      const source = uriOf(chosen.file);
      const query = source.toString();
      const path = `/${baseName(source.path)} (decoded)`;
      const document = await workspace.openTextDocument(Uri.from({ scheme, path, query }));
      const viewColumn = window.activeTextEditor === undefined ? ViewColumn.Active : ViewColumn.Beside;
      await window.showTextDocument(document, { viewColumn, preview: true });
    }),
  ];
}

function sourceOf({ query }: Uri): string {
  return fileOf(Uri.parse(query, true));
}

/** A document cannot fail politely, so the reason takes the place of the text. */
async function decodedText(file: string, host: Host): Promise<string> {
  const { readWhole } = await import('../panel/inspect-file.ts');
  const { readContainer } = await import('../../../certificates/container.ts');
  const { inspectObjects } = await import('../../../certificates/inspect.ts');
  const { inspectText } = await import('../../../report/inspect-text.ts');
  const { developmentRoots, loadStores, readyStores } = await import('../panel/trust.ts');
  try {
    const content = await readContainer(baseName(file), await readWhole(file, host), host.crypto);
    if (content.objects.length === 0) {
      const [problem] = content.problems;
      return `${problem?.message ?? 'The file holds nothing that is known here.'}\n`;
    }
    await loadStores(host);
    const stores = [...readyStores(), ...(await developmentRoots(host))];
    const now = host.clock.now();
    return `${inspectText(inspectObjects(content, { crypto: host.crypto, now, stores, file }), now)}\n`;
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n`;
  }
}
