import { connect, createServer, type Server } from 'node:net';

/**
 * Below the ports that systems give to connections that go out (Linux: 32768, others: 49152): such a connection could
 * take the port before the server has it. They are given out by the block: whoever listens on its first port has the
 * others, so that two processes never share one, and none gives a port twice before all are given.
 */
const [lowest, blocks, size] = [11_000, 210, 100];
let next = lowest;
let end = lowest;
const taken: { readonly guard: Server; readonly first: number }[] = [];
let opening: Promise<number> = Promise.resolve(0);

/** A loopback port that was free a moment ago, and that no other process of the tests gets. */
export function freePort(): Promise<number> {
  opening = opening.then(search, search);
  return opening;
}

async function search(): Promise<number> {
  for (let tried = 0; tried <= blocks; tried++) {
    for (; next < end; next++) if (await isFree(next)) return next++;
    const first = await takeBlock();
    [next, end] = [first + 1, first + size];
  }
  throw new Error('No loopback port could be opened.');
}

/** @returns its first port, which is listened on until the process ends */
async function takeBlock(): Promise<number> {
  const start = Math.floor(Math.random() * blocks);
  for (let tried = 0; tried < blocks; tried++) {
    const first = lowest + ((start + tried) % blocks) * size;
    const guard = await listen(first);
    if (guard === undefined) continue;
    guard.unref();
    taken.push({ guard, first });
    return first;
  }
  const oldest = taken.shift();
  if (oldest === undefined) throw new Error('Other processes listen on all loopback ports for tests.');
  taken.push(oldest);
  return oldest.first;
}

async function isFree(port: number): Promise<boolean> {
  const server = await listen(port);
  if (server === undefined) return false;
  await new Promise((done) => server.close(done));
  return true;
}

function listen(port: number): Promise<Server | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

/** True where something listens on a port. */
export function isOpen(port: number, host: string): Promise<boolean> {
  const socket = connect({ port, host });
  return new Promise((resolve) => {
    const answer = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.on('connect', () => answer(true));
    socket.on('error', () => answer(false));
  });
}
