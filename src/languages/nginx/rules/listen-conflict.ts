import type { TextReport } from '../../language.ts';
import { isConditional, mayBeAbsent } from '../lower/conditions.ts';
import type { Listen } from '../lower/listen.ts';
import { listenerId, listensOf } from '../lower/listen.ts';
import type { Item, Scope } from '../scope.ts';
import { headRange, locate } from '../scope.ts';
import type { ScopeRule } from './rule.ts';

/** Options of the socket itself, which only one `listen` of an address may set. */
export const socketOption =
  /^(?:setfib|fastopen|backlog|rcvbuf|sndbuf|accept_filter|ipv6only|so_keepalive)=|^(?:bind|deferred|reuseport|multipath)$/;

/** `listen` directives that cannot be together: the same address twice, two default servers, options set twice. */
export const listenConflict: ScopeRule = {
  id: 'listen-conflict',
  title: 'Listen directives that contradict each other',
  severity: 'error',
  effect: 'start',
  contexts: ['http', 'stream', 'mail'],
  check: (scope) => [...found(scope)],
};

function* found(scope: Scope): Iterable<TextReport> {
  if (scope.context !== 'http' && scope.context !== 'stream' && scope.context !== 'mail') return;
  const options = new Map<string, Item>();
  const defaults = new Map<string, Item>();
  const everywhere = new Map<string, Item>();
  for (const server of scope.find('server')) {
    const { inner } = server;
    if (!inner || mayBeAbsent(server)) continue;
    const listens = listensOf(inner);
    // An address alone has none beside it.
    const here = listens.length > 1 ? new Map<string, Item>() : undefined;
    for (const listen of listens) {
      const report = check(listen, scope, here, everywhere, defaults, options);
      if (report) yield report;
    }
  }
}

function check(
  listen: Listen,
  scope: Scope,
  here: Map<string, Item> | undefined,
  everywhere: Map<string, Item>,
  defaults: Map<string, Item>,
  options: Map<string, Item>,
): TextReport | undefined {
  const { item } = listen;
  if (listen.unknown !== undefined || isConditional(item)) return undefined;
  const id = listenerId(listen);
  // Mail servers share no address; of stream they may since 1.25.5.
  const before = (scope.context === 'mail' ? everywhere : here)?.get(id);
  here?.set(id, item);
  if (scope.context === 'mail') everywhere.set(id, item);
  if (before && before !== item) {
    return report(
      item,
      before,
      `A duplicate listen ${id}: this address is there already. Remove one of the two.`,
      true,
    );
  }
  if (listen.isDefault) {
    const other = defaults.get(id);
    if (other)
      return report(
        item,
        other,
        `A duplicate default server for ${id}: only one can answer unknown names. Take "default_server" out here, or there.`,
      );
    defaults.set(id, item);
  }
  if (listen.parameters.some((parameter) => socketOption.test(parameter))) {
    const other = options.get(id);
    if (other)
      return report(item, other, `Duplicate listen options for ${id}: set options of the socket in one place only.`);
    options.set(id, item);
  }
  return undefined;
}

function report(item: Item, other: Item, message: string, removable = false): TextReport {
  return {
    rule: 'listen-conflict',
    message,
    location: locate(item, headRange(item)),
    related: [{ location: locate(other, headRange(other)), message: 'The other one is here.' }],
    fixes: removable ? [{ title: 'Remove this listen', safe: false, edits: [{ ...locate(item), newText: '' }] }] : [],
  };
}
