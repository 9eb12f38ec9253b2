import { workspace } from 'vscode';
import type { NameOf } from '../../../analysis/project/gather.ts';
import type { Files } from '../../../host/host.ts';
import { baseName } from '../../../text/path.ts';
import { fileOf } from '../../uris.ts';

/**
 * Names a link as the open document that it leads to, as `sites-enabled/shop` leads to `sites-available/shop`: its unsaved text
 * counts, its findings are told where somebody looks, and what is changed in it is changed there.
 */
export function namesOfOpen(files: Files): NameOf {
  const open = new Map<string, string[]>();
  for (const { isClosed, uri } of workspace.textDocuments) {
    const file = fileOf(uri);
    if (!isClosed) open.set(baseName(file), [...(open.get(baseName(file)) ?? []), file]);
  }
  return (path) => {
    // To look where a link leads takes time, and most files are none.
    const alike = open.get(baseName(path));
    return alike === undefined || alike.includes(path) ? path : openNameOf(path, alike, files);
  };
}

async function openNameOf(path: string, alike: readonly string[], files: Files): Promise<string> {
  const [real, ...others] = await Promise.all([path, ...alike].map((file) => files.realPath(file)));
  return alike[others.indexOf(real ?? path)] ?? path;
}
