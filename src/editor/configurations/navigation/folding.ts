import { type Disposable, languages as editorLanguages, FoldingRange, FoldingRangeKind } from 'vscode';
import type { Analyses } from '../workspace/analyses.ts';
import { servedDocuments } from '../workspace/documents.ts';
import { viewsOf } from '../workspace/views.ts';

/** Blocks fold, and their closing line stays visible; comments of several lines fold to their first. */
export function registerFolding(analyses: Analyses): Disposable {
  return editorLanguages.registerFoldingRangeProvider(servedDocuments, {
    async provideFoldingRanges(document) {
      const views = (await analyses.projects(document)).flatMap((found) =>
        viewsOf(found, document.uri).map((view) => ({ ...view, language: found.language })),
      );
      // Null, and VS Code folds by indentation as it does for files that nobody knows.
      if (views.length === 0) return null;
      return views.flatMap(({ language, parsed, editorRange }) =>
        language.folding(parsed).flatMap((range) => {
          const { start, end } = editorRange(range);
          if (parsed.document.text[range.start] === '#')
            return end.line > start.line ? [new FoldingRange(start.line, end.line, FoldingRangeKind.Comment)] : [];
          return end.line - 1 > start.line ? [new FoldingRange(start.line, end.line - 1)] : [];
        }),
      );
    },
  });
}
