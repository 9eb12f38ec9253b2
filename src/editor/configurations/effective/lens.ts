import { CodeLens, type Disposable, EventEmitter, languages as editorLanguages, type TextDocument } from 'vscode';
import { editorRange } from '../../convert.ts';
import { commands, settings } from '../../ids.ts';
import { readSetting } from '../../settings.ts';
import { fileOf } from '../../uris.ts';
import { type Analyses, documentsOf } from '../workspace/analyses.ts';
import { servedDocuments } from '../workspace/documents.ts';

/** Above each server what it really offers; a click shows where each value comes from. */
export function registerLenses(analyses: Analyses, now: () => Date): Disposable[] {
  const changed = new EventEmitter<void>();
  return [
    changed,
    analyses.onDidInvalidate(() => changed.fire()),
    editorLanguages.registerCodeLensProvider(servedDocuments, {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses: (document) =>
        readSetting(settings.lens, true, document.uri) ? lensesOf(document, analyses, now()) : [],
    }),
  ];
}

async function lensesOf(document: TextDocument, analyses: Analyses, now: Date): Promise<CodeLens[]> {
  const run = await analyses.run(document);
  const file = fileOf(document.uri);
  const core = run && documentsOf(run)(file);
  if (run === undefined || core === undefined) return [];
  const { viewEndpoints } = await import('../../../analysis/endpoints.ts');
  const { summaryOf } = await import('./endpoint-words.ts');
  const summaries = new Map<string, Set<string>>();
  for (const view of viewEndpoints(run.model, run.certificateFile, now)) {
    const summary = view.site.block.file === file ? summaryOf(view, now) : undefined;
    if (summary !== undefined) summaries.set(view.site.id, (summaries.get(view.site.id) ?? new Set()).add(summary));
  }
  return run.model.sites.flatMap((site) => {
    const found = [...(summaries.get(site.id) ?? [])];
    if (found.length === 0) return [];
    const title = found.length === 1 ? (found[0] ?? '') : `${found[0]} (differs by listener)`;
    const command = {
      command: commands.showEffectiveConfiguration,
      title,
      tooltip: 'Predicted from the configuration. Click for each value and where it comes from.',
      arguments: [document.uri, site.id],
    };
    return [new CodeLens(editorRange(core, site.location.range), command)];
  });
}
