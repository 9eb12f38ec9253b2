import { isOpen } from '../../support/ports.ts';
import { startApache } from '../apache-server.ts';
import { type StartedServer, startNginx } from '../nginx-server.ts';

/** Starts a server in the foreground and waits until its port answers or it gives up. */
export function startServer(
  server: 'nginx' | 'apache',
  file: string,
  folder: string,
  port: number,
): Promise<StartedServer> {
  return server === 'apache' ? startApache(file, folder) : startNginx(file, folder, () => isOpen(port, '127.0.0.1'));
}
