import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers over plain HTTP, on a loopback port, and says in `X-Told` by which scheme it was told that clients came. */
export async function startApplication() {
  const server = createServer(({ headers }, response) => {
    response.writeHead(200, { 'X-Told': headers['x-forwarded-proto'] ?? 'nothing', Connection: 'close' }).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => new Promise((closed) => server.close(closed)),
  };
}
