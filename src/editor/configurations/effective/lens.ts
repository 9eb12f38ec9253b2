import {
  CodeLens,
  type CodeLensProvider,
  type Disposable,
  EventEmitter,
  languages as editorLanguages,
  type TextDocument,
  ViewColumn,
  window,
} from 'vscode';
import type { Run } from '../../../analysis/run.ts';
import type { Site } from '../../../tls/model/server-model.ts';
import { knownValue } from '../../../tls/model/setting.ts';
import { settings } from '../../ids.ts';
import { watchForMissedLenses } from '../../missed-lenses.ts';
import { readSetting } from '../../settings.ts';
import { fileOf } from '../../uris.ts';
import type { Analyses } from '../workspace/analyses.ts';
import { documentsWithFindings } from '../workspace/documents.ts';
import { allRuns, viewsOf } from '../workspace/views.ts';
import { effectiveUri } from './effective-document.ts';

/** Above each server what it really offers; a click shows where each value comes from. */
export function registerLenses(analyses: Analyses, now: () => Date): Disposable[] {
  const changed = new EventEmitter<void>();
  const missed = watchForMissedLenses(documentsWithFindings, () => changed.fire());
  const provider: CodeLensProvider<ServerLens> = {
    onDidChangeCodeLenses: changed.event,
    async provideCodeLenses(document) {
      missed.asked(document);
      return readSetting(settings.lens, true, document.uri) ? lensesOf(document, analyses) : [];
    },
    async resolveCodeLens(lens) {
      const { title, reason } = await wordsFor(lens.site, lens.run, now());
      const tooltip = 'Predicted from the configuration. Click for each value and where it comes from.';
      // A command of VS Code's own: one of ours it forgets as soon as it asks again, and a click before the lens is drawn anew fails.
      lens.command = {
        command: 'vscode.open',
        title,
        tooltip: reason === undefined ? tooltip : `${reason}\n\n${tooltip}`,
        arguments: [
          effectiveUri(lens.document.uri, lens.whole, lens.site.id),
          { viewColumn: ViewColumn.Beside, preview: true },
        ],
      };
      return lens;
    },
  };
  return [
    changed,
    missed,
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

/** What a server offers is worked out when its lens comes into view: a file may have a thousand of them. */
class ServerLens extends CodeLens {
  constructor(
    readonly site: Site,
    readonly run: Run,
    /** The document's, where YAML holds several. */
    readonly whole: Run,
    readonly document: TextDocument,
    range: CodeLens['range'],
  ) {
    super(range);
  }
}

async function lensesOf(document: TextDocument, analyses: Analyses): Promise<ServerLens[]> {
  const run = await analyses.run(document);
  if (run === undefined) return [];
  return allRuns(run).flatMap((each) => serversOf(each, run, document));
}

function serversOf(run: Run, whole: Run, document: TextDocument): ServerLens[] {
  const views = new Map(viewsOf(run, document.uri).map((view) => [view.file, view]));
  const speakTls = new Set(
    run.model.endpoints.flatMap(({ site, tls }) => (knownValue(tls.enabled) === true ? [site] : [])),
  );
  return run.model.sites
    .filter(({ id }) => speakTls.has(id))
    .flatMap((site) => {
      const range = views.get(site.block.file)?.editorRange(site.location.range);
      return range === undefined ? [] : [new ServerLens(site, run, whole, document, range)];
    });
}

async function wordsFor(site: Site, { model, certificateFile, findings }: Run, now: Date) {
  const { onlyEndpoints, viewEndpoints } = await import('../../../analysis/endpoints/endpoints.ts');
  const { startErrorIn } = await import('../../../analysis/endpoints/start-error.ts');
  const { gradeReason, summaryOfSite } = await import('./endpoint-words.ts');
  const fatal = startErrorIn(site, findings);
  if (fatal !== undefined) return { title: 'does not start', reason: fatal.message };
  const all = viewEndpoints(
    onlyEndpoints(model, ({ site: id }) => id === site.id),
    certificateFile,
    now,
  );
  const views = all.filter((view) => view.site.id === site.id);
  return { title: summaryOfSite(views, now), reason: gradeReason(views) };
}
