import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { evaluate } from '../../../src/languages/apache/evaluate/evaluate.ts';
import { apache } from '../../../src/languages/apache/index.ts';
import { knownValue, unknown } from '../../../src/tls/model/setting.ts';
import { lower, type ProjectOptions, projectOf, snippet } from './project.ts';

const complete = { complete: true } as const;

function firstTls(text: string, options: ProjectOptions = {}) {
  const site = lower(`<VirtualHost *:443>\nSSLEngine on\n${text}\n</VirtualHost>`, options).sites[0];
  assert.ok(site);
  return site.tls;
}

describe('SSLProtocol', () => {
  const cases: readonly (readonly [string, string, ProjectOptions?])[] = [
    ['all -SSLv3', 'TLSv1 TLSv1.1 TLSv1.2 TLSv1.3'],
    ['all -SSLv3', 'TLSv1 TLSv1.1 TLSv1.2', { target: { apache: '2.4.10', openssl: '1.0.1' } }],
    ['all', 'SSLv3 TLSv1 TLSv1.1 TLSv1.2', { target: { apache: '2.4.10', openssl: '1.0.1' } }],
    ['-all +TLSv1.2 +TLSv1.3', 'TLSv1.2 TLSv1.3'],
    ['TLSv1.2 TLSv1.3', 'TLSv1.3'],
    ['-all +TLSv1 +TLSv1.3', 'TLSv1.3'],
    ['tlsv1.2', 'TLSv1.2'],
    ['-all', ''],
  ];
  for (const [words, expected, options] of cases) {
    test(`${words} (${options?.target?.apache ?? '2.4.71'}) is ${expected || 'nothing'}`, () => {
      assert.equal(knownValue(firstTls(`SSLProtocol ${words}`, options).protocols)?.join(' '), expected);
    });
  }
});

test('ciphers, groups and commands go where OpenSSL reads them', () => {
  const tls = firstTls(
    'SSLCipherSuite HIGH\nSSLCipherSuite TLSv1.3 TLS_AES_128_GCM_SHA256\nSSLOpenSSLConfCmd Curves X25519\nSSLOpenSSLConfCmd DHParameters dh.pem\nSSLOpenSSLConfCmd Options ServerPreference',
  );
  assert.equal(knownValue(tls.cipherString), 'HIGH');
  assert.equal(tls.cipherStringAppended, ':!aNULL:!eNULL:!EXP');
  assert.equal(knownValue(tls.tls13CipherSuites), 'TLS_AES_128_GCM_SHA256');
  assert.equal(knownValue(tls.groups), 'X25519');
  assert.equal(knownValue(tls.dhParameters), '/work/dh.pem');
  assert.equal(knownValue(tls.serverPreference), true);
  assert.equal(firstTls('').cipherStringAppended, undefined);
});

test('the main server hands its settings down, and a virtual host overrides them', () => {
  const model = lower(
    'SSLProtocol -all +TLSv1.2\nSSLCertificateFile m.crt\nSSLCertificateKeyFile m.key\n<VirtualHost *:443>\nSSLEngine on\nSSLCertificateFile v.crt\n</VirtualHost>',
  );
  const tls = model.sites[0]?.tls;
  assert.equal(tls?.protocols.origin.kind, 'inherited');
  const pairs = knownValue(tls?.certificates);
  assert.deepEqual(
    pairs?.map(({ file, keyFile }) => [file.value, keyFile?.value]),
    [['/work/v.crt', '/work/m.key']],
  );
});

test('the first virtual host of an address is its default, and an exact address goes before all addresses', () => {
  const model = lower(
    'Listen 80\n<VirtualHost *:80>\nServerName a\n</VirtualHost>\n<VirtualHost *:80>\nServerName b\nServerAlias c\n</VirtualHost>\n<VirtualHost 192.0.2.1:80>\nServerName d\n</VirtualHost>',
    complete,
  );
  const rows = model.endpoints.map(({ listener, name, isDefault }) => `${listener} ${name} ${isDefault}`);
  assert.deepEqual(rows, ['*:80 a true', '*:80 b false', '*:80 c false', '192.0.2.1:80 d true']);
});

test('of virtual hosts by address, by port and for all only the nearest kind is looked at', () => {
  const host = (address: string, name: string) => `<VirtualHost ${address}>\nServerName ${name}\n</VirtualHost>\n`;
  const text = `Listen 0.0.0.0:80\nListen [::]:80\nListen 443\n${host('192.0.2.1:80', 'a')}${host('192.0.2.1', 'b')}${host('*:80', 'c')}${host('*', 'd')}`;
  const seen = lower(text).endpoints.map(({ listener, name }) => `${listener} ${name}`);
  assert.deepEqual(seen.sort(), ['*:443 d', '0.0.0.0:80 c', '192.0.2.1:443 b', '192.0.2.1:80 a', '[::]:80 c']);
});

test('the main server answers where no virtual host does', () => {
  const model = lower(
    'Listen 80\nListen 8080\nServerName main\n<VirtualHost *:80>\nServerName a\n</VirtualHost>',
    complete,
  );
  assert.deepEqual(
    model.endpoints.map(({ listener, name }) => `${listener} ${name}`),
    ['*:80 a', '*:8080 main'],
  );
});

test('lines of Protocols add up in one server, and go in place of the main server’s', () => {
  const alpn = (main: string, own: string) => {
    const text = `${main}<VirtualHost *:443>\nSSLEngine on\n${own}</VirtualHost>\n`;
    const [site] = lower(text).sites;
    return site && knownValue(site.tls.alpn)?.join(' ');
  };
  assert.equal(alpn('', ''), 'http/1.1');
  assert.equal(alpn('', 'Protocols h2 http/1.1\nProtocols acme-tls/1\n'), 'h2 http/1.1 acme-tls/1');
  assert.equal(alpn('Protocols h2\nProtocols http/1.1\n', ''), 'h2 http/1.1');
  assert.equal(alpn('Protocols h2\n', 'Protocols http/1.1\nProtocols acme-tls/1\n'), 'http/1.1 acme-tls/1');
});

test('groups are the default virtual host’s, and before 2.4.42 so are protocols', () => {
  const text =
    '<VirtualHost *:443>\nServerName a\nSSLEngine on\nSSLProtocol -all +TLSv1.3\nSSLOpenSSLConfCmd Groups P-256\n</VirtualHost>\n<VirtualHost *:443>\nServerName b\nSSLEngine on\nSSLProtocol -all +TLSv1.2\nSSLOpenSSLConfCmd Groups P-384\n</VirtualHost>';
  const second = (apacheVersion: string) => lower(text, { target: { apache: apacheVersion } }).endpoints[1]?.tls;
  assert.equal(knownValue(second('2.4.71')?.groups), 'P-256');
  assert.deepEqual(knownValue(second('2.4.71')?.protocols), ['TLSv1.2']);
  assert.deepEqual(knownValue(second('2.4.41')?.protocols), ['TLSv1.3']);
});

test('a command that bounds the protocols moves nobody away from those of the default virtual host', () => {
  const host = (name: string, lines: string) =>
    `<VirtualHost *:443>\nServerName ${name}\nSSLEngine on\n${lines}\n</VirtualHost>\n`;
  const protocols = (lines: string) => {
    const { endpoints } = lower(host('a.test', 'SSLProtocol TLSv1.2') + host('b.test', lines));
    return knownValue(endpoints.find(({ name }) => name === 'b.test')?.tls.protocols);
  };
  assert.deepEqual(protocols('SSLOpenSSLConfCmd MinProtocol TLSv1.2'), ['TLSv1.2']);
  assert.deepEqual(protocols('SSLProtocol TLSv1.3'), ['TLSv1.3']);
});

test('an undecided condition leaves both values possible, its complement only two', () => {
  const one = firstTls('<IfDefine X>\nSSLProtocol -all +TLSv1.2\n</IfDefine>').protocols.value;
  assert.equal(one.kind, 'one-of');
  const both = firstTls(
    '<IfDefine X>\nSSLHonorCipherOrder on\n</IfDefine>\n<IfDefine !X>\nSSLHonorCipherOrder on\n</IfDefine>',
  );
  assert.deepEqual(both.serverPreference.value, { kind: 'known', value: true });
  assert.equal(
    knownValue(firstTls('<IfModule mod_ssl.c>\nSSLHonorCipherOrder on\n</IfModule>').serverPreference),
    true,
  );
});

test('a virtual host that is there has the module that it stands under', () => {
  const header = 'Header always set Strict-Transport-Security "max-age=300"';
  const host = (text: string) => `<VirtualHost *:443>\nSSLEngine on\n${text}\n</VirtualHost>`;
  const headers = (text: string) => knownValue(lower(text).sites[0]?.headers ?? assert.fail())?.length;
  assert.equal(headers(`<IfModule mod_ssl.c>\n${host(header)}\n</IfModule>`), 1);
  assert.equal(headers(host(`<IfModule mod_ssl.c>\n${header}\n</IfModule>`)), undefined);
});

test('what stands outside the virtual hosts of a file makes no site of TLS', () => {
  const text = 'Listen 80\nSSLProtocol all -SSLv3\n<VirtualHost 192.0.2.1:80>\nServerName a\n</VirtualHost>\n';
  const main = lower(text).sites.find(({ names }) => names.length === 0);
  assert.equal(knownValue(main?.tls.enabled ?? assert.fail()), false);
});

test('conditions that can be decided are: versions, definitions, loaded modules', () => {
  const text = (condition: string) =>
    `Define A 1\nLoadModule mpm_event_module e.so\nLoadModule ssl_module m.so\nListen 443\n<${condition}>\nSSLHonorCipherOrder on\n</${condition.split(' ')[0]}>\n<VirtualHost *:443>\nSSLEngine on\n</VirtualHost>`;
  const preference = (condition: string) => knownValue(lower(text(condition), complete).sites[0]?.tls.serverPreference);
  assert.equal(preference('IfVersion >= 2.4'), true);
  assert.equal(preference('IfVersion < 2.4.66'), false);
  assert.equal(preference('IfDefine A'), true);
  assert.equal(preference('IfModule mod_ssl.c'), true);
  assert.equal(preference('IfModule !ssl_module'), false);
  assert.equal(preference('IfModule mod_rewrite.c'), false);
});

test('variables, macros and includes are followed; what is not known stays unknown', () => {
  const files = {
    '/etc/apache2/apache2.conf': `ServerRoot /etc/apache2\nListen 443\nDefine P "-all +TLSv1.3"\nDefine dir sites\n<Macro V $n>\n<VirtualHost *:443>\nServerName $n.example\nSSLEngine on\nSSLHonorCipherOrder \${NOBODY}\nInclude \${dir}/*.conf\n</VirtualHost>\n</Macro>\nUse V a\nUse V b`,
    '/etc/apache2/sites/one.conf': 'SSLCertificateFile ssl/one.crt',
  };
  const model = apache.lower(projectOf(files, complete));
  assert.deepEqual(
    model.sites.map(({ names }) => names[0]?.text),
    ['a.example', 'b.example'],
  );
  assert.equal(knownValue(model.sites[0]?.tls.certificates)?.[0]?.file.value, '/etc/apache2/ssl/one.crt');
  assert.equal(model.sites[0]?.tls.serverPreference.value.kind, 'unknown');
});

test('variables and macros that multiply themselves come to an end, and the rest is understood', () => {
  const lines = (line: (index: number) => string) => Array.from({ length: 60 }, (_, index) => line(index)).join('\n');
  for (const text of [
    `Define V a\n${lines(() => `Define V \${V}\${V}`)}`,
    `Define V0 a\n${lines((index) => `Define V${index + 1} \${V${index}}\${V${index}}`)}`,
    '<Macro M $a>\nUse M $a$a\n</Macro>\nUse M b',
    `${lines((index) => `<Macro M${index} $a>\nUse M${index - 1} $a$a\n</Macro>`)}\nUse M59 b`,
  ]) {
    const model = lower(`Listen 80\n${text}\n<VirtualHost *:80>\nServerName last.example\n</VirtualHost>`, complete);
    assert.equal(model.sites[0]?.names[0]?.text, 'last.example', text.slice(0, 40));
  }
});

test('macros that double each other cost no more than their text is long', () => {
  const doubling = Array.from(
    { length: 22 },
    (_, index) => `<Macro M${index + 1}>\nUse M${index}\nUse M${index}\n</Macro>\n`,
  );
  const macros = `<Macro M0>\nServerAlias a.example\n</Macro>\n${doubling.join('')}`;
  const text = `${macros}<VirtualHost *:80>\nServerName a.example\nUse M22\n</VirtualHost>\n`;
  assert.ok(evaluate(snippet(text)).all.length < 25_000);
  const used = `<Macro V $n>\n<VirtualHost *:80>\nServerName $n\n${'ServerAlias a.example\n'.repeat(40)}</VirtualHost>\n</Macro>\n`;
  const uses = Array.from({ length: 1000 }, (_, index) => `Use V h${index}.example\n`).join('');
  assert.equal(lower(`Listen 80\n${used}${uses}`, complete).sites.length, 1000);
});

test('headers: both tables, in the order of the directives', () => {
  const site = lower(
    'Header set A 1\n<VirtualHost *:80>\nHeader always set A 2\nHeader append A 3\nHeader add A 4\nHeader append A 5\nHeader set B 1\nHeader unset B\n</VirtualHost>',
  ).sites[0];
  assert.deepEqual(
    knownValue(site?.headers)?.map(({ name, value, always }) => [name, value, always]),
    [
      ['A', '2', true],
      ['A', '1, 3, 5', false],
      ['A', '4', false],
    ],
  );
});

test('headers under a few conditions are told apart, and under hundreds unknown', () => {
  const headers = (count: number) =>
    lower(
      `<VirtualHost *:80>\n${Array.from({ length: count }, (_, index) => `<IfDefine D${index}>\nHeader set X-${index} y\n</IfDefine>`).join('\n')}\nHeader set A 1\nHeader set B 2\n</VirtualHost>`,
    ).sites[0]?.headers.value;
  const few = headers(1);
  assert.deepEqual(few?.kind === 'one-of' && few.values.map((list) => list.map(({ name }) => name).join(' ')), [
    'A B',
    'X-0 A B',
  ]);
  assert.equal(headers(400)?.kind, 'unknown');
});

test('no number of lines is too many for the stack', () => {
  const pair = 'SSLCertificateFile a.crt\nSSLCertificateKeyFile a.key\n';
  assert.equal(knownValue(firstTls(pair.repeat(80_000)).certificates)?.length, 80_000);
});

test('a snippet is a server on the port that its settings ask for', () => {
  const listeners = (text: string) => lower(text).listeners.map(({ id }) => id);
  assert.deepEqual(listeners('ServerName a\nSSLEngine on'), ['*:443']);
  assert.deepEqual(listeners('ServerName a\nRedirect / https://a/'), ['*:80']);
  // What is for its backends says nothing of the server itself.
  assert.deepEqual(listeners('ServerName a\nSSLProxyEngine on'), ['*:80']);
  const host = lower('<VirtualHost *:80>\nServerName a\nSSLProxyEngine on\n</VirtualHost>').sites.at(-1);
  assert.equal(host && knownValue(host.tls.enabled), false);
  assert.equal(lower('SSLProtocol all').sites[0]?.tls.enabled.value.kind, 'unknown');
});

test('backends, caches and managed domains', () => {
  const model = lower(
    'SSLSessionCache shmcb:/run/s(65536)\nMDomain a.example www.a.example\nMDCertificateAuthority https://ca.example/\n<VirtualHost *:443>\nServerName a.example\nSSLEngine on\nSSLProxyEngine on\nSSLProxyVerify require\nProxyPass / https://b.example/\n</VirtualHost>',
  );
  assert.deepEqual(
    model.sessionCaches.map(({ name, size }) => [name, size]),
    [['/run/s', 65536]],
  );
  assert.equal(model.sites[0]?.challengeAnswer.kind, 'managed');
  assert.deepEqual(knownValue(model.sites[0]?.tls.managed)?.[0]?.names, ['a.example', 'www.a.example']);
  assert.equal(model.upstreams[0]?.to, 'https://b.example/');
  assert.equal(knownValue(model.upstreams[0]?.verify), true);
});

test('none leaves an earlier session cache as it is', () => {
  const cache = (lines: string) =>
    knownValue(lower(`${lines}\n<VirtualHost *:443>\nSSLEngine on\n</VirtualHost>`).sites[0]?.tls.sessionCache);
  assert.equal(cache('SSLSessionCache shmcb:/run/s(65536)\nSSLSessionCache none'), 'shmcb:/run/s(65536)');
  assert.equal(cache('SSLSessionCache none\nSSLSessionCache shmcb:/run/s'), 'shmcb:/run/s');
  assert.equal(cache('SSLSessionCache none'), 'none');
});

test('requests go to a backend by a rewrite rule and by a handler too', () => {
  const to = (lines: string) =>
    lower(`<VirtualHost *:80>\n${lines}\n</VirtualHost>\n`).upstreams.map((each) => each.to);
  const engine = 'RewriteEngine on\n';
  assert.deepEqual(to(`${engine}RewriteRule ^/a/(.*)$ https://a.example/$1 [P,L]`), ['https://a.example/$1']);
  assert.deepEqual(to('RewriteRule ^/a/(.*)$ https://a.example/$1 [P]'), []);
  assert.deepEqual(to(`${engine}RewriteRule ^/a/(.*)$ https://a.example/$1 [R,L]`), []);
  assert.deepEqual(to('<FilesMatch x>\nSetHandler "proxy:https://b.example"\n</FilesMatch>'), ['https://b.example']);
  assert.deepEqual(to('BalancerMember balancer://app https://c.example'), ['https://c.example']);
});

test('what a .htaccess does not take sets nothing', () => {
  const model = apache.lower(projectOf({ '/srv/www/.htaccess': 'SSLProtocol all\nHeader set A b\n' }));
  assert.deepEqual(
    model.sites.map(({ tls }) => tls.protocols.origin.kind),
    model.sites.map(() => 'default'),
  );
});

test('an include that is not at hand leaves open what it may set', () => {
  const host =
    '<VirtualHost *:443>\nServerName a.example\nSSLCertificateFile a.crt\nHeader set A b\nInclude /etc/apache2/tls.conf\n</VirtualHost>\n';
  const text = `LoadModule ssl_module x\nListen 443\nSSLProtocol all\n<VirtualHost *:443>\nServerName b.example\n</VirtualHost>\n${host}`;
  const project = projectOf({ '/etc/apache2/apache2.conf': text }, { complete: true });
  const model = apache.lower({ ...project, included: () => undefined });
  const [other, site] = model.sites;
  assert.equal(other?.tls.enabled.value.kind, 'known');
  assert.equal(other?.tls.protocols.value.kind, 'known');
  assert.equal(site?.tls.enabled.value.kind, 'unknown');
  assert.equal(site?.tls.protocols.value.kind, 'unknown');
  assert.equal(site?.tls.certificates.value.kind, 'known');
  assert.equal(site?.headers.value.kind, 'partial');
  assert.equal(site?.rootAnswer.kind, 'unknown');
});

test('SSLOpenSSLConfCmd has the last word wherever it stands', () => {
  const tls = firstTls(
    'SSLOpenSSLConfCmd CipherString AES128-SHA\nSSLCipherSuite HIGH\nSSLOpenSSLConfCmd Options -SessionTicket\nSSLSessionTickets on',
  );
  assert.equal(knownValue(tls.cipherString), 'AES128-SHA');
  assert.equal(knownValue(tls.sessionTickets), false);
  const twice = firstTls('SSLOpenSSLConfCmd Options "SessionTicket, -SessionTicket"');
  assert.equal(knownValue(twice.sessionTickets), false);
});

test('a path that blanks cut is not looked for', () => {
  const paths = (words: string) => lower(`SSLCACertificateFile ${words}`).paths.map(({ path }) => path);
  assert.deepEqual(paths('"/srv/own files/ca.pem"'), ['/srv/own files/ca.pem']);
  assert.deepEqual(paths('/srv/own files/ca.pem'), []);
});

/** Apache looks for each of them below ServerRoot, whatever `DefaultRuntimeDir` says (measured with 2.4.71). */
test('folders of caches, locks and core dumps lie below ServerRoot', () => {
  const paths = (line: string) =>
    lower(`ServerRoot /srv/httpd\n${line}`)
      .paths.filter(({ purpose }) => purpose !== 'server-root')
      .map(({ path }) => path);
  assert.deepEqual(paths('SSLSessionCache dbm:cache/ssl'), ['/srv/httpd/cache']);
  assert.deepEqual(paths('Mutex file:locks ssl-cache'), ['/srv/httpd/locks']);
  assert.deepEqual(paths('CoreDumpDirectory dumps'), ['/srv/httpd/dumps']);
  assert.deepEqual(paths('ChrootDir jail'), []);
});

test('the answer to / has the headers of the index of its folder', () => {
  const from = (lines: string) => {
    const { sites } = lower(`Listen 80\nDocumentRoot /srv\n${lines}`, complete);
    const value = (sites[0]?.rootHeaders ?? sites[0]?.headers)?.value;
    const words = (headers: readonly { readonly value: string }[]) => headers.map((header) => header.value).join();
    return value?.kind === 'known' ? words(value.value) : value?.kind === 'one-of' ? value.values.map(words) : value;
  };
  const files = '<FilesMatch "\\.html$">\nHeader always set A file\n</FilesMatch>';
  assert.equal(from(files), 'file');
  assert.equal(from(`<Directory /srv>\n${files}\n</Directory>`), 'file');
  assert.equal(from(`Header always set A site\n<LocationMatch ^/$>\nHeader always unset A\n</LocationMatch>`), 'site');
  assert.deepEqual(from(`DirectoryIndex index.php index.html\n${files}`), ['', 'file']);
  assert.equal(from(`DirectoryIndex index.php\n${files}`), '');
  // What is asked for elsewhere has the headers of that place.
  assert.deepEqual(from(`DirectoryIndex /sub/index.html\n${files}`), unknown('DirectoryIndex leads to another folder'));
  assert.equal(from(`DirectoryIndex disabled\n${files}`), '');
});

test('an empty name is none', () => {
  const [host] = lower('<VirtualHost *:443>\nServerName ""\n</VirtualHost>').sites;
  assert.deepEqual(host?.names, []);
  assert.equal(host?.label, 'virtual host *:443');
});
