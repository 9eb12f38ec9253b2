import { TabInputText, type TextDocument, window } from 'vscode';
import { type Files, isUnreadable } from '../../../host/host.ts';
import { fileOf } from '../../uris.ts';

/** True for the text of a deleted file that nobody looks at: VS Code keeps it for some minutes where something else had opened it. */
export async function isGone(document: TextDocument, files: Files): Promise<boolean> {
  if (document.isDirty || document.isUntitled) return false;
  const address = document.uri.toString();
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  if (tabs.some(({ input }) => input instanceof TabInputText && input.uri.toString() === address)) return false;
  const info = await files.stat(fileOf(document.uri));
  return isUnreadable(info) && info.error === 'missing';
}
