import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { connect } from 'node:tls';
import { analyseText } from '../support/analyse.ts';
import { makeSelfSigned } from '../support/openssl-certificates.ts';
import { freePort, isOpen } from '../support/ports.ts';
import { startNginx } from './nginx-server.ts';

const header = 'PROXY TCP4 127.0.0.1 127.0.0.1 50000 443\r\n';

/** What the server in front says, the other one behind its address, and whether a handshake succeeds with a client's own header, or without. */
const cases: readonly (readonly [front: string, behind: string, client: string, works: boolean])[] = [
  ['; ssl_preread on; proxy_pass $to', '', '', true],
  ['; ssl_preread on; proxy_pass $to; proxy_protocol on', 'proxy_protocol', '', true],
  ['; ssl_preread on; proxy_pass $to; proxy_protocol on', '', '', false],
  ['; ssl_preread on; proxy_pass $to', 'proxy_protocol', '', false],
  ['; ssl_preread on; proxy_pass $to', 'proxy_protocol', header, false],
  ['; ssl_preread on; proxy_pass BEHIND', 'proxy_protocol', header, true],
  [' proxy_protocol; proxy_pass BEHIND', 'proxy_protocol', header, false],
];

const folder = mkdtempSync(join(tmpdir(), 'nginx-proxy-header-'));
let [front, behind] = [0, 0];

before(async () => {
  for (const name of ['logs', 'proxy', 'body']) mkdirSync(join(folder, name));
  [front, behind] = [await freePort(), await freePort()];
  makeSelfSigned(folder, 'a', 'localhost');
});
after(() => rmSync(folder, { recursive: true, force: true }));

function configuration(lines: string, parameter: string): string {
  const address = `127.0.0.1:${behind}`;
  return `load_module /usr/lib/nginx/modules/ngx_stream_module.so;
daemon off;
pid ${folder}/nginx.pid;
error_log stderr;
events {}
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  server { listen ${address} ssl ${parameter}; ssl_certificate a.crt; ssl_certificate_key a.key; return 200; }
}
stream {
  map $ssl_preread_server_name $to { localhost ${address}; }
  server { listen 127.0.0.1:${front}${lines.replace('BEHIND', address)}; }
}
`;
}

function shakesHands(port: number, first: string): Promise<boolean> {
  return new Promise((resolve) => {
    const tcp = connectTcp({ port, host: '127.0.0.1' }).on('error', () => resolve(false));
    if (first !== '') tcp.write(first);
    const socket = connect({ socket: tcp, servername: 'localhost', rejectUnauthorized: false }, () => {
      socket.destroy();
      resolve(true);
    });
    for (const event of ['error', 'close']) socket.on(event, () => resolve(false));
  });
}

describe('a PROXY header that one side alone knows of keeps every handshake from succeeding', () => {
  for (const [lines, parameter, client, works] of cases) {
    test(`listen …${lines}; listen … ${parameter}; ${client === '' ? 'no header' : 'a header'}`, async () => {
      const text = configuration(lines, parameter);
      const file = join(folder, 'nginx.conf');
      writeFileSync(file, text);
      const server = await startNginx(file, folder, () => isOpen(front, '127.0.0.1'));
      try {
        assert.ok(server.started, `${text}\n${server.log}`);
        assert.equal(await shakesHands(front, client), works);
      } finally {
        await server.stop();
      }
      const { findings } = analyseText(text, { language: 'nginx', file: '/etc/nginx/nginx.conf' });
      assert.equal(findings.filter(({ rule }) => rule === 'proxy-header-mismatch').length, works ? 0 : 1);
    });
  }
});
