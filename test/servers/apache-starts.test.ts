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

/** What stops Apache only when it starts: `apachectl -t` says that the syntax is right. Lines of a virtual host. */
const cases: Readonly<Record<string, readonly [ah: string, lines: string]>> = {
  'no protocol': ['AH02231', 'SSLProtocol -all'],
  'one protocol taken away from nothing': ['AH02231', 'SSLProtocol TLSv1.2 -TLSv1.2'],
  'no certificate': ['AH02572', 'SSLCertificateFile\nSSLCertificateKeyFile'],
  'a certificate by command alone': [
    'AH02572',
    'SSLCertificateFile\nSSLCertificateKeyFile\nSSLOpenSSLConfCmd Certificate tls/site.crt',
  ],
  'no key': ['AH02579', 'SSLCertificateKeyFile'],
  'another key': ['AH02565', 'SSLCertificateKeyFile tls/other.key'],
  'the chain before the certificate': ['AH02565', 'SSLCertificateFile tls/reversed.crt'],
  'no certificate in the file': ['AH02562', 'SSLCertificateFile tls/junk.pem'],
  'no key in the file': ['AH02579', 'SSLCertificateKeyFile tls/junk.pem'],
  'an encrypted key': ['AH02578', 'SSLCertificateKeyFile tls/encrypted.key'],
  'a key of 1024 bits': ['AH02562', 'SSLCertificateFile tls/short.crt\nSSLCertificateKeyFile tls/short.key'],
  'an unknown cipher': ['AH01898', 'SSLCipherSuite FOO'],
  'a policy of Red Hat': ['AH01898', 'SSLCipherSuite PROFILE=SYSTEM'],
  'a policy of Red Hat for backends': ['AH01898', 'SSLProxyEngine on\nSSLProxyCipherSuite PROFILE=SYSTEM'],
  'an unknown cipher, which a command replaces': ['AH01898', 'SSLCipherSuite FOO\nSSLOpenSSLConfCmd CipherString HIGH'],
  'an unknown TLS 1.3 suite, which a command replaces': [
    'AH10127',
    'SSLCipherSuite TLSv1.3 FOO\nSSLOpenSSLConfCmd Ciphersuites TLS_AES_128_GCM_SHA256',
  ],
  'an unknown cipher in a command': ['AH02407', 'SSLOpenSSLConfCmd CipherString FOO'],
  'a level that refuses the key, which a command lowers': [
    'AH02562',
    'SSLCipherSuite HIGH:@SECLEVEL=4\nSSLOpenSSLConfCmd CipherString HIGH:@SECLEVEL=1',
  ],
  'an unknown TLS 1.3 suite': ['AH10127', 'SSLCipherSuite TLSv1.3 FOO'],
  'an unknown group': ['AH02407', 'SSLOpenSSLConfCmd Curves foo'],
  'an unknown option': ['AH02407', 'SSLOpenSSLConfCmd Options -Foo'],
  'no DH parameters in the file': ['AH02407', 'SSLOpenSSLConfCmd DHParameters tls/junk.pem'],
  'DH parameters of X9.42': ['AH02407', 'SSLOpenSSLConfCmd DHParameters tls/x942.pem'],
  'stapling without a cache': ['AH01958', 'SSLUseStapling on'],
  'no CA in the file': ['AH01895', 'SSLVerifyClient require\nSSLCACertificateFile tls/junk.pem'],
  'no CA in the file, though nobody is asked': ['AH01895', 'SSLCACertificateFile tls/junk.pem'],
  'no CA in the folder': ['AH01896', 'SSLCACertificatePath tls/empty'],
  'no CA in the folder, with another file': [
    'AH01896',
    'SSLVerifyClient optional_no_ca\nSSLCACertificatePath tls/notes',
  ],
  'no CA in the folder, but below it': ['AH01896', 'SSLCACertificatePath tls/deep'],
  'no CA in the folder of those to be named': [
    'AH01896',
    'SSLCACertificateFile tls/site.crt\nSSLCADNRequestPath tls/empty',
  ],
  'no CA in the folder for backends': ['AH01896', 'SSLProxyEngine on\nSSLProxyCACertificatePath tls/empty'],
  'revocation checks without a list': ['AH01899', 'SSLCARevocationCheck chain'],
  'no revocation list in the file': ['AH01901', 'SSLCARevocationFile tls/junk.pem'],
  'a short ticket key': ['AH02287', 'SSLSessionTicketKeyFile tls/short.ticket'],
  'an unknown cipher for backends': ['AH01898', 'SSLProxyEngine on\nSSLProxyCipherSuite FOO'],
  'no CA in the file for one backend': [
    'AH01895',
    'ProxyPass / https://127.0.0.1:9/\n<Proxy https://127.0.0.1:9/>\nSSLProxyEngine on\nSSLProxyCACertificateFile tls/junk.pem\n</Proxy>',
  ],
  'no CA in the folder for one backend': [
    'AH01896',
    'ProxyPass / https://127.0.0.1:9/\n<Proxy https://127.0.0.1:9/>\nSSLProxyEngine on\nSSLProxyCACertificatePath tls/empty\n</Proxy>',
  ],
  'an unknown cipher for one backend': [
    'AH01898',
    'SSLProxyEngine on\n<Proxy https://127.0.0.1:9/>\nSSLProxyCipherSuite FOO\n</Proxy>',
  ],
  'an unknown TLS 1.3 suite for some backends': [
    'AH10127',
    '<ProxyMatch ^https:>\nSSLProxyEngine on\nSSLProxyCipherSuite TLSv1.3 FOO\n</ProxyMatch>',
  ],
  'an unknown cipher for backends, one of which is spoken to over TLS': [
    'AH01898',
    'SSLProxyCipherSuite FOO\n<Proxy https://127.0.0.1:9/>\nSSLProxyEngine on\n</Proxy>',
  ],
  'no protocol for one backend': [
    'AH02231',
    '<Proxy https://127.0.0.1:9/>\nSSLProxyEngine on\nSSLProxyProtocol -all\n</Proxy>',
  ],
  'revocation checks without a list for one backend': [
    'AH01899',
    'SSLProxyEngine on\n<Proxy https://127.0.0.1:9/>\nSSLProxyCARevocationCheck chain\n</Proxy>',
  ],
  'revocation checks of backends, and a list for one': [
    'AH01899',
    'SSLProxyEngine on\nSSLProxyCARevocationCheck chain\n<Proxy https://127.0.0.1:9/>\nSSLProxyCARevocationFile tls/list.pem\n</Proxy>',
  ],
  'no revocation list in the file for one backend': [
    'AH01901',
    '<Proxy https://127.0.0.1:9/>\nSSLProxyEngine on\nSSLProxyCARevocationFile tls/junk.pem\n</Proxy>',
  ],
  'an encrypted key for backends': ['AH02252', 'SSLProxyEngine on\nSSLProxyMachineCertificateFile tls/encrypted.pem'],
  'an encrypted key for one backend': [
    'AH02252',
    '<Proxy https://127.0.0.1:9/>\nSSLProxyEngine on\nSSLProxyMachineCertificateFile tls/encrypted.pem\n</Proxy>',
  ],
  'another key for backends': ['AH02326', 'SSLProxyEngine on\nSSLProxyMachineCertificateFile tls/mixed.pem'],
  'a key alone for backends': ['AH02326', 'SSLProxyEngine on\nSSLProxyMachineCertificateFile tls/site.key'],
  'no protocol for backends': ['AH02231', 'SSLProxyEngine on\nSSLProxyProtocol -all'],
  'no CA in the file for backends': [
    'AH01895',
    'SSLProxyEngine on\nSSLProxyCACertificateFile tls/junk.pem\nProxyPass / https://127.0.0.1:9/',
  ],
};

const managed = (main: string, host: string) => `LoadModule md_module /usr/lib/apache2/modules/mod_md.so
MDCertificateAgreement accepted
MDContactEmail admin@example.com
MDRenewMode manual
${main}
<VirtualHost 127.0.0.1:1>
${host}
</VirtualHost>`;
const managedHost = (lines: string) =>
  managed('MDomain managed.example.com', `ServerName managed.example.com\nSSLEngine on\n${lines}`);
const bareHost = (names: string) => `ServerName ${names.replace(' ', '\nServerAlias ')}\nSSLEngine on`;
const ownFiles = 'SSLCertificateFile tls/site.crt\nSSLCertificateKeyFile tls/site.key';

/** The same of lines of the main server, before a virtual host. */
const mainCases: Readonly<Record<string, readonly [ah: string, lines: string]>> = {
  'TLS on the main server, which has no certificate': ['AH02572', 'SSLEngine on'],
  'TLS on the main server, which has none of the domains of mod_md': [
    'AH02572',
    'LoadModule md_module /usr/lib/apache2/modules/mod_md.so\nMDomain managed.example.com\nSSLEngine on',
  ],
  'a key without certificate, where mod_md brings one': ['AH02565', managedHost('SSLCertificateKeyFile tls/site.key')],
  'a managed name below the wildcard of another domain': [
    'AH10038',
    managed('MDomain *.example.org\nMDomain a.example.org', `${bareHost('a.example.org')}\n${ownFiles}`),
  ],
  'names of two domains, one by a wildcard of the virtual host': [
    'AH10238',
    managed('MDomain a.example.org\nMDomain b.example.net', bareHost('b.example.net *.example.org')),
  ],
  'keys of a curve that signs nothing': [
    'AH02572',
    managed('MDPrivateKeys rsa 3072 X25519\nMDomain a.example.org', bareHost('a.example.org')),
  ],
  'keys of such a curve for one domain': [
    'AH02572',
    managed('<MDomainSet a.example.org>\nMDPrivateKeys X25519\n</MDomainSet>', bareHost('a.example.org')),
  ],
  'no file of MIME types': ['AH01597', 'TypesConfig tls/missing.types'],
  'no file of MIME types, in a condition that holds': [
    'AH01597',
    '<IfModule mod_mime.c>\nTypesConfig tls/missing.types\n</IfModule>',
  ],
  'no file of MIME types, behind one that is there': [
    'AH01597',
    'TypesConfig tls/empty.srp\nTypesConfig tls/missing.types',
  ],
};

const mainStarting: readonly string[] = [
  ...['b.example.org *.example.org', 'b.example.org a.*', 'b.example.org ?.example.org', 'b.example.org *.org'].map(
    (names) => managed('MDomain a.example.org', bareHost(names)),
  ),
  managed('MDomain *.example.org a.example.org', bareHost('a.example.org')),
  ...[ownFiles, 'SSLEngine off'].map((lines) =>
    managed('MDPrivateKeys X25519\nMDomain a.example.org', `${bareHost('a.example.org')}\n${lines}`),
  ),
  managed('MDPrivateKeys X25519\nMDPrivateKeys rsa\nMDomain a.example.org', bareHost('a.example.org')),
  managedHost(''),
  managedHost('SSLCertificateFile tls/site.crt\nSSLCertificateKeyFile tls/site.key'),
  'SSLEngine on\nSSLCertificateFile tls/site.crt\nSSLCertificateKeyFile tls/site.key',
  '<IfDefine NEVER>\nSSLEngine on\n</IfDefine>',
  'TypesConfig tls/missing.types\nTypesConfig tls/empty.srp',
  'TypesConfig tls/empty.srp\n<VirtualHost 127.0.0.1:1>\nTypesConfig tls/missing.types\n</VirtualHost>',
  'TypesConfig tls/empty.srp\n<IfDefine NEVER>\nTypesConfig tls/missing.types\n</IfDefine>',
];

/** What looks like some of these, and starts. */
const starting: readonly string[] = [
  'SSLProtocol -all +TLSv1.3',
  'SSLCACertificatePath tls/cas',
  'SSLCertificateFile\nSSLCertificateKeyFile\nSSLOpenSSLConfCmd Certificate tls/site.crt\nSSLOpenSSLConfCmd PrivateKey tls/site.key',
  'SSLOpenSSLConfCmd CipherString ALL:@SECLEVEL=4',
  'SSLCipherSuite ALL:@SECLEVEL=0\nSSLOpenSSLConfCmd CipherString HIGH:@SECLEVEL=5',
  'SSLCACertificateFile tls/site.crt\nSSLCACertificatePath tls/empty',
  'SSLCACertificatePath tls/empty\nSSLCADNRequestFile tls/site.crt',
  'SSLCADNRequestPath tls/empty',
  'SSLEngine off\nSSLCACertificatePath tls/empty',
  'SSLProxyCACertificatePath tls/empty',
  'SSLProxyCACertificateFile tls/junk.pem',
  'SSLProxyCACertificateFile tls/junk.pem\nProxyPass / https://127.0.0.1:9/',
  'SSLProxyEngine on\nSSLProxyCACertificateFile tls/site.crt\n<Proxy https://127.0.0.1:9/>\nSSLProxyCACertificatePath tls/empty\n</Proxy>',
  'SSLProxyCARevocationFile tls/junk.pem',
  '<Proxy https://127.0.0.1:9/>\nSSLProxyCipherSuite FOO\n</Proxy>',
  '<Proxy https://127.0.0.1:8/>\nSSLProxyEngine on\n</Proxy>\n<Proxy https://127.0.0.1:9/>\nSSLProxyCipherSuite FOO\n</Proxy>',
  'SSLProxyCipherSuite FOO\n<Proxy https://127.0.0.1:9/>\nSSLProxyEngine on\nSSLProxyCipherSuite HIGH\n</Proxy>',
  'SSLProxyEngine on\nSSLProxyCipherSuite FOO\nSSLProxyCipherSuite HIGH',
  'SSLProxyEngine on\n<Proxy https://127.0.0.1:9/>\nSSLProxyEngine off\nSSLProxyProtocol -all\nSSLProxyCipherSuite FOO\n</Proxy>',
  '<Proxy https://127.0.0.1:9/>\nSSLProxyEngine on\nSSLProxyCARevocationCheck chain\nSSLProxyCARevocationFile tls/list.pem\n</Proxy>',
  'SSLCARevocationCheck chain\nSSLCARevocationCheck none',
  'SSLProxyMachineCertificateFile tls/junk.pem',
  'SSLProxyMachineCertificateFile tls/encrypted.pem',
  'SSLProxyEngine on\nSSLProxyMachineCertificateFile tls/junk.pem',
  'SSLProxyEngine on\nSSLProxyMachineCertificateFile tls/site.crt',
  'SSLProxyEngine on\nSSLProxyMachineCertificateFile tls/pair.pem',
  'ProxyPass / https://127.0.0.1:9/\n<Proxy https://127.0.0.1:9/>\nSSLProxyCACertificateFile tls/junk.pem\n</Proxy>',
  'SSLProxyEngine on\nSSLProxyCACertificateFile tls/site.crt\nSSLProxyCACertificatePath tls/empty',
];

const root = createApacheRoot();
const { folder } = root;
const tls = (name: string) => join(folder, 'tls', name);

before(() => {
  mkdirSync(join(folder, 'logs'), { recursive: true });
  writeFileSync(tls('junk.pem'), 'nothing\n');
  writeFileSync(tls('empty.srp'), '');
  for (const name of ['empty', 'notes', 'deep/below', 'cas']) mkdirSync(tls(name), { recursive: true });
  writeFileSync(tls('notes/README'), 'nothing\n');
  for (const name of ['deep/below/ca.pem', 'cas/.anything']) writeFileSync(tls(name), readFileSync(tls('site.crt')));
  writeFileSync(tls('short.ticket'), Buffer.alloc(47, 7));
  writeFileSync(tls('reversed.crt'), readFileSync(tls('other.crt'), 'utf8') + readFileSync(tls('site.crt'), 'utf8'));
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
  writeFileSync(tls('encrypted.pem'), both('site.crt', 'encrypted.key'));
  writeFileSync(tls('mixed.pem'), both('site.crt', 'other.key'));
  writeFileSync(tls('pair.pem'), both('site.key', 'site.crt'));
});
after(() => root.remove());

const modules = 'mpm_event authz_core socache_shmcb ssl proxy proxy_http';

const loads = ['rewrite', 'ldap'].map((name) => `LoadModule ${name}_module ${modulesFolder}/mod_${name}.so\n`).join('');

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
    ['CustomLog "|/bin/cat" common', true],
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
