import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { apache } from '../../src/languages/apache/index.ts';
import { knownValue } from '../../src/tls/model/setting.ts';
import { projectOf } from '../languages/apache/project.ts';
import { freePort } from '../support/ports.ts';
import { type ApacheRoot, createApacheRoot, mainFileHead, startApache } from './apache-server.ts';

let root: ApacheRoot;
let port: number;

before(async () => {
  root = createApacheRoot();
  port = await freePort();
});

after(() => root.remove());

const pair = 'SSLCertificateFile tls/site.crt\nSSLCertificateKeyFile tls/site.key';
const named = `ServerName example.com\n${pair}`;

/** Without `SSLEngine`; PORT is one that is free. */
const cases: readonly (readonly [outside: string, address: string, lines: string])[] = [
  ['Listen 127.0.0.1:PORT https', '127.0.0.1:PORT', named],
  ['Listen 127.0.0.1:PORT https', '127.0.0.1:PORT', pair],
  ['Listen 127.0.0.1:PORT https', '127.0.0.1:PORT', `LogLevel warn\n${pair}`],
  ['Listen 127.0.0.1:PORT https', '127.0.0.1:PORT', `<Directory /srv>\nRequire all granted\n</Directory>\n${pair}`],
  ['Listen 127.0.0.1:PORT https', '127.0.0.1:PORT', 'ServerName example.com'],
  ['Listen 127.0.0.1:PORT https', '127.0.0.1:PORT', `SSLEngine off\n${named}`],
  ['Listen 127.0.0.1:PORT https', '127.0.0.1:PORT', `Protocol http\n${named}`],
  ['Listen 127.0.0.1:PORT', '127.0.0.1:PORT', named],
  ['Listen 127.0.0.1:PORT', '127.0.0.1:PORT', `Protocol https\n${named}`],
  ['Listen 127.0.0.1:PORT https', '*:PORT', named],
  ['Listen 127.0.0.1:PORT https', '*', named],
  [`Listen 127.0.0.1:PORT https\n${pair}`, '127.0.0.1:PORT', 'ServerName example.com'],
  [`Listen 127.0.0.1:PORT\nProtocol https`, '127.0.0.1:PORT', pair],
];

test('without SSLEngine the model says of TLS what a handshake finds', async () => {
  for (const [outside, address, lines] of cases) {
    const own = `${outside}\n<VirtualHost ${address}>\n${lines}\n</VirtualHost>\n`.replaceAll('PORT', String(port));
    const text = `${mainFileHead(root.folder, 'mpm_event authz_core socache_shmcb ssl')}\n${own}`;
    const file = join(root.folder, 'apache2.conf');
    writeFileSync(file, text);
    const { started, log, stop } = await startApache(file, root.folder);
    try {
      assert.ok(started, log);
      const model = apache.lower(projectOf({ [file]: text }, { complete: true }));
      const [endpoint] = model.endpoints;
      assert.equal(endpoint && knownValue(endpoint.tls.enabled), await speaksTls(), own);
    } finally {
      await stop();
    }
  }
});

function speaksTls(): Promise<boolean> {
  return new Promise((resolve) => {
    const args = ['s_client', '-connect', `127.0.0.1:${port}`];
    const child = execFile('openssl', args, { timeout: 10_000 }, (error) => resolve(error === null));
    child.stdin?.end();
  });
}
