import { readDebianKeys } from '../certificates/weak-keys/debian-keys.ts';
import { folderOf } from '../text/path.ts';
import { host } from './host.ts';

/** Reads the lists of weak keys, which lie in the package. */
export async function readKeyLists(): Promise<void> {
  await readDebianKeys(`${await packageFolder()}/media`, host);
}

/** What the package brings lies beside the `dist/` of the running script. */
export async function packageFolder(): Promise<string> {
  const script = await host.files.realPath((process.argv[1] ?? '').replaceAll('\\', '/'));
  return folderOf(folderOf(script));
}
