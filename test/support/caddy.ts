import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pebble } from './pebble.ts';

/** Runs a real Caddy, which needs Debian's package caddy, until it has certificates for these names or eight seconds are over. */
export function startCaddy(pebble: Pebble, data: string, names: string, globals = '', site = ''): void {
  const file = join(pebble.folder, 'Caddyfile');
  writeFileSync(
    file,
    `{
storage file_system ${data}
admin off
acme_ca ${pebble.directory}
acme_ca_root ${pebble.caFile}
http_port ${pebble.tlsPort + 1000}
https_port ${pebble.tlsPort}
skip_install_trust
${globals}
}
${names} {
${site}
}
`,
  );
  // The file beside a certificate is written last. Asked to end, it leaves no lock behind that the next one would wait for.
  const wanted = names.toLowerCase().split(', ');
  const all = wanted.map((name) => `ls ${data}/certificates/*/${name}/${name}.json`).join(' && ');
  const script = `caddy run --config ${file} --adapter caddyfile & pid=$!; for i in $(seq 80); do (${all}) && break; sleep 0.1; done; kill $pid; wait $pid; ${all}`;
  execFileSync('sh', ['-c', script], { stdio: 'pipe', timeout: 30_000, env: { ...process.env, HOME: data } });
}
