import { type Disposable, languages as editorLanguages, FoldingRange } from 'vscode';
import type { Analyses } from '../workspace/analyses.ts';
import { servedDocuments } from '../workspace/documents.ts';
import { viewsOf } from '../workspace/views.ts';

/** Blocks fold; their closing line stays visible. */
export function registerFolding(analyses: Analyses): Disposable {
  return editorLanguages.registerFoldingRangeProvider(servedDocuments, {
    async provideFoldingRanges(document) {
      const found = await analyses.project(document);
      const views = found === undefined ? [] : viewsOf(found, document.uri);
      // Null, and VS Code folds by indentation as it does for files that nobody knows.
      if (found === undefined || views.length === 0) return null;
      return views.flatMap(({ parsed, editorRange }) =>
        found.language.folding(parsed).flatMap((range) => {
          const { start, end } = editorRange(range);
          return end.line - 1 > start.line ? [new FoldingRange(start.line, end.line - 1)] : [];
        }),
      );
    },
  });
}
