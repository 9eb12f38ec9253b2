import { extensions, Uri, WorkspaceEdit } from 'vscode';
import type { Run } from '../../analysis/run.ts';
import type { FileEdit } from '../../text/edit.ts';
import { editorRange } from '../convert.ts';
import { extensionId } from '../ids.ts';
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
  // VS Code previews only what asks for it, and such an edit starts unticked. This one asks for all and has no row: to make
  // a file that is there already changes nothing, which the preview leaves out.
  const existing = extensions.getExtension(extensionId)?.extensionUri;
  if (existing !== undefined && result.size > 0) {
    const metadata = { label: 'Look at each change, then apply', needsConfirmation: true };
    result.createFile(Uri.joinPath(existing, 'package.json'), { ignoreIfExists: true }, metadata);
  }
  return result;
}
