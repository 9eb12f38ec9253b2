import { readDebianKeys } from '../certificates/weak-keys/debian-keys.ts';
import { isUnreadable } from '../host/host.ts';
import { folderOf } from '../text/path.ts';
import { host } from './host.ts';

/** Reads the lists of weak keys, which lie in the package. */
export async function readKeyLists(): Promise<void> {
  await readDebianKeys(`${await packageFolder()}/media`, host);
}

/** What the package brings lies beside the `dist/` of the running script. */
async function packageFolder(): Promise<string> {
  const script = await host.files.realPath((process.argv[1] ?? '').replaceAll('\\', '/'));
  return folderOf(folderOf(script));
}

/** The page of a rule, from the file into which the build puts them all; undefined where that cannot be read. */
export async function rulePage(id: string): Promise<string | undefined> {
  const pages = await host.files.read(`${await packageFolder()}/dist/rule-pages.json`);
  if (isUnreadable(pages)) return undefined;
  return (JSON.parse(new TextDecoder().decode(pages)) as Readonly<Record<string, string>>)[id];
}
