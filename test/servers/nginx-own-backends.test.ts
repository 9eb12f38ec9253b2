import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { analyseText } from '../support/analyse.ts';
import { freePort, isOpen } from '../support/ports.ts';
import { startNginx } from './nginx-server.ts';

/** What a location of the server a.test says, and the finding. */
const cases: readonly (readonly [location: string, rule?: string])[] = [
  ['/ { proxy_pass http://127.0.0.1:FRONT; }', 'proxy-loop'],
  ['/ { proxy_pass http://localhost:FRONT/app/; }', 'proxy-loop'],
  ['/ { proxy_pass http://127.0.0.1:FRONT; proxy_set_header Host $host; }', 'proxy-loop'],
  ['/ { proxy_pass http://127.0.0.1:FRONT; proxy_set_header Host b.test; }'],
  ['/ { proxy_pass http://127.0.0.1:FRONT/other; } location /other { return 200; }'],
  ['/ { proxy_pass http://127.0.0.1:PLAIN; }'],
  ['/ { proxy_pass http://127.0.0.1:WAITING; }', 'proxy-header-mismatch'],
  ['/ { grpc_pass 127.0.0.1:WAITING; }', 'proxy-header-mismatch'],
  ['/ { proxy_pass http://127.0.0.1:STREAM; }', 'proxy-loop'],
  ['/ { set $to http://localhost:PLAIN; proxy_pass $to; }', 'resolver-missing'],
  ['/ { proxy_pass http://localhost:PLAIN$request_uri; }', 'resolver-missing'],
  ['/ { fastcgi_pass localhost:$server_port; }', 'resolver-missing'],
  ['/ { proxy_pass http://127.0.0.1:PLAIN$request_uri; }'],
  ['/ { proxy_pass http://localhost:PLAIN$request_uri; } location /a { proxy_pass http://localhost:PLAIN; }'],
];

const folder = mkdtempSync(join(tmpdir(), 'nginx-own-backends-'));
const ports = new Map<string, number>();

before(async () => {
  for (const name of ['logs', 'proxy', 'body', 'fastcgi']) mkdirSync(join(folder, name));
  for (const name of ['FRONT', 'PLAIN', 'WAITING', 'STREAM']) ports.set(name, await freePort());
});
after(() => rmSync(folder, { recursive: true, force: true }));

function configuration(location: string): string {
  const own = location.includes('STREAM') ? 'server { listen 127.0.0.1:STREAM; proxy_pass 127.0.0.1:STREAM; }' : '';
  return `load_module /usr/lib/nginx/modules/ngx_stream_module.so;
daemon off;
pid ${folder}/nginx.pid;
error_log stderr crit;
worker_processes 1;
events { worker_connections 64; }
http {
  access_log off;
  proxy_temp_path ${folder}/proxy;
  client_body_temp_path ${folder}/body;
  fastcgi_temp_path ${folder}/fastcgi;
  server { listen FRONT; server_name a.test; location ${location} }
  server { listen FRONT; server_name b.test; location / { return 200; } }
  server { listen PLAIN; location / { return 200; } }
  server { listen WAITING proxy_protocol; http2 on; location / { return 200; } }
}
stream { ${own} }
`.replace(/\b(?:FRONT|PLAIN|WAITING|STREAM)\b/g, (name) => String(ports.get(name)));
}

describe('a server whose backend is itself, waits for a header or is never found answers nobody', () => {
  for (const [location, rule] of cases) {
    test(location, async () => {
      const front = ports.get('FRONT') ?? 0;
      const text = configuration(location);
      const file = join(folder, 'nginx.conf');
      writeFileSync(file, text);
      const server = await startNginx(file, folder, () => isOpen(front, '127.0.0.1'));
      try {
        assert.ok(server.started, `${text}\n${server.log}`);
        const { status } = await fetch(`http://127.0.0.1:${front}/`);
        // Which of two it is hangs on where the last connection is missed.
        assert.ok(rule === undefined ? status === 200 : status === 500 || status === 502, String(status));
      } finally {
        await server.stop();
      }
      const { findings } = analyseText(text, { language: 'nginx', file: '/etc/nginx/nginx.conf' });
      const found = findings.filter((one) =>
        ['proxy-loop', 'proxy-header-mismatch', 'resolver-missing'].includes(one.rule),
      );
      assert.deepEqual(
        found.map((one) => one.rule),
        rule === undefined ? [] : [rule],
      );
    });
  }
});
