import {
  type Disposable,
  languages as editorLanguages,
  type FormattingOptions,
  type Range,
  type TextDocument,
  TextEdit,
} from 'vscode';
import { servedLanguages } from '../../ids.ts';
import type { Analyses } from '../workspace/analyses.ts';
import { viewsOf } from '../workspace/views.ts';

/** Indents configurations by their blocks, and changes nothing else. */
export function registerFormatting(analyses: Analyses): Disposable[] {
  // Files that VS Code calls something else may have a formatter that knows them better.
  const documents = servedLanguages.map((language) => ({ language }));
  const editsOf = async (document: TextDocument, { tabSize, insertSpaces }: FormattingOptions) => {
    const [found] = await analyses.projects(document);
    if (found === undefined) return [];
    const { reindent } = await import('../../../languages/reindent.ts');
    const style = { size: tabSize, tabs: !insertSpaces };
    return viewsOf(found, document.uri).flatMap(({ parsed, editorRange }) =>
      reindent(parsed.document, found.language.indents(parsed), style).map(
        ({ range, newText }) => new TextEdit(editorRange(range), newText),
      ),
    );
  };
  return [
    editorLanguages.registerDocumentFormattingEditProvider(documents, {
      provideDocumentFormattingEdits: editsOf,
    }),
    editorLanguages.registerDocumentRangeFormattingEditProvider(documents, {
      async provideDocumentRangeFormattingEdits(document, range: Range, options) {
        const edits = await editsOf(document, options);
        return edits.filter(
          (edit) => range.start.line <= edit.range.start.line && edit.range.start.line <= range.end.line,
        );
      },
    }),
  ];
}
