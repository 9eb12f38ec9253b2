import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { analyseFile } from '../../src/analysis/run.ts';
import { defaultSettings } from '../../src/analysis/settings.ts';
import { nodeHost } from '../../src/host/node.ts';
import { apache } from '../../src/languages/apache/index.ts';
import { rules } from '../../src/rules/index.ts';
import { applyEdits } from '../../src/text/edit.ts';
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

/** A whole configuration, which speaks of port 443. Nobody gets a certificate: its authority is not there. */
function configuration(lines: string): string {
  return `${mainFileHead(root.folder, 'mpm_event authz_core socache_shmcb ssl md')}
MDStoreDir ${root.folder}/md
Listen 443
${lines}
`;
}

/** The text with every fix of a rule applied. */
async function fixed(text: string, rule: string): Promise<string> {
  const settings = { ...defaultSettings, paths: 'here' as const };
  const options = { host: nodeHost, settings, rules, now: new Date() };
  const { findings } = await analyseFile(join(root.folder, 'apache2.conf'), text, apache, options);
  const [finding] = findings.filter((each) => each.rule === rule);
  const [fix] = finding?.fixes ?? [];
  assert.ok(fix, `${rule} has no fix in\n${text}`);
  return applyEdits(text, fix.edits);
}

async function whileRunning<T>(text: string, use: (log: string) => Promise<T>): Promise<T> {
  const file = join(root.folder, 'apache2.conf');
  const authority = 'MDCertificateAuthority http://127.0.0.1:9/';
  writeFileSync(
    file,
    // What port 443 is by itself, another one has to be told.
    text.replace('Listen 443', `Listen 127.0.0.1:${port} https\n${authority}`).replaceAll('*:443', `127.0.0.1:${port}`),
  );
  const { started, log, stop } = await startApache(file, root.folder);
  try {
    assert.ok(started, log);
    return await use(log);
  } finally {
    await stop();
  }
}

/** What OpenSSL's client says about a handshake that asks for mod_md's challenge. */
function challengeHandshake(): Promise<string> {
  const args = ['s_client', '-connect', `127.0.0.1:${port}`, '-servername', 'example.com', '-alpn', 'acme-tls/1'];
  return new Promise((resolve) => {
    execFile('openssl', args, { timeout: 10_000 }, (_, output) => resolve(output)).stdin?.end();
  });
}

const managed = (lines: string) => `MDomain example.com
MDCertificateAgreement accepted
MDContactEmail admin@example.com
${lines}
<VirtualHost *:443>
ServerName example.com
SSLEngine on
</VirtualHost>`;

test('the protocol of the challenge is offered once the fix has listed it', { timeout: 30_000 }, async () => {
  const text = configuration(managed('Protocols http/1.1'));
  const offers = () => challengeHandshake().then((output) => output.includes('ALPN protocol: acme-tls/1'));
  assert.equal(await whileRunning(text, offers), false);
  assert.equal(await whileRunning(await fixed(text, 'managed-certificate-unobtainable'), offers), true);
});

test('mod_md takes the window that the fix writes', { timeout: 30_000 }, async () => {
  const text = configuration(managed('Protocols http/1.1 acme-tls/1\nMDRenewWindow 60d'));
  const kept = async () => JSON.parse(readFileSync(join(root.folder, 'md/domains/example.com/md.json'), 'utf8'));
  assert.equal((await whileRunning(text, kept))['renew-window'], '60d');
  assert.equal((await whileRunning(await fixed(text, 'renewal-window-fixed'), kept))['renew-window'], '33%');
});

const stapling = (other: string) => `SSLStaplingCache shmcb:run/stapling(32768)
<VirtualHost *:443>
ServerName example.com
SSLEngine on
SSLCertificateFile tls/rsa.crt
SSLCertificateKeyFile tls/rsa.key
SSLUseStapling on
SSLStaplingReturnResponderErrors off
</VirtualHost>${other}`;

test('stapling is taken out with all that serves nothing else', { timeout: 30_000 }, async () => {
  const text = configuration(stapling(''));
  const complains = async (log: string) => /AH02217|AH02218|AH02604/.test(log);
  assert.equal(await whileRunning(text, complains), true);
  const edited = await fixed(text, 'stapling-no-responder');
  assert.ok(!edited.includes('Stapling'), edited);
  assert.equal(await whileRunning(edited, complains), false);
});

test('the cache stays where somebody else staples, who would not start without', { timeout: 30_000 }, async () => {
  const other =
    '\n<VirtualHost *:443>\nServerName www.example.com\nSSLEngine on\nSSLUseStapling on\nSSLStaplingForceURL http://127.0.0.1:9/\nSSLCertificateFile tls/site.crt\nSSLCertificateKeyFile tls/site.key\n</VirtualHost>';
  const edited = await fixed(configuration(stapling(other)), 'stapling-no-responder');
  assert.equal(
    edited.match(/(?:Use)?Stapling(?:Cache|ForceURL|Return\w*)?/g)?.join(' '),
    'StaplingCache UseStapling StaplingForceURL',
    edited,
  );
  await whileRunning(edited, async () => {});
});

test('the first virtual host of an address decides for all whether TLS is spoken, and with what', {
  timeout: 60_000,
}, async () => {
  const names = { first: 'example.com', second: 'www.example.com' };
  const host = (name: string, lines: string) =>
    `<VirtualHost *:443>\nServerName ${name}\nSSLCertificateFile tls/rsa.crt\nSSLCertificateKeyFile tls/rsa.key\n${lines}</VirtualHost>\n`;
  for (const [first, second] of [
    ['SSLProtocol -all +TLSv1.2\n', 'SSLEngine on\nSSLProtocol -all +TLSv1.3\n'],
    ['SSLEngine off\n', 'SSLEngine on\n'],
    ['SSLEngine on\nSSLProtocol -all +TLSv1.2\n', 'SSLProtocol -all +TLSv1.3\n'],
  ] as const) {
    const text = configuration(host(names.first, first) + host(names.second, second));
    const { endpoints } = apache.lower(projectOf({ '/etc/apache2/apache2.conf': text }, { complete: true }));
    await whileRunning(text, async () => {
      for (const name of Object.values(names)) {
        const tls = endpoints.find((endpoint) => endpoint.name === name)?.tls;
        const predicted = knownValue(tls?.enabled) ? knownValue(tls?.protocols)?.join() : undefined;
        assert.equal(await protocolWith(name), predicted, `${name} in\n${text}`);
      }
    });
  }
});

/** The protocol version that a client agrees on, or undefined where there is no handshake. */
function protocolWith(name: string): Promise<string | undefined> {
  const args = ['s_client', '-connect', `127.0.0.1:${port}`, '-servername', name];
  return new Promise((resolve) => {
    execFile('openssl', args, { timeout: 10_000 }, (_, output) => {
      const [, version] = /^New, (TLSv1\.\d), Cipher is (?!\(NONE\))/m.exec(output) ?? [];
      resolve(version);
    }).stdin?.end();
  });
}
