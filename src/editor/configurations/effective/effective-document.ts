import {
  type Disposable,
  DocumentLink,
  languages as editorLanguages,
  Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import type { Run } from '../../../analysis/run.ts';
import type { Site } from '../../../tls/model/server-model.ts';
import { commands, effectiveScheme as scheme } from '../../ids.ts';
import { registerCommand } from '../../register.ts';
import { registerToldFiles } from '../../told-files.ts';
import { displayPath, fileOf, uriOf, workspaceFolders } from '../../uris.ts';
import { shortenPaths } from '../findings/short-paths.ts';
import type { Analyses } from '../workspace/analyses.ts';
import { allRuns, documentsOf, siteAt } from '../workspace/views.ts';
import type { EffectiveText } from './effective.ts';
import { findSite, type KeptSite, keepSite } from './kept-site.ts';

/** What a view shows, as its URI says it. */
interface Shown {
  readonly source: string;
  readonly site?: KeptSite;
}

/** A read-only document beside the configuration: what each endpoint really does, kept up to date while it is edited. */
export function registerEffectiveConfiguration(analyses: Analyses, now: () => Date): Disposable[] {
  const shown = new Map<string, EffectiveText>();
  const render = async ({ query }: Uri): Promise<EffectiveText> => {
    const { source, site } = JSON.parse(query) as Shown;
    const uri = Uri.parse(source, true);
    const document = await workspace.openTextDocument(uri).then(
      (found) => found,
      () => undefined,
    );
    // A view may come back in a window that is opened after its file went.
    if (document === undefined) return sentence(`${displayPath(fileOf(uri))} cannot be opened any more.`);
    const run = await analyses.run(document);
    if (run === undefined) return sentence('This file is not read as a server configuration.');
    const { effectiveText } = await import('./effective.ts');
    const id = site && findSite(sitesOf(run), site)?.id;
    const runs = allRuns(run).filter(({ model }) => id === undefined || model.sites.some((each) => each.id === id));
    const shorten = (text: string): string => shortenPaths(text, workspaceFolders(), '');
    return joined(runs.map((each) => effectiveText(each, id, now(), displayPath, shorten)));
  };
  const files = registerToldFiles(scheme, {
    async textOf(uri) {
      const result = await render(uri);
      shown.set(uri.toString(), result);
      return result.text;
    },
  });
  return [
    files,
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
        const { source } = JSON.parse(document.uri.query) as Shown;
        if (documentsOf(run)(fileOf(Uri.parse(source, true))) !== undefined) files.changed(document.uri);
      }
    }),
    registerCommand(commands.showEffectiveConfiguration, async (source?: Uri) => {
      const editor = window.activeTextEditor;
      const uri = source ?? editor?.document.uri;
      if (uri === undefined) return;
      const isActive = editor?.document.uri.toString() === uri.toString();
      const run = await analyses.run(isActive ? editor.document : await workspace.openTextDocument(uri));
      const site = run && isActive ? siteAt(run, editor.document, editor.selection.active)?.site.id : undefined;
      const document = await workspace.openTextDocument(effectiveUri(uri, run, site));
      await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: true, preserveFocus: false });
    }),
  ];
}

/** Where the view of a configuration is, or of one of its servers. */
export function effectiveUri(source: Uri, run: Run | undefined, site: string | undefined): Uri {
  const kept = run && site !== undefined ? keepSite(sitesOf(run), site) : undefined;
  const shown: Shown = { source: source.toString(), ...(kept && { site: kept }) };
  const path = `/${source.path.split('/').at(-1)} (effective)`;
  return Uri.from({ scheme, path, query: JSON.stringify(shown) });
}

function sitesOf(run: Run): readonly Site[] {
  return allRuns(run).flatMap(({ model }) => model.sites);
}

function sentence(text: string): EffectiveText {
  return { text: `${text}\n`, places: [] };
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
