import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';
import { makeCertificates } from '../support/openssl-certificates.ts';
import { freePort, isOpen } from '../support/ports.ts';
import { startNginx } from './nginx-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'nginx-grpc-'));
before(() => {
  for (const name of ['logs', 'body']) mkdirSync(join(folder, name));
  makeCertificates(folder, [{ name: 'a', subject: '/CN=localhost', names: 'DNS:localhost', days: 2 }]);
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** What a client of gRPC gets, which offers HTTP/2 and nothing else: a status, or the end of the connection. */
async function asked(text: string, url: string): Promise<string> {
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, text);
  const server = await startNginx(file, folder, () => isOpen(Number(new URL(url).port), '127.0.0.1'));
  assert.ok(server.started, server.log);
  const session = connect(url, { rejectUnauthorized: false });
  try {
    return await new Promise((resolve) => {
      session.on('error', () => resolve('refused'));
      const request = session.request({ ':path': '/', ':method': 'POST', 'content-type': 'application/grpc' });
      request.on('error', () => resolve('refused'));
      request.on('response', (headers) => resolve(String(headers[':status'])));
      request.end();
    });
  } finally {
    session.destroy();
    await server.stop();
  }
}

describe('clients of gRPC get no connection where HTTP/2 is not offered, and an answer after the fix', () => {
  for (const scheme of ['https', 'http'] as const) {
    test(scheme, async () => {
      const [port, backend] = [await freePort(), await freePort()];
      const tls = scheme === 'https' ? ' ssl' : '';
      const text = `daemon off;
pid ${folder}/nginx.pid;
error_log stderr;
events {}
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  ssl_certificate a.pem;
  ssl_certificate_key a.key;
  server {
    listen 127.0.0.1:${port}${tls};
    location / { grpc_pass 127.0.0.1:${backend}; }
  }
}
`;
      const url = `${scheme}://127.0.0.1:${port}`;
      const findingsIn = (written: string) =>
        analyseText(written, { language: 'nginx', file: '/etc/nginx/nginx.conf' }).findings.filter(
          ({ rule }) => rule === 'http2-missing',
        );
      assert.equal(await asked(text, url), 'refused');
      const [finding, ...others] = findingsIn(text);
      assert.deepEqual([finding?.severity, finding?.effect, others.length], ['warning', 'connect', 0]);
      const mended = applyEdits(text, finding?.fixes[0]?.edits ?? []);
      // Nobody listens behind it.
      assert.equal(await asked(mended, url), '502');
      assert.deepEqual(findingsIn(mended), []);
    });
  }
});
