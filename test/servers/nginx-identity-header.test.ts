import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';
import { freePort, isOpen } from '../support/ports.ts';
import { startNginx } from './nginx-server.ts';

const pass = 'proxy_pass http://127.0.0.1:BACKEND;';
const user = 'proxy_set_header Remote-User $remote_user;';

/** Lines of a server, and whether a client writes the header itself below `/app/`. */
const servers: readonly (readonly [lines: string, isOpen: boolean])[] = [
  [`${user} location / { ${pass} } location /app/ { proxy_set_header X-A a; ${pass} }`, true],
  [`location / { ${user} ${pass} } location /app/ { ${pass} }`, true],
  [`proxy_set_header X-A a; location / { ${user} ${pass} } location /app/ { ${pass} }`, true],
  [
    `proxy_set_header Remote-User ""; location / { ${user} ${pass} } location /app/ { proxy_set_header X-A a; ${pass} }`,
    true,
  ],
  [`location / { ${user} ${pass} } location /app/ { if ($uri) { ${pass} } }`, true],
  [`${user} location / { ${pass} } location /app/ { ${pass} }`, false],
  [`location / { ${user} ${pass} } location /app/ { proxy_set_header remote-user ""; ${pass} }`, false],
  [`location / { ${user} ${pass} } location /app/ { proxy_pass_request_headers off; ${pass} }`, false],
];

const folder = mkdtempSync(join(tmpdir(), 'nginx-identity-header-'));
let port: number;
let backend: number;

before(async () => {
  for (const name of ['logs', 'proxy', 'body']) mkdirSync(join(folder, name));
  [port, backend] = [await freePort(), await freePort()];
});
after(() => rmSync(folder, { recursive: true, force: true }));

function configuration(lines: string): string {
  return `daemon off;
pid ${folder}/nginx.pid;
error_log stderr;
events {}
http {
  access_log off;
  proxy_temp_path ${folder}/proxy;
  client_body_temp_path ${folder}/body;
  server { listen ${port}; ${lines.replaceAll('BACKEND', String(backend))} }
  server { listen 127.0.0.1:${backend}; return 200 "$http_remote_user"; }
}
`;
}

/** Whom the backend takes a client for that calls itself `admin`, by the header or by a password that nobody asks for. */
async function userOf(text: string, headers: Record<string, string> = { 'Remote-User': 'admin' }): Promise<string> {
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, text);
  const server = await startNginx(file, folder, () => isOpen(port, '127.0.0.1'));
  try {
    assert.ok(server.started, `${text}\n${server.log}`);
    const answer = await fetch(`http://127.0.0.1:${port}/app/page`, { headers });
    return await answer.text();
  } finally {
    await server.stop();
  }
}

describe('a header that names the user is told where clients write it, and the fix takes theirs away', () => {
  for (const [lines, isTold] of servers) {
    test(lines, async () => {
      const text = configuration(lines);
      assert.equal(await userOf(text), isTold ? 'admin' : '');
      const { findings } = analyseText(text, { language: 'nginx', file: '/etc/nginx/nginx.conf' });
      const found = findings.filter(({ rule }) => rule === 'identity-header-open');
      assert.equal(found.length, isTold ? 1 : 0);
      const edits = found[0]?.fixes[0]?.edits;
      if (!edits) return;
      for (const [name, value] of [
        ['Remote-User', 'admin'],
        ['Authorization', `Basic ${btoa('admin:guess')}`],
      ] as const)
        assert.equal(await userOf(applyEdits(text, edits), { [name]: value }), '', name);
    });
  }
});
