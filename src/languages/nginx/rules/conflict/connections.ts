import { everywhere, isOpenSomewhere } from '../../everywhere.ts';
import { defaultListen, type Listen, readListen } from '../../lower/listen.ts';
import type { Item, Scope } from '../../scope.ts';

/** Options of `listen` that give an address a socket of its own, though another one listens to all addresses of the port. */
const binding = /^(?:bind$|deferred$|reuseport$|(?:backlog|rcvbuf|sndbuf|ipv6only|so_keepalive|fastopen|setfib)=)/;

/** One connection is needed for each socket that is listened to, and one more for talking to the master (ngx_event_init_conf). */
export function connectionsComplaint(item: Item, root: Scope): string | undefined {
  const [word] = item.args;
  if (!word || word.templated || !/^\d+$/.test(word.value) || isOpenSomewhere(root)) return undefined;
  const connections = Number(word.value);
  const listens = everywhere(root, 'listen');
  // Most configurations have fewer directives than connections, and no ranges of ports.
  if (connections > listens.length + 1 && !listens.some(hasRange)) return undefined;
  const silent = silentServers(root)[0];
  const bound = listens.flatMap(readListen);
  const sockets = countSockets(silent ? [...bound, defaultListen(silent)] : bound);
  if (connections > sockets) return undefined;
  const subject = connections === 1 ? '1 connection is' : `${connections} connections are`;
  const listened = sockets === 1 ? '1 socket that is' : `${sockets} sockets that are`;
  return `${subject} not enough for ${listened} listened to: write ${sockets + 1} or more.`;
}

function hasRange({ args }: Item): boolean {
  return args[0]?.value.includes('-') === true;
}

function silentServers(root: Scope): readonly Item[] {
  return everywhere(root, 'server').filter(
    ({ outer, inner }) => outer.context === 'http' && inner?.findFirst('listen') === undefined,
  );
}

function countSockets(listens: readonly Listen[]): number {
  const sockets = new Map<string, Listen>();
  const bound = new Set<string>();
  for (const listen of listens) {
    if (listen.unknown !== undefined) continue;
    if (!sockets.has(listen.id)) sockets.set(listen.id, listen);
    if (listen.parameters.some((parameter) => binding.test(parameter))) bound.add(listen.id);
  }
  let count = 0;
  for (const [id, listen] of sockets) {
    const all = listen.id.replace(listen.address, listen.address.startsWith('[') ? '[::]' : '0.0.0.0');
    if (id === all || bound.has(id) || !sockets.has(all)) count++;
  }
  return count;
}
