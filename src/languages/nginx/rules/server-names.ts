import { createMemo } from '../../../memory/memo.ts';
import type { TextReport } from '../../language.ts';
import { listenerId, listensOf } from '../lower/listen.ts';
import type { Word } from '../parse/tree.ts';
import type { Item, Scope } from '../scope.ts';
import { allScopes, locate } from '../scope.ts';
import { wildcardComplaint } from '../values/wildcards.ts';
import { invalidValue } from './invalid-value.ts';
import type { ScopeRule } from './rule.ts';

const { id, title, severity, effect } = invalidValue;

/**
 * Names that cannot be looked up. nginx builds its tables of names only for an address that several servers share, or whose
 * default server has an expression with groups (ngx_http_optimize_servers): a server alone answers to any name.
 */
export const serverNames: ScopeRule = {
  id,
  title,
  severity,
  effect,
  contexts: ['http', 'stream'],
  check: (scope) => [...found(scope)],
};

function* found(scope: Scope): Iterable<TextReport> {
  for (const server of scope.find('server')) {
    for (const item of server.inner?.find('server_name') ?? []) {
      for (const word of item.args) {
        const problem = mayBeOdd(word) ? wildcardComplaint(word.value) : undefined;
        if (problem === undefined || (!sharesAddress(server) && !namesAreReferers(server))) continue;
        const place = scope.owner?.block;
        const report: TextReport = {
          rule: id,
          message: `Invalid server name or wildcard "${word.value}": ${problem}.`,
          location: locate(item, word),
          related:
            scope.owner && place
              ? [{ location: locate(scope.owner, place.close), message: 'nginx notices it where this block ends.' }]
              : [],
        };
        yield report;
      }
    }
  }
}

/** False for nearly every name: it has no wildcard and no empty label, or is an expression. */
function mayBeOdd({ value, templated }: Word): boolean {
  if (templated) return value.includes('..');
  return (value.includes('*') || value.includes('..')) && !value.startsWith('~') && !value.startsWith('$');
}

/** True where nginx makes a table of the names that a `server_name` gives. */
export function isNameHashed({ outer }: Item): boolean {
  const server = outer.owner;
  return server !== undefined && (sharesAddress(server) || namesAreReferers(server));
}

/** True for a server that is not alone on one of its addresses. */
export function sharesAddress(server: Item): boolean {
  let shared = sharedIn.get(server.outer);
  if (!shared) {
    shared = sharedAddresses(server.outer.find('server'));
    sharedIn.set(server.outer, shared);
  }
  return addressesOf(server).some((address) => shared.has(address));
}

const sharedIn = createMemo<Scope, ReadonlySet<string>>();

function addressesOf(server: Item): readonly string[] {
  const listens = server.inner === undefined ? [] : listensOf(server.inner);
  return listens.length === 0 ? ['default'] : listens.filter(({ unknown }) => unknown === undefined).map(listenerId);
}

function hasGroups({ inner }: Item): boolean {
  const words = inner?.find('server_name').flatMap(({ args }) => args) ?? [];
  return words.some(({ value }) => /^~.*\((?!\?[:=!>|])/s.test(value));
}

/** `valid_referers server_names` makes a table of them too. */
function namesAreReferers({ inner }: Item): boolean {
  const scopes = inner === undefined ? [] : allScopes(inner);
  return scopes.some((scope) =>
    scope.find('valid_referers').some(({ args }) => args.some(({ value }) => value === 'server_names')),
  );
}

function sharedAddresses(servers: readonly Item[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const shared = new Set(servers.filter(hasGroups).flatMap(addressesOf));
  for (const address of servers.flatMap((server) => [...new Set(addressesOf(server))])) {
    if (seen.has(address)) shared.add(address);
    seen.add(address);
  }
  return shared;
}
