import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { connect } from 'node:tls';
import { analyseText } from '../support/analyse.ts';
import { makeSelfSigned } from '../support/openssl-certificates.ts';
import { freePort, isOpen } from '../support/ports.ts';
import { startNginx } from './nginx-server.ts';

/** What the server in front says, and whose certificate a client gets that asks for a.example. */
const cases: readonly (readonly [lines: string, reached: string])[] = [
  ['ssl_preread on;', 'a.example'],
  ['', 'other.example'],
  ['ssl_preread off;', 'other.example'],
];

const folder = mkdtempSync(join(tmpdir(), 'nginx-ssl-preread-'));
let [front, named, other] = [0, 0, 0];

before(async () => {
  mkdirSync(join(folder, 'logs'));
  [front, named, other] = [await freePort(), await freePort(), await freePort()];
  for (const name of ['a.example', 'other.example']) makeSelfSigned(folder, name, name);
});
after(() => rmSync(folder, { recursive: true, force: true }));

function configuration(lines: string): string {
  const backend = (port: number, name: string) =>
    `server { listen 127.0.0.1:${port} ssl; ssl_certificate ${name}.crt; ssl_certificate_key ${name}.key; return ok; }`;
  return `load_module /usr/lib/nginx/modules/ngx_stream_module.so;
daemon off;
pid ${folder}/nginx.pid;
error_log stderr;
events {}
stream {
  map $ssl_preread_server_name $to { a.example 127.0.0.1:${named}; default 127.0.0.1:${other}; }
  ${backend(named, 'a.example')}
  ${backend(other, 'other.example')}
  server { listen 127.0.0.1:${front}; ${lines} proxy_pass $to; }
}
`;
}

/** The common name of the certificate that a client is shown. */
function shown(): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const options = { port: front, host: '127.0.0.1', servername: 'a.example', rejectUnauthorized: false };
    const socket = connect(options, () => {
      const { subject } = socket.getPeerCertificate();
      socket.destroy();
      resolve(subject.CN?.toString());
    }).on('error', reject);
  });
}

describe('without ssl_preread every connection goes where an empty name leads', () => {
  for (const [lines, reached] of cases) {
    test(lines === '' ? 'nothing said' : lines, async () => {
      const text = configuration(lines);
      const file = join(folder, 'nginx.conf');
      writeFileSync(file, text);
      const server = await startNginx(file, folder, () => isOpen(front, '127.0.0.1'));
      try {
        assert.ok(server.started, `${text}\n${server.log}`);
        assert.equal(await shown(), reached);
      } finally {
        await server.stop();
      }
      const { findings } = analyseText(text, { language: 'nginx', file: '/etc/nginx/nginx.conf' });
      assert.equal(findings.filter(({ rule }) => rule === 'ssl-preread-off').length, reached === 'a.example' ? 0 : 1);
    });
  }
});
