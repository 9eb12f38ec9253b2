import { Uri, type WorkspaceFolder, workspace } from 'vscode';
import { baseName, folderOf, isAbsolute, resolvePath } from '../text/path.ts';
import { folderNames } from './folder-names.ts';
import { planFileName } from './ids.ts';

/**
 * The core's name of a file: an absolute path with `/` for one of this machine, else the whole URI as text, also for a folder that
 * Windows shares (`file://server/share`).
 * A drive letter is lower case, as VS Code writes it.
 */
export function fileOf(uri: Uri): string {
  if (uri.scheme === 'file' && uri.authority === '') return uri.fsPath.replaceAll('\\', '/');
  const text = uri.toString(true);
  // What has no host is written as what has one: the core tells an absolute path by its two slashes.
  return uri.authority === '' ? text.replace(/^([^:/]+):\/(?!\/)/, '$1:///') : text;
}

export function uriOf(file: string): Uri {
  return isUriText(file) ? Uri.parse(file, true) : Uri.file(placeOf(file));
}

/** What a document names that was never saved counts from where VS Code proposes to save it. @returns an absolute path */
export function placeOf(file: string): string {
  if (isAbsolute(file)) return file;
  const [folder] = workspace.workspaceFolders ?? [];
  return resolvePath(folder === undefined ? '/' : fileOf(folder.uri), file);
}

/** True for files that are not reached by a path of this machine. */
export function isUriText(file: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(file);
}

/** Where a folder's plan lies, whether or not it exists. */
export function planFileOf(folder: string): string {
  return resolvePath(folder, planFileName);
}

/** A path as the workspace shows it. */
export function displayPath(file: string): string {
  const uri = uriOf(file);
  // As the tab of a text that was never saved has it.
  if (uri.scheme === 'untitled') return uri.path;
  const folders = workspace.workspaceFolders ?? [];
  const path = workspace.asRelativePath(uri, folders.length > 1);
  const folder = folders.length > 1 ? workspace.getWorkspaceFolder(uri) : undefined;
  const name = folder && namesOf(folders).get(fileOf(folder.uri));
  if (folder !== undefined && name !== undefined) return `${name}${path.slice(folder.name.length)}`;
  return path === '' ? baseName(file) || folderOf(file) : path;
}

/** The folders of the workspace, and what `displayPath` makes of them. */
export function workspaceFolders(): readonly { readonly path: string; readonly name: string }[] {
  const folders = workspace.workspaceFolders ?? [];
  return [...namesOf(folders)].map(([path, name]) => ({ path, name: folders.length > 1 ? `${name}/` : '' }));
}

function namesOf(folders: readonly WorkspaceFolder[]): ReadonlyMap<string, string> {
  return folderNames(folders.map(({ name, uri }) => ({ name, path: fileOf(uri) })));
}
