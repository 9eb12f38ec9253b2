import { readDebianKeys } from '../certificates/weak-keys/debian-keys.ts';
import { nodeHost } from '../host/node.ts';
import { folderOf } from '../text/path.ts';

/** Reads the lists of weak keys, which lie in `media/` of the package beside the `dist/` of the running script. */
export async function readKeyLists(): Promise<void> {
  const script = await nodeHost.files.realPath((process.argv[1] ?? '').replaceAll('\\', '/'));
  await readDebianKeys(`${folderOf(folderOf(script))}/media`, nodeHost);
}
