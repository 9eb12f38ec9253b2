import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';
import { makeSelfSigned } from '../support/openssl-certificates.ts';
import { freePort, isOpen } from '../support/ports.ts';
import { startNginx } from './nginx-server.ts';

/** What asks the backend, and the status that clients get. */
const cases: readonly (readonly [lines: string, status: number])[] = [
  ['proxy_pass http://127.0.0.1:SECURE;', 400],
  ['proxy_pass http://localhost:SECURE/;', 400],
  ['proxy_pass http://group;', 400],
  ['proxy_pass https://127.0.0.1:PLAIN;', 502],
  ['proxy_pass https://127.0.0.1:FRONT/other;', 502],
  ['grpc_pass 127.0.0.1:SECURE;', 502],
  ['grpc_pass grpcs://127.0.0.1:PLAIN;', 502],
  ['proxy_pass https://127.0.0.1:SECURE;', 200],
  ['proxy_pass http://127.0.0.1:PLAIN;', 200],
];

const folder = mkdtempSync(join(tmpdir(), 'nginx-upstream-scheme-'));
let [front, plain, secure] = [0, 0, 0];

before(async () => {
  for (const name of ['logs', 'proxy', 'body']) mkdirSync(join(folder, name));
  [front, plain, secure] = [await freePort(), await freePort(), await freePort()];
  makeSelfSigned(folder, 'a', 'localhost');
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
  upstream group { server 127.0.0.1:${secure}; }
  server { listen 127.0.0.1:${front}; location / { ${lines} } location /other { return 200; } }
  server { listen 127.0.0.1:${plain}; http2 on; return 200; }
  server { listen ${secure} ssl; http2 on; ssl_certificate a.crt; ssl_certificate_key a.key; return 200; }
}
`
    .replaceAll('SECURE', String(secure))
    .replaceAll('PLAIN', String(plain))
    .replaceAll('FRONT', String(front));
}

async function statusOf(text: string): Promise<number> {
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, text);
  const server = await startNginx(file, folder, () => isOpen(front, '127.0.0.1'));
  try {
    assert.ok(server.started, `${text}\n${server.log}`);
    return (await fetch(`http://127.0.0.1:${front}/`)).status;
  } finally {
    await server.stop();
  }
}

function findingsIn(text: string) {
  const { findings } = analyseText(text, { language: 'nginx', file: '/etc/nginx/nginx.conf' });
  return findings.filter(({ rule }) => rule === 'upstream-other-scheme');
}

describe('a backend that is asked by the other scheme is found, and asked by its own after the fix', () => {
  for (const [lines, status] of cases) {
    test(lines, async () => {
      const text = configuration(lines);
      assert.equal(await statusOf(text), status);
      const findings = findingsIn(text);
      assert.equal(findings.length, status === 200 ? 0 : 1);
      const [fix] = findings[0]?.fixes ?? [];
      if (!fix) return;
      const mended = applyEdits(text, fix.edits);
      assert.equal(await statusOf(mended), 200);
      assert.deepEqual(findingsIn(mended), []);
    });
  }
});
