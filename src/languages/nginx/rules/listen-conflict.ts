import type { TextReport } from '../../language.ts';
import { isConditional, mayBeAbsent } from '../conditions.ts';
import { reaches } from '../facts/versions.ts';
import type { Listen } from '../lower/listen.ts';
import { listenerId, listensOf } from '../lower/listen.ts';
import type { Item, Scope } from '../scope.ts';
import { headRange, locate } from '../scope.ts';
import { remove } from '../write/place.ts';
import type { ScopeRule } from './rule.ts';

/**
 * Options of the socket itself, which only one `listen` of an address may set. `accept_filter=` is one on FreeBSD only; nginx
 * on Linux tells that it ignores it.
 */
export const socketOption =
  /^(?:setfib|fastopen|backlog|rcvbuf|sndbuf|ipv6only|so_keepalive)=|^(?:bind|deferred|reuseport|multipath)$/;

/** `listen` directives that cannot be together: the same address twice, two default servers, options set twice. */
export const listenConflict: ScopeRule = {
  id: 'listen-conflict',
  title: 'Listen directives that contradict each other',
  severity: 'error',
  effect: 'start',
  contexts: ['http', 'stream', 'mail'],
  check: (scope, { target }) => [...found(scope, target.nginx)],
};

/** Since then servers of stream may share an address (nginx's CHANGES); those of mail may not. */
const sharingStream = '1.25.5';

function* found(scope: Scope, version: string): Iterable<TextReport> {
  if (scope.context !== 'http' && scope.context !== 'stream' && scope.context !== 'mail') return;
  const options = new Map<string, Item>();
  const defaults = new Map<string, Item>();
  const sharesNothing = scope.context === 'mail' || (scope.context === 'stream' && !reaches(version, sharingStream));
  const everywhere = sharesNothing ? new Map<string, Item>() : undefined;
  for (const server of scope.find('server')) {
    const { inner } = server;
    if (!inner || mayBeAbsent(server)) continue;
    const listens = listensOf(inner);
    // An address alone has none beside it.
    const here = everywhere ?? (listens.length > 1 ? new Map<string, Item>() : undefined);
    for (const listen of listens) {
      const report = check(listen, here, defaults, options);
      if (report) yield report;
    }
  }
}

function check(
  listen: Listen,
  here: Map<string, Item> | undefined,
  defaults: Map<string, Item>,
  options: Map<string, Item>,
): TextReport | undefined {
  const { item } = listen;
  if (listen.unknown !== undefined || isConditional(item) || isAmbiguous(listen)) return undefined;
  const id = listenerId(listen);
  const before = here?.get(id);
  here?.set(id, item);
  if (before && before !== item) {
    const isOwn = before.outer === item.outer;
    const what = isOwn
      ? 'this address is used already. Remove one of the two'
      : `${describeSharing(item)}. Give one of the two servers another port`;
    return report(item, before, `A duplicate listen ${id}: ${what}.`, isOwn);
  }
  if (listen.isDefault) {
    const other = defaults.get(id);
    if (other)
      return report(
        item,
        other,
        `A duplicate default server for ${id}: only one can answer unknown names. Remove "default_server" here, or there.`,
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

/** Refused for its parameters, of which one has to go: whether TCP or UDP was meant, and thus which address, is open until then. */
function isAmbiguous({ parameters }: Listen): boolean {
  return parameters.includes('quic') && (parameters.includes('ssl') || parameters.includes('http2'));
}

function describeSharing({ outer }: Item): string {
  return outer.context === 'mail-server'
    ? 'servers of "mail" cannot share an address'
    : `servers of "stream" can share addresses only from nginx ${sharingStream} on`;
}

function report(item: Item, other: Item, message: string, removable = false): TextReport {
  return {
    rule: 'listen-conflict',
    message,
    location: locate(item, headRange(item)),
    related: [{ location: locate(other, headRange(other)), message: 'The other one is here.' }],
    fixes: removable ? [{ title: 'Remove this listen', safe: false, edits: [remove(item)] }] : [],
  };
}
