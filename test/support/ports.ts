import { connect, createServer } from 'node:net';

/**
 * Below the ports that systems give to connections that go out (Linux: 32768, others: 49152): such a connection could
 * take the port before the server has it. Each process walks from a place of its own, and gives no port twice.
 */
const [lowest, highest] = [11_000, 32_000];
let next = lowest + Math.floor(Math.random() * (highest - lowest));

/** A loopback port that was free a moment ago. */
export async function freePort(): Promise<number> {
  for (let tried = lowest; tried < highest; tried++) {
    const port = next;
    next = next + 1 < highest ? next + 1 : lowest;
    if (await canListen(port)) return port;
  }
  throw new Error('No loopback port could be opened.');
}

function canListen(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** True where something listens on a port. */
export function isOpen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    const answer = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.on('connect', () => answer(true));
    socket.on('error', () => answer(false));
  });
}
