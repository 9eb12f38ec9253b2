import { readDebianKeys } from '../certificates/weak-keys/debian-keys.ts';
import { isUnreadable } from '../host/host.ts';
import { fromSystem } from '../host/system-paths.ts';
import { folderOf } from '../text/path.ts';
import { host } from './host.ts';

/** Reads the lists of weak keys, which lie in the package. */
export async function readKeyLists(): Promise<void> {
  await readDebianKeys(`${await packageFolder()}/media`, host);
}

/** What the package brings lies beside the `dist/` of the running script. */
async function packageFolder(): Promise<string> {
  const script = await host.files.realPath(fromSystem(process.argv[1] ?? ''));
  return folderOf(folderOf(script));
}

/** The pages of the rules by id, from the file into which the build puts them all; undefined where that cannot be read. */
export async function rulePages(): Promise<Readonly<Record<string, string>> | undefined> {
  const pages = await host.files.read(`${await packageFolder()}/dist/rule-pages.json.br`);
  if (isUnreadable(pages)) return undefined;
  const { brotliDecompressSync } = await import('node:zlib');
  return JSON.parse(new TextDecoder().decode(brotliDecompressSync(pages)));
}
