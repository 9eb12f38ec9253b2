import { workspace } from 'vscode';
import type { Language } from '../../../languages/language.ts';
import { fileOf } from '../../uris.ts';

/** More main files than these in one workspace are examples, not servers. */
const maximumMainFiles = 20;

/** Main files of the workspace, which may include a snippet wherever they lie. */
export async function findMainFiles(language: Language): Promise<readonly string[]> {
  const names = language.mainFileNames;
  if (workspace.workspaceFolders === undefined || names.length === 0) return [];
  const found = await workspace.findFiles(`**/{${names.join(',')}}`, '**/node_modules/**', maximumMainFiles);
  return found.map(fileOf);
}
