import {
  type Disposable,
  DocumentLink,
  EventEmitter,
  languages as editorLanguages,
  Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import type { Run } from '../../../analysis/run.ts';
import { commands } from '../../ids.ts';
import { registerCommand } from '../../register.ts';
import { displayPath, fileOf, uriOf } from '../../uris.ts';
import type { Analyses } from '../workspace/analyses.ts';
import { allRuns, documentsOf, siteAt } from '../workspace/views.ts';
import type { EffectiveText } from './effective.ts';

const scheme = 'tls-workbench-effective';

/** A read-only document beside the configuration: what each endpoint really does, kept up to date while it is edited. */
export function registerEffectiveConfiguration(analyses: Analyses, now: () => Date): Disposable[] {
  const changed = new EventEmitter<Uri>();
  const shown = new Map<string, EffectiveText>();
  const render = async (uri: Uri): Promise<EffectiveText> => {
    const { effectiveText } = await import('./effective.ts');
    const { source, site } = JSON.parse(uri.query) as { source: string; site?: string };
    const run = await analyses.run(await workspace.openTextDocument(Uri.parse(source, true)));
    const result =
      run === undefined
        ? { text: 'This file is not read as a server configuration.\n', places: [] }
        : joined(runsFor(run, site).map((each) => effectiveText(each, site, now(), displayPath)));
    shown.set(uri.toString(), result);
    return result;
  };
  return [
    changed,
    workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: async (uri) => (await render(uri)).text,
    }),
    editorLanguages.registerDocumentLinkProvider(
      { scheme },
      {
        provideDocumentLinks(document) {
          return (shown.get(document.uri.toString())?.places ?? []).map(({ line, start, end, target: place }) => {
            const range = document.lineAt(line).range;
            const target = uriOf(place.file).with({ fragment: `L${place.line + 1}` });
            const link = new DocumentLink(
              range.with(range.start.translate(0, start), range.start.translate(0, end)),
              target,
            );
            link.tooltip = displayPath(place.file);
            return link;
          });
        },
      },
    ),
    analyses.onDidFinish(({ run }) => {
      for (const document of workspace.textDocuments) {
        if (document.uri.scheme !== scheme) continue;
        const { source } = JSON.parse(document.uri.query) as { source: string };
        if (documentsOf(run)(fileOf(Uri.parse(source, true))) !== undefined) changed.fire(document.uri);
      }
    }),
    registerCommand(commands.showEffectiveConfiguration, async (source?: Uri, from?: unknown) => {
      // A lens names its server; a menu of the editor says what it was opened on.
      const site = typeof from === 'string' ? from : undefined;
      const editor = window.activeTextEditor;
      const uri = source ?? editor?.document.uri;
      if (uri === undefined) return;
      const wanted =
        site ?? (editor?.document.uri.toString() === uri.toString() ? await siteAtCursor(analyses) : undefined);
      const query = JSON.stringify({ source: uri.toString(), ...(wanted === undefined ? {} : { site: wanted }) });
      const name = `${uri.path.split('/').at(-1)} (effective)`;
      const document = await workspace.openTextDocument(Uri.from({ scheme, path: `/${name}`, query }));
      await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: true, preserveFocus: false });
    }),
  ];
}

/** The server block around the cursor, if it is in one. */
async function siteAtCursor(analyses: Analyses): Promise<string | undefined> {
  const editor = window.activeTextEditor;
  const run = editor && (await analyses.run(editor.document));
  if (editor === undefined || run === undefined) return undefined;
  return siteAt(run, editor.document, editor.selection.active)?.site.id;
}

/** The run that has the site, or all that the document holds. */
function runsFor(run: Run, site: string | undefined): readonly Run[] {
  const own = allRuns(run).find(({ model }) => model.sites.some(({ id }) => id === site));
  return own === undefined ? allRuns(run) : [own];
}

function joined(parts: readonly EffectiveText[]): EffectiveText {
  const places: EffectiveText['places'][number][] = [];
  let text = '';
  for (const part of parts) {
    if (text !== '') text += '\n';
    const before = text.split('\n').length - 1;
    places.push(...part.places.map((place) => ({ ...place, line: place.line + before })));
    text += part.text;
  }
  return { text, places };
}
