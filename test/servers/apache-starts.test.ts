import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { analyseFile } from '../../src/analysis/run.ts';
import { defaultSettings } from '../../src/analysis/settings.ts';
import { parseTargetText } from '../../src/analysis/target.ts';
import { nodeHost } from '../../src/host/node.ts';
import { apache } from '../../src/languages/apache/index.ts';
import { rules } from '../../src/rules/index.ts';
import { freePort } from '../support/ports.ts';
import { createApacheRoot, mainFileHead, modulesFolder, startApache } from './apache-server.ts';
import { cases, mainCases, mainStarting, starting } from './apache-start-cases.ts';

const root = createApacheRoot();
const { folder } = root;
const tls = (name: string) => join(folder, 'tls', name);

before(() => {
  mkdirSync(join(folder, 'logs'), { recursive: true });
  writeFileSync(tls('junk.pem'), 'nothing\n');
  writeFileSync(tls('empty.srp'), '');
  for (const name of ['empty', 'notes', 'deep/below', 'cas', 'apart', 'locked', 'pairs'])
    mkdirSync(tls(name), { recursive: true });
  writeFileSync(tls('notes/README'), 'nothing\n');
  for (const name of ['deep/below/ca.pem', 'cas/.anything']) writeFileSync(tls(name), readFileSync(tls('site.crt')));
  writeFileSync(tls('short.ticket'), Buffer.alloc(47, 7));
  writeFileSync(tls('reversed.crt'), readFileSync(tls('other.crt'), 'utf8') + readFileSync(tls('site.crt'), 'utf8'));
  writeFileSync(tls('cut.crt'), readFileSync(tls('site.crt'), 'utf8').slice(0, 300));
  const request = ['req', '-x509', '-newkey', 'rsa:1024', '-nodes', '-subj', '/CN=example.com', '-days', '9'];
  execFileSync('openssl', [...request, '-keyout', tls('short.key'), '-out', tls('short.crt')], { stdio: 'ignore' });
  writeFileSync(tls('issued'), '');
  writeFileSync(tls('ca.cnf'), `[ca]\ndefault_ca = own\n[own]\ndatabase = ${tls('issued')}\ndefault_md = sha256\n`);
  const signer = ['-cert', tls('site.crt'), '-keyfile', tls('site.key'), '-crldays', '9'];
  execFileSync('openssl', ['ca', '-config', tls('ca.cnf'), '-gencrl', ...signer, '-out', tls('list.pem')], {
    stdio: 'ignore',
  });
  const generate = ['genpkey', '-genparam', '-algorithm', 'DHX', '-pkeyopt', 'group:ffdhe2048'];
  execFileSync('openssl', [...generate, '-out', tls('x942.pem')], { stdio: 'ignore' });
  const encrypt = ['pkey', '-in', tls('site.key'), '-aes-128-cbc', '-passout', 'pass:secret'];
  execFileSync('openssl', [...encrypt, '-out', tls('encrypted.key')]);
  const both = (...names: readonly string[]) => names.map((name) => readFileSync(tls(name), 'utf8')).join('');
  writeFileSync(tls('trusted.pem'), both('site.crt').replaceAll(' CERTIFICATE-', ' TRUSTED CERTIFICATE-'));
  writeFileSync(tls('encrypted.pem'), both('site.crt', 'encrypted.key'));
  writeFileSync(tls('mixed.pem'), both('site.crt', 'other.key'));
  for (const name of ['site.crt', 'site.key']) writeFileSync(tls(`apart/${name}`), both(name));
  writeFileSync(tls('locked/pair.pem'), both('encrypted.pem'));
  writeFileSync(tls('pairs/pair.pem'), both('site.crt', 'site.key'));
  writeFileSync(tls('pairs/other.crt'), both('other.crt'));
  writeFileSync(tls('pair.pem'), both('site.key', 'site.crt'));
});
after(() => root.remove());

const modules = 'mpm_event authz_core socache_shmcb ssl proxy proxy_http';

const loads = ['rewrite', 'ldap'].map((name) => `LoadModule ${name}_module ${modulesFolder}/mod_${name}.so\n`).join('');

const loadDbm = `LoadModule socache_dbm_module ${modulesFolder}/mod_socache_dbm.so\n`;

/** A line with a name only takes the usual directive of that name out. `isSecond`: behind a virtual host that starts. */
async function configuration(lines: string, main = '', isSecond = false): Promise<string> {
  const own = lines.split('\n').map((line) => line.split(' ')[0]);
  const usual = ['SSLCertificateFile tls/site.crt', 'SSLCertificateKeyFile tls/site.key'].filter(
    (line) => !own.includes(line.split(' ')[0]),
  );
  const port = await freePort();
  return `${mainFileHead(folder, modules)}
Listen 127.0.0.1:${port}
${main === '' ? '' : `LoadModule mime_module ${modulesFolder}/mod_mime.so\n${main}`}
${isSecond ? goodHost(port) : ''}
<VirtualHost 127.0.0.1:${port}>
  SSLEngine on
  ServerName second.example.com
  ${[...usual, ...lines.split('\n').filter((line) => line.includes(' ') || line.startsWith('</'))].join('\n  ')}
</VirtualHost>
`;
}

/** What answers whoever asks for no name, so that the next one's settings are in force for its own name at most. */
function goodHost(port: number): string {
  return `<VirtualHost 127.0.0.1:${port}>
  SSLEngine on
  ServerName first.example.com
  SSLCertificateFile tls/site.crt
  SSLCertificateKeyFile tls/site.key
</VirtualHost>`;
}

async function startFindings(file: string, text: string) {
  const options = {
    host: nodeHost,
    settings: { ...defaultSettings, target: parseTargetText('debian=13'), paths: 'here' as const },
    rules,
    now: new Date(),
  };
  const { findings } = await analyseFile(file, text, apache, options);
  return findings.filter(({ effect }) => effect === 'start');
}

describe('what `apachectl -t` passes and the start does not', () => {
  const inHosts = Object.entries(cases).map(([name, [ah, lines]]) => ({ name, ah, lines, main: '', isSecond: false }));
  const inSecond = inHosts.map((each) => ({ ...each, name: `${each.name}, in the second host`, isSecond: true }));
  const inMain = Object.entries(mainCases).map(([name, [ah, main]]) => ({
    name,
    ah,
    lines: '',
    main,
    isSecond: false,
  }));
  for (const { name, ah, lines, main, isSecond } of [...inHosts, ...inSecond, ...inMain]) {
    test(`${name}: ${ah}`, { timeout: 30_000 }, async () => {
      const text = await configuration(lines, main, isSecond);
      const file = join(folder, 'apache2.conf');
      writeFileSync(file, text);
      const tested = spawnSync('/usr/sbin/apache2', ['-t', '-f', file], { encoding: 'utf8' });
      assert.equal(tested.status, 0, tested.stderr);
      const { started, log, stop } = await startApache(file, folder);
      await stop();
      assert.ok(!started && log.includes(ah), log);
      const found = await startFindings(file, text);
      assert.ok(
        found.some(({ message }) => message.includes(ah)),
        JSON.stringify(found.map(({ rule, message }) => [rule, message])),
      );
    });
  }

  for (const [lines, starts] of [
    ['DocumentRoot www/none', false],
    ['DocumentRoot www/none\nDocumentRoot www', false],
    ['<IfModule ssl_module>\nDocumentRoot www/none\n</IfModule>', false],
    ['DocumentRoot www\n<VirtualHost 127.0.0.1:1>\nDocumentRoot www/none\n</VirtualHost>', true],
    ['<IfDefine NEVER>\nDocumentRoot www/none\n</IfDefine>', true],
    ['CustomLog /no-such-folder/a.log common', false],
    ['<VirtualHost 127.0.0.1:1>\nErrorLog /no-such-folder/e.log\n</VirtualHost>', false],
    ['<VirtualHost 127.0.0.1:1>\nErrorLog /no-such-folder/e.log\nErrorLog /dev/null\n</VirtualHost>', true],
    ['<IfDefine NEVER>\nTransferLog /no-such-folder/a.log\n</IfDefine>', true],
    ['<VirtualHost 127.0.0.1:1>\nErrorLog syslog:local8\n</VirtualHost>', false],
    ['<VirtualHost 127.0.0.1:1>\nErrorLog syslog:local8\nErrorLog syslog:local7:shop\n</VirtualHost>', true],
    ['CustomLog "|/bin/cat" common', true],
    ['CustomLog "||/bin/cat -u" common', true],
    ['CustomLog "|/no-such-folder/logger -u" common', false],
    ['ErrorLog "||/no-such-folder/logger"', false],
    ['<VirtualHost 127.0.0.1:1>\nErrorLog "|/no-such-folder/logger"\nErrorLog /dev/null\n</VirtualHost>', true],
    ['RewriteMap hosts txt:tls/missing', false],
    ['RewriteMap hosts rnd:tls/junk.pem', true],
    ['RewriteMap hosts txt:tls/empty.srp', true],
    ['RewriteMap hosts tls/missing', false],
    ['RewriteMap hosts "prg:tls/missing -x"', false],
    ['RewriteMap hosts "prg:/bin/cat -u"', true],
    ['RewriteMap hosts int:tolower', true],
    ['RewriteMap hosts dbm=sdbm:tls/missing', false],
    ['RewriteMap hosts dbm=other:tls/junk.pem', false],
    ['<IfDefine NEVER>\nRewriteMap hosts txt:tls/missing\n</IfDefine>', true],
    ['<VirtualHost 127.0.0.1:1>\nRewriteMap hosts txt:tls/missing\n</VirtualHost>', false],
    ['SSLPassPhraseDialog exec:tls/missing', false],
    ['SSLPassPhraseDialog "exec:/bin/cat -u"', false],
    ['SSLPassPhraseDialog exec:/bin/cat', true],
    ['SSLPassPhraseDialog |tls/missing', true],
    ['SSLRandomSeed startup file:tls/missing 256', false],
    ['SSLRandomSeed startup exec:tls/missing 256', false],
    ['SSLRandomSeed startup tls/missing', false],
    ['SSLRandomSeed startup builtin', true],
    ['LDAPTrustedGlobalCert CA_BASE64 tls/missing', false],
    ['LDAPTrustedGlobalCert CA_BASE64 tls/site.crt', true],
    ['<Location />\nLDAPTrustedClientCert CERT_BASE64 tls/missing\n</Location>', false],
    ['LoadModule php7_module /no-such-folder/libphp7.4.so', false],
    ['LoadModule php7_module tls/libphp7.4.so', false],
    ['LoadModule ssl_module /no-such-folder/mod_ssl.so', true],
    ['<IfDefine NEVER>\nLoadModule php7_module /no-such-folder/libphp7.4.so\n</IfDefine>', true],
    ['LoadFile /no-such-folder/libpython.so', false],
    ['LoadFile libc.so.6', true],
    ['Mutex file:/no-such-folder ssl-cache', false],
    ['Mutex flock:/no-such-folder/locks default\nMutex posixsem default', false],
    [`${loadDbm}SSLSessionCache dbm:/no-such-folder/cache`, false],
    [`${loadDbm}SSLStaplingCache dbm:/no-such-folder/cache`, false],
    [`${loadDbm}SSLSessionCache dbm:/no-such-folder/cache\nSSLSessionCache none`, false],
    [`${loadDbm}SSLSessionCache dbm:/no-such-folder/cache\nSSLSessionCache shmcb:/tmp/cache`, true],
    ['SSLSessionCache shmcb:/no-such-folder/cache', true],
    ['PidFile /no-such-folder/a.pid', false],
    ['CoreDumpDirectory /no-such-folder', false],
    ['DefaultRuntimeDir /no-such-folder/', false],
  ] as const) {
    test(`${lines.replaceAll('\n', ', ')}, of which the test speaks too`, { timeout: 30_000 }, async () => {
      const text = await configuration('', `TypesConfig /dev/null\n${loads}${lines}`);
      const file = join(folder, 'apache2.conf');
      writeFileSync(file, text);
      const { started, log, stop } = await startApache(file, folder);
      await stop();
      assert.equal(started, starts, log);
      assert.equal((await startFindings(file, text)).length, starts ? 0 : 1);
    });
  }

  test('no file of MIME types where none is named', { timeout: 30_000 }, async () => {
    const file = join(folder, 'apache2.conf');
    const types = join(folder, 'mime.types');
    for (const [main, isThere] of [
      ['ServerAdmin a@example.com', true],
      ['ServerAdmin a@example.com', false],
      ['TypesConfig /dev/null', false],
    ] as const) {
      if (!isThere) rmSync(types, { force: true });
      const text = await configuration('', main);
      writeFileSync(file, text);
      const { started, log, stop } = await startApache(file, folder);
      await stop();
      assert.equal(started, isThere || main.startsWith('TypesConfig'), log);
      assert.deepEqual(
        (await startFindings(file, text)).map(({ message }) => message.includes('AH01597')),
        started ? [] : [true],
      );
    }
    writeFileSync(types, '');
  });

  for (const name of ['missing.srp', 'empty.srp']) {
    test(`SRP verifiers in ${name}, of which the test speaks too`, async () => {
      const text = await configuration(`SSLSRPVerifierFile tls/${name}`);
      const file = join(folder, 'apache2.conf');
      writeFileSync(file, text);
      const tested = spawnSync('/usr/sbin/apache2', ['-t', '-f', file], { encoding: 'utf8' });
      assert.match(tested.stderr, /SSLSRPVerifierFile: file '.*' does not exist or is empty/);
      assert.equal((await startFindings(file, text)).length, 1);
    });
  }

  const fine = [...starting.map((lines) => [lines, '']), ...mainStarting.map((main) => ['', main])] as const;
  for (const [lines = '', main = ''] of fine) {
    test(`${(lines + main).replaceAll('\n', ', ')} starts and has no such finding`, { timeout: 30_000 }, async () => {
      const text = await configuration(lines, main);
      const file = join(folder, 'apache2.conf');
      writeFileSync(file, text);
      const { started, log, stop } = await startApache(file, folder);
      await stop();
      assert.ok(started, log);
      assert.deepEqual(await startFindings(file, text), []);
    });
  }
});
