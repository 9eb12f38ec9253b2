import type { FileEdit } from '../../../text/edit.ts';
import type { TextReport } from '../../language.ts';
import { isConditional, mayBeAbsent } from '../conditions.ts';
import { type Listen, listensOf } from '../lower/listen.ts';
import { rangeOf } from '../parse/tree.ts';
import type { Item, Scope } from '../scope.ts';
import { headRange, locate } from '../scope.ts';
import { socketOption } from './listen-conflict.ts';
import type { ScopeRule } from './rule.ts';

/** What nginx binds for one address in one of its blocks. */
interface Socket {
  /** The one that takes IPv4 too, if any does: what it says holds for the address. */
  listen: Listen;
  item: Item;
  /** The block it belongs to: `http`, `stream` or `mail`. */
  readonly block: Scope;
  /** Bound on its own, though another socket of the block takes all addresses of the port (ngx_http_init_listening). */
  isOwn: boolean;
  sharesPort: boolean;
}

/**
 * Sockets of TCP that Linux does not open side by side: one address in two blocks, or one beside another that takes its
 * connections too. Nothing sees that before nginx starts: `nginx -t` overlooks an address that is taken.
 */
export const addressInUse: ScopeRule = {
  id: 'address-in-use',
  title: 'An address is opened twice',
  severity: 'error',
  effect: 'start',
  contexts: ['main', 'http', 'stream', 'mail'],
  check(scope) {
    if (scope.owner !== undefined) return [];
    const blocks = scope.context === 'main' ? blocksOf(scope) : [scope];
    return [...byPort(blocks).values()].flatMap((sockets) => (sockets.length > 1 ? [...clashesOf(sockets)] : []));
  },
};

/** Of each socket the first one that is opened before it and in its way: one of the same address, or of all addresses. */
function* clashesOf(sockets: readonly Socket[]): Generator<TextReport> {
  const wide = sockets.filter(({ listen }) => isWildcard(listen));
  const opened: Socket[] = [];
  const openedWide: Socket[] = [];
  const byId = new Map<string, Socket>();
  for (const socket of sockets) {
    if (isMerged(socket, wide)) continue;
    const { id } = socket.listen;
    const same = byId.get(id);
    // Few take all addresses, so that only these are compared with every other one.
    const before = isWildcard(socket.listen) ? opened : same ? [same, ...openedWide] : openedWide;
    const other = before.find((earlier) => clash(earlier, socket));
    if (other) yield report(socket, other);
    opened.push(socket);
    if (isWildcard(socket.listen)) openedWide.push(socket);
    if (!same) byId.set(id, socket);
  }
}

function blocksOf(scope: Scope): readonly Scope[] {
  return ['http', 'stream', 'mail'].flatMap((name) => scope.findFirst(name)?.inner ?? []);
}

/** The sockets of each port, or of each path, in the order of the text. */
function byPort(blocks: readonly Scope[]): ReadonlyMap<number | string, readonly Socket[]> {
  const ports = new Map<number | string, Socket[]>();
  for (const block of blocks) {
    for (const socket of socketsOf(block)) {
      const { family, id, port } = socket.listen;
      const key = family === 'unix' ? id : port;
      const there = ports.get(key);
      if (there) there.push(socket);
      else ports.set(key, [socket]);
    }
  }
  return ports;
}

/** One for each address that servers of a block certainly listen to by TCP, in the order of the text. */
function socketsOf(block: Scope): Iterable<Socket> {
  const sockets = new Map<string, Socket>();
  for (const server of block.find('server')) {
    if (!server.inner || mayBeAbsent(server)) continue;
    for (const listen of listensOf(server.inner)) {
      const { item, id, family, parameters } = listen;
      if (listen.unknown !== undefined || listen.transport !== 'tcp' || isConditional(item)) continue;
      const socket = sockets.get(id) ?? { listen, item, block, isOwn: false, sharesPort: false };
      sockets.set(id, socket);
      if (family === 'both') Object.assign(socket, { listen, item });
      takeOptions(socket, parameters);
    }
  }
  return sockets.values();
}

function takeOptions(socket: Socket, parameters: readonly string[]): void {
  for (const parameter of parameters) {
    // Nearly every parameter is one of these.
    if (parameter === 'ssl' || parameter === 'quic' || parameter === 'http2') continue;
    if (!socketOption.test(parameter)) continue;
    socket.isOwn = true;
    socket.sharesPort ||= parameter === 'reuseport';
  }
}

/** Of a port that the block has all addresses of, one without options of its own is not opened. */
function isMerged({ listen, block, isOwn }: Socket, wide: readonly Socket[]): boolean {
  if (isOwn || isWildcard(listen)) return false;
  return wide.some((other) => other.block === block && ofOneKind(other.listen, listen));
}

function isWildcard({ address }: Listen): boolean {
  return address === '0.0.0.0' || address === '[::]';
}

function ofOneKind(a: Listen, b: Listen): boolean {
  return (a.family === 'ipv4') === (b.family === 'ipv4');
}

function clash(a: Socket, b: Socket): boolean {
  if (a.sharesPort && b.sharesPort) return false;
  return a.listen.id === b.listen.id || takes(a.listen, b.listen) || takes(b.listen, a.listen);
}

/** Whether connections to the second address come to the first one too. */
function takes(wide: Listen, other: Listen): boolean {
  return isWildcard(wide) && (ofOneKind(wide, other) || wide.family === 'both');
}

function report({ listen, item, block }: Socket, other: Socket): TextReport {
  const both = [other.listen, listen].find(({ family }) => family === 'both');
  const dual = both !== undefined && !ofOneKind(other.listen, listen) ? both : undefined;
  const [why, step] =
    dual !== undefined
      ? [`${dual.id} accepts IPv4 too because of "ipv6only=off"`, 'Remove "ipv6only=off"']
      : listen.id !== other.listen.id && block === other.block
        ? ['a socket option makes nginx open it separately', 'Set options where all addresses of the port are opened']
        : [`"${nameOf(other.block)}" opens ${other.listen.id}`, 'Give one of them another port'];
  return {
    rule: 'address-in-use',
    message: `${(dual === listen ? other.listen : listen).id} is already in use: ${why}, so nginx does not start, though "nginx -t" finds nothing (error log: bind() … failed (98: Address already in use)). ${step}.`,
    location: locate(item, headRange(item)),
    related: [{ location: locate(other.item, headRange(other.item)), message: 'The other one is here.' }],
    fixes:
      dual === undefined ? [] : [{ title: 'Leave IPv4 to the other address', safe: false, edits: withoutIpv4(dual) }],
  };
}

function nameOf({ owner, context }: Scope): string {
  return owner?.name ?? context ?? '';
}

/** Takes `ipv6only=off` out. */
function withoutIpv4({ item }: Listen): readonly FileEdit[] {
  const args = item?.args ?? [];
  const index = args.findIndex(({ value }) => value.toLowerCase() === 'ipv6only=off');
  const [before, word] = [args[index - 1], args[index]];
  if (!item || !before || !word) return [];
  const range = { start: rangeOf(item, before).end, end: rangeOf(item, word).end };
  return [{ ...locate(item, range), newText: '' }];
}
