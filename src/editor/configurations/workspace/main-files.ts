import { workspace } from 'vscode';
import type { Language } from '../../../languages/language.ts';
import { fileOf } from '../../uris.ts';

/** More main files than these in one workspace are examples, not servers. */
const maximumMainFiles = 20;

/** Main files of the workspace, which may include a snippet wherever they lie. */
export async function findMainFiles(language: Language): Promise<readonly string[]> {
  const { mainFileNames } = await import('../../../analysis/main-file.ts');
  const names = mainFileNames[language.id];
  if (workspace.workspaceFolders === undefined) return [];
  const found = await workspace.findFiles(`**/{${names.join(',')}}`, '**/node_modules/**', maximumMainFiles);
  return found.map(fileOf);
}
