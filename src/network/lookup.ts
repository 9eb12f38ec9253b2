import { lookup, resolveCname, resolveTxt } from 'node:dns/promises';
import { isIP } from 'node:net';

/** Addresses of a name as this machine sees them, both families; empty where it has none or nobody answers. */
export async function addressesOf(
  host: string,
): Promise<readonly { readonly address: string; readonly family: number }[]> {
  const family = isIP(host);
  if (family !== 0) return [{ address: host, family }];
  return await lookup(host, { all: true }).catch(() => []);
}

/** Target of a name's CNAME record as this machine sees it; undefined where it has none or nobody answers. */
export async function aliasOf(name: string): Promise<string | undefined> {
  const [target] = await resolveCname(name).catch((): string[] => []);
  return target?.replace(/\.$/, '').toLowerCase();
}

/** TXT records of a name, each with its strings joined; empty where there are none. */
export async function txtRecordsOf(name: string): Promise<readonly string[]> {
  const records = await resolveTxt(name).catch(() => []);
  return records.map((strings) => strings.join(''));
}
