import { type Disposable, languages as editorLanguages, FoldingRange } from 'vscode';
import { positionAt } from '../../../text/document.ts';
import { fileOf } from '../../uris.ts';
import { type Analyses, documentsOf } from '../workspace/analyses.ts';
import { servedDocuments } from '../workspace/documents.ts';

/** Blocks fold; their closing line stays visible. */
export function registerFolding(analyses: Analyses): Disposable {
  return editorLanguages.registerFoldingRangeProvider(servedDocuments, {
    async provideFoldingRanges(document) {
      const found = await analyses.project(document);
      const file = fileOf(document.uri);
      const parsed = found?.project.files.get(file);
      const core = found && documentsOf(found)(file);
      // Null, and VS Code folds by indentation as it does for files that nobody knows.
      if (found === undefined || parsed === undefined || core === undefined) return null;
      return found.language.folding(parsed).flatMap((range) => {
        const start = positionAt(core, range.start).line;
        const end = positionAt(core, range.end).line - 1;
        return end > start ? [new FoldingRange(start, end)] : [];
      });
    },
  });
}
