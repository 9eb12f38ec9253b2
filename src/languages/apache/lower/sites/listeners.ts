import type { Location } from '../../../../text/range.ts';
import { type Address, readAddress } from '../../addresses.ts';
import { withKeyIn } from '../../evaluate/by-key.ts';
import type { Evaluation } from '../../evaluate/evaluation.ts';
import { locationOf, wordLocation } from '../../evaluate/statement.ts';
import type { ServerScope } from '../scopes/scopes.ts';

/**
 * httpd takes the virtual hosts of the first kind that there is for an address, and no others: those of the very address and
 * port, of the address with any port, of any address with the port, of any at all (`find_ipaddr`, `find_default_server`).
 */
export type Level = 'address and port' | 'address' | 'port' | 'any';

export interface OpenAddress extends Address {
  /** Of the first line that names it. */
  readonly location: Location;
  /** For an address that only `<VirtualHost>` names, on a port that is open for every address. */
  readonly narrowed: boolean;
  /** Which virtual hosts are looked at for it. */
  readonly level: Level;
  /** Third word of `Listen`: `https` and the like. */
  readonly protocol: string | undefined;
  /** Of a snippet that names no address at all. */
  readonly assumed?: boolean;
}

/**
 * Every address and port that is open. A snippet has no `Listen`: there the addresses of its virtual hosts stand in for
 * them. A virtual host of one address on a port that is open for all is an endpoint of its own.
 */
export function openAddresses(evaluation: Evaluation, hosts: readonly ServerScope[], complete: boolean): OpenAddress[] {
  const open = new Map<string, OpenAddress>();
  const add = (address: Address, location: Location, narrowed: boolean, protocol?: string): void => {
    const key = `${address.host}:${address.port}`;
    const before = open.get(key);
    if (before?.narrowed && !narrowed) open.delete(key);
    if (!before || before.narrowed || !narrowed) {
      const first = before?.narrowed === narrowed ? before.location : location;
      open.set(key, { ...address, location: first, narrowed, level: 'any', protocol: protocol ?? before?.protocol });
    }
  };
  for (const statement of withKeyIn(evaluation, 'listen', undefined)) {
    const address = readAddress(statement.args[0]?.value ?? '');
    if (address && address.port > 0) add(address, locationOf(statement), false, statement.args[1]?.value.toLowerCase());
  }
  const listens = open.size;
  const everywhere = new Set([...open.values()].filter(isWildcard).map(({ port }) => port));
  const named = new Set<string>();
  for (const { block } of hosts) {
    if (!block) continue;
    block.args.forEach((argument, index) => {
      const address = hostAddress(argument.value);
      if (!address) return;
      named.add(keyOf(address));
      const location = wordLocation(block, index);
      const { host, port } = address;
      if (host !== '*' && port === 0) for (const each of everywhere) add({ host, port: each }, location, true);
      if (port === 0) return;
      if (everywhere.has(port) && host !== '*') add(address, location, true);
      else if (!complete && listens === 0) add(address, location, false);
    });
  }
  return [...open.values()].map((address) => ({ ...address, level: levelOf(address, named) }));
}

function keyOf({ host, port }: Address): string {
  return `${host}:${port}`;
}

/** Open for all addresses, of one family at least. */
export function isWildcard({ host }: Address): boolean {
  return host === '*' || host === '0.0.0.0' || host === '[::]';
}

/** The address of a `<VirtualHost>`, where `0.0.0.0` and `[::]` mean all of both families. */
function hostAddress(text: string): Address | undefined {
  const address = readAddress(text);
  return address && isWildcard(address) ? { ...address, host: '*' } : address;
}

function levelOf({ host, port }: Address, named: ReadonlySet<string>): Level {
  if (host !== '*' && named.has(`${host}:${port}`)) return 'address and port';
  if (host !== '*' && named.has(`${host}:0`)) return 'address';
  return named.has(`*:${port}`) ? 'port' : 'any';
}

/** Pairs of a virtual host and an address: thousands of hosts for any address, on thousands of ports, are more than memory holds. */
const mostPairs = 250_000;

/** Which of the open addresses lead to an address of a `<VirtualHost>`, of which there are `hosts`. */
export function reachIndex(open: readonly OpenAddress[], hosts: number): (text: string) => readonly OpenAddress[] {
  const most = Math.max(1, Math.floor(mostPairs / hosts));
  const byKey = new Map<string, OpenAddress[]>();
  for (const address of open) {
    const { host, port, level } = address;
    const keys: Readonly<Record<Level, string>> = {
      'address and port': `${host}:${port}`,
      address: `${host}:0`,
      port: `*:${port}`,
      any: '*:0',
    };
    const list = byKey.get(keys[level]);
    if (!list) byKey.set(keys[level], [address]);
    else if (list.length < most) list.push(address);
  }
  return (text) => {
    const address = hostAddress(text);
    return (address && byKey.get(keyOf(address))) ?? [];
  };
}

export function familyOf(host: string): 'ipv4' | 'ipv6' | 'both' {
  if (host.startsWith('[')) return 'ipv6';
  return /^\d+(?:\.\d+){3}$/.test(host) ? 'ipv4' : 'both';
}
