import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { freePort } from '../support/ports.ts';
import type { ApacheRoot } from './apache-server.ts';

/** A server over TLS for Apache to pass requests to. */
export interface Backend {
  /** `https://127.0.0.1:PORT`. */
  readonly url: string;
  close(): void;
}

/** What `ProxyPass` to a backend over TLS needs, and balancers. */
export const proxyModules =
  'mpm_event authz_core socache_shmcb ssl proxy proxy_http proxy_balancer lbmethod_byrequests slotmem_shm rewrite';

/** Has the certificate `rsa` of the folder. */
export async function startBackend({ folder }: ApacheRoot): Promise<Backend> {
  const port = await freePort();
  const [cert, key] = ['rsa.crt', 'rsa.key'].map((name) => readFileSync(join(folder, 'tls', name)));
  const server = createServer({ cert, key }, (_, response) => response.end('the backend\n'));
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  return { url: `https://127.0.0.1:${port}`, close: () => server.close() };
}
