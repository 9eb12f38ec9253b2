import type { Location } from '../../../text/range.ts';
import type { Evaluation } from '../evaluate/evaluate.ts';
import { isUncertain, locationOf, wordLocation } from '../evaluate/statement.ts';
import type { ServerScope } from './scopes.ts';

/** An address as `Listen` and `<VirtualHost>` write it. `host` is `*` for all; port 0 means any. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** `443`, `*:443`, `192.0.2.1:80`, `[2001:db8::1]:443`, `_default_:443`, `192.0.2.1`; undefined where it is none. */
export function readAddress(text: string): Address | undefined {
  if (isUncertain(text)) return undefined;
  if (/^\d+$/.test(text)) return { host: '*', port: Number(text) };
  const match = /^(\[[0-9a-f:.%\w]+\]|[^:\s]+)(?::(\d+|\*))?$/i.exec(text);
  if (!match) return undefined;
  const host = (match[1] as string).toLowerCase();
  const port = match[2] === undefined || match[2] === '*' ? 0 : Number(match[2]);
  return { host: host === '_default_' ? '*' : host, port };
}

export interface OpenAddress extends Address {
  readonly locations: readonly Location[];
  /** For an address that only `<VirtualHost>` names, on a port that is open for every address. */
  readonly narrowed: boolean;
  /** A virtual host names this very address: those for all addresses are then not looked at. */
  readonly exact: boolean;
  /** Third word of `Listen`: `https` and the like. */
  readonly protocol: string | undefined;
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
    const locations = before && before.narrowed === narrowed ? [...before.locations, location] : [location];
    if (!before || before.narrowed || !narrowed) {
      open.set(key, { ...address, locations, narrowed, exact: false, protocol: protocol ?? before?.protocol });
    }
  };
  for (const statement of evaluation.all) {
    if (statement.key !== 'listen' || statement.parents.length > 0) continue;
    const address = readAddress(statement.args[0]?.value ?? '');
    if (address && address.port > 0) add(address, locationOf(statement), false, statement.args[1]?.value.toLowerCase());
  }
  const listens = open.size;
  const everywhere = new Set([...open.values()].filter(({ host }) => host === '*').map(({ port }) => port));
  for (const { block } of hosts) {
    if (!block) continue;
    block.args.forEach((argument, index) => {
      const address = readAddress(argument.value);
      if (!address) return;
      const location = wordLocation(block, index);
      if (address.port === 0) return;
      if (everywhere.has(address.port) && address.host !== '*') add(address, location, true);
      else if (!complete && listens === 0) add(address, location, false);
    });
  }
  const named = new Set<string>();
  for (const { block } of hosts) {
    for (const { value } of block?.args ?? []) {
      const address = readAddress(value);
      if (address) named.add(`${address.host}:${address.port}`).add(`${address.host}:${address.port || '*'}`);
    }
  }
  const isNamed = ({ host, port }: Address) => host !== '*' && (named.has(`${host}:${port}`) || named.has(`${host}:*`));
  return [...open.values()].map((address) => ({ ...address, exact: isNamed(address) }));
}

/**
 * Which of the open addresses lead to a virtual host of an address. An address for all is reached over those that no
 * virtual host names exactly.
 */
export function reachIndex(open: readonly OpenAddress[]): (address: Address) => readonly OpenAddress[] {
  const inexact = new Map<number, OpenAddress[]>();
  const byHost = new Map<string, OpenAddress[]>();
  for (const address of open) {
    if (!address.exact) inexact.set(address.port, [...(inexact.get(address.port) ?? []), address]);
    byHost.set(address.host, [...(byHost.get(address.host) ?? []), address]);
  }
  return ({ host, port }) => {
    if (host !== '*') return (byHost.get(host) ?? []).filter((address) => port === 0 || address.port === port);
    return port === 0 ? [...inexact.values()].flat() : (inexact.get(port) ?? []);
  };
}

export function familyOf(host: string): 'ipv4' | 'ipv6' | 'both' {
  if (host.startsWith('[')) return 'ipv6';
  return /^\d+(?:\.\d+){3}$/.test(host) ? 'ipv4' : 'both';
}
