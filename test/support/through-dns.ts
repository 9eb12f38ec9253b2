import dns from 'node:dns/promises';
import { syncBuiltinESMExports } from 'node:module';
import type { Pebble } from './pebble.ts';

/** Does something while this process asks Pebble's DNS server for records. */
export async function throughDnsOf<T>({ dnsPort }: Pebble, work: () => Promise<T>): Promise<T> {
  const before = dns.getServers();
  ask([`127.0.0.1:${dnsPort}`]);
  try {
    return await work();
  } finally {
    ask(before);
  }
}

/** Functions that were imported by name are those of the resolver before. */
function ask(servers: readonly string[]): void {
  dns.setServers([...servers]);
  syncBuiltinESMExports();
}
