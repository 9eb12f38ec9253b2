import { readDebianKeys } from '../certificates/weak-keys/debian-keys.ts';
import { folderOf } from '../text/path.ts';
import { host } from './host.ts';

/** Reads the lists of weak keys, which lie in `media/` of the package beside the `dist/` of the running script. */
export async function readKeyLists(): Promise<void> {
  const script = await host.files.realPath((process.argv[1] ?? '').replaceAll('\\', '/'));
  await readDebianKeys(`${folderOf(folderOf(script))}/media`, host);
}
