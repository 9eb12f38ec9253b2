import { folderOf, isAbsolute } from '../text/path.ts';

/**
 * The folder that a path counts from, where whoever reads the file that it stands in would take it for another place. A text that
 * was never saved stands nowhere.
 */
export function countsFrom(path: string, folder: string, file: string): string | undefined {
  return isAbsolute(path) || folderOf(file) === folder || folder === '.' ? undefined : folder;
}
