import { connect, type SecureClientSessionOptions } from 'node:http2';

/**
 * Status of requests for some hosts, one after the other, over one HTTP/2 connection to another on loopback, as browsers
 * send them; 0 where none came.
 */
export async function statusesOver(
  port: number,
  opener: string,
  hosts: readonly string[],
  options: SecureClientSessionOptions,
): Promise<readonly number[]> {
  const session = connect(`https://127.0.0.1:${port}`, { ...options, servername: opener });
  session.on('error', () => {});
  const statuses: number[] = [];
  for (const host of hosts) {
    const status = await new Promise<number>((resolve) => {
      if (session.destroyed) {
        resolve(0);
        return;
      }
      const sent = session.request({ ':path': '/', ':authority': host });
      sent.on('error', () => {});
      sent.on('response', ({ ':status': answered }) => resolve(answered ?? 0));
      sent.on('close', () => resolve(0));
      sent.resume();
    });
    statuses.push(status);
  }
  session.destroy();
  return statuses;
}
