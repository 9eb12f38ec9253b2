import {
  DiagnosticSeverity,
  Location as EditorLocation,
  Position as EditorPosition,
  Range as EditorRange,
  type Uri,
  WorkspaceEdit,
} from 'vscode';
import { createDocument, type Document, offsetAt, positionAt } from '../text/document.ts';
import type { FileEdit } from '../text/edit.ts';
import type { Severity } from '../text/finding.ts';
import type { Location, Range } from '../text/range.ts';
import { uriOf } from './uris.ts';

/** The core counts offsets, VS Code lines and characters; these are the only places where one becomes the other. */

export function editorRange(document: Document, range: Range): EditorRange {
  const start = positionAt(document, range.start);
  const end = positionAt(document, range.end);
  return new EditorRange(start.line, start.character, end.line, end.character);
}

export function editorPosition(document: Document, offset: number): EditorPosition {
  const { line, character } = positionAt(document, offset);
  return new EditorPosition(line, character);
}

export function offsetOf(document: Document, position: EditorPosition): number {
  return offsetAt(document, position);
}

/** Undefined where the project does not hold the location's file. */
export function editorLocation(location: Location, documentOf: DocumentLookup): EditorLocation | undefined {
  const document = documentOf(location.file);
  return document && new EditorLocation(uriOf(location.file), editorRange(document, location.range));
}

export type DocumentLookup = (file: string) => Document | undefined;

/** Edits of several files as one undoable step. Edits of files that the project does not hold are left out. */
export function workspaceEdit(edits: readonly FileEdit[], documentOf: DocumentLookup): WorkspaceEdit {
  const result = new WorkspaceEdit();
  for (const { file, range, newText } of edits) {
    const document = documentOf(file);
    if (document !== undefined) result.replace(uriOf(file), editorRange(document, range), newText);
  }
  return result;
}

export const diagnosticSeverities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** One text made another: only what lies between the equal start and the equal end is replaced, so the cursor stays. */
export function replaceText(uri: Uri, before: string, after: string): WorkspaceEdit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const result = new WorkspaceEdit();
  const range = editorRange(createDocument('', before), { start, end: before.length - end });
  result.replace(uri, range, after.slice(start, after.length - end));
  return result;
}
