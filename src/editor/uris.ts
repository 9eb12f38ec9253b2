import { Uri } from 'vscode';

/**
 * The core's name of a file: an absolute path with `/` where the scheme is `file`, else the whole URI as text.
 * A drive letter is lower case, as VS Code writes it.
 */
export function fileOf(uri: Uri): string {
  return uri.scheme === 'file' ? uri.fsPath.replaceAll('\\', '/') : uri.toString(true);
}

export function uriOf(file: string): Uri {
  return isUriText(file) ? Uri.parse(file, true) : Uri.file(file);
}

/** True for files that are not reached by a path of this machine. */
export function isUriText(file: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(file);
}
