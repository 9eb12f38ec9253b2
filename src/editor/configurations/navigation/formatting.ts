import {
  type Disposable,
  languages as editorLanguages,
  type FormattingOptions,
  type Position,
  Range,
  type TextDocument,
  TextEdit,
} from 'vscode';
import { editorLocation } from '../../convert.ts';
import { servedLanguages } from '../../ids.ts';
import { fileOf } from '../../uris.ts';
import type { Analyses } from '../workspace/analyses.ts';
import { documentsOf, viewsOf } from '../workspace/views.ts';

/** Indents configurations by their blocks, takes blanks off the ends of lines, and changes nothing else; and takes a second `;` out as it is typed. */
export function registerFormatting(analyses: Analyses): Disposable[] {
  /** Completion puts the `;` of a directive behind the cursor, and fingers type it all the same. */
  const takeSecondEnd = async (document: TextDocument, position: Position): Promise<TextEdit[]> => {
    const second = new Range(position, position.translate(0, 1));
    if (document.getText(second) !== ';') return [];
    const run = await analyses.run(document);
    if (run === undefined) return [];
    const isTooMuch = run.findings.some(
      ({ rule, location }) =>
        rule === 'unexpected-token' &&
        location.file === fileOf(document.uri) &&
        editorLocation(location, documentsOf(run))?.range.isEqual(second),
    );
    return isTooMuch ? [TextEdit.delete(second)] : [];
  };
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
    editorLanguages.registerOnTypeFormattingEditProvider(
      documents,
      { provideOnTypeFormattingEdits: takeSecondEnd },
      ';',
    ),
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
