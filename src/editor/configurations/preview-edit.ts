import { Range, WorkspaceEdit } from 'vscode';
import type { Run } from '../../analysis/run.ts';
import type { FileEdit } from '../../text/edit.ts';
import { editorRange } from '../convert.ts';
import { uriOf } from '../uris.ts';
import { documentsOf } from './workspace/views.ts';

/** Edits of one purpose, as the preview's tree names it. */
export interface LabelledEdits {
  readonly label: string;
  readonly description: string;
  readonly edits: readonly FileEdit[];
}

/** Edits that VS Code shows in its refactoring preview, all of them ticked, before they are applied. */
export function previewEdit(groups: readonly LabelledEdits[], run: Run): WorkspaceEdit {
  const result = new WorkspaceEdit();
  const documentOf = documentsOf(run);
  for (const { label, description, edits } of groups) {
    for (const { file, range, newText } of edits) {
      const document = documentOf(file);
      const metadata = { label, description, needsConfirmation: false };
      if (document !== undefined) result.replace(uriOf(file), editorRange(document, range), newText, metadata);
    }
  }
  // VS Code previews only what asks for it, and such an edit starts unticked. So one that changes nothing asks for all.
  const [first] = groups.flatMap(({ edits }) => edits);
  if (first !== undefined) {
    const start = new Range(0, 0, 0, 0);
    result.replace(uriOf(first.file), start, '', { label: 'Look at each change, then apply', needsConfirmation: true });
  }
  return result;
}
