import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { analyseText } from '../support/analyse.ts';
import { freePort } from '../support/ports.ts';
import { type ApacheRoot, createApacheRoot, mainFileHead, startApache } from './apache-server.ts';

let root: ApacheRoot;
let port: number;

before(async () => {
  root = createApacheRoot();
  port = await freePort();
});
after(() => root.remove());

const names =
  '* a?b a* *.a *.a:443 a .a a..b a:0 a:70000 a: a:-1 a:x a:443 a:443x a:0443 a:443/ http://*.a https://a https://a:x https:// https://a/b ftp://a [::1]:443 [::1 ::1 1.2.3.4:443 a/b:443 a@b a#b';

const redirects: readonly string[] = [
  ...['/a b', '/a /b', '/a b:c', '/a http:/x', '/a //x', '/a ""', 'permanent /a b', '301 /a b', '301 /a', '404 /a'],
  ...['404 /a b', 'gone /a', 'http://x/', '301 /a https://x/', '0301 /a /b', '301x /a /b', '30 /a /b', '3010 /a /b'],
];

const groups: readonly string[] = [
  '<RequireNone>\nRequire ip 10.1.2.3\n</RequireNone>',
  '<RequireNone>\nRequire ip 10.1.2.3\n</RequireNone>\nRequire all granted',
  '<RequireAny>\nRequire all granted\n<RequireNone>\nRequire ip 10.1.2.3\n</RequireNone>\n</RequireAny>',
  '<RequireAll>\nRequire all granted\n<RequireNone>\nRequire ip 10.1.2.3\n</RequireNone>\n</RequireAll>',
  '<RequireAll>\nRequire all granted\n<RequireNone>\n<RequireNone>\nRequire ip 10.1.2.3\n</RequireNone>\n</RequireNone>\n</RequireAll>',
];

/** No name that would be looked up. */
const proxies: readonly string[] = [
  ...[
    '10.0.0.1',
    '10.',
    '10.0',
    '10.0.0.5/24',
    '10.0.0.0/255.255.0.0',
    '010.0.0.1',
    '::1',
    '2001:db8::/32',
    'localhost',
  ],
  ...['10.0.0.300', '10.0.0.0/33', '10.0.0.0/0', '10.0.0.0/-1', '10.0.0.0/', '10.1/16', '10.0.0.0/8;', '10.0.0.*'],
  ...['10.0.0.1, 10.0.0.2', '10.0.0.1-10.0.0.9', '*', '[::1]', '2001:db8::/129', '2001:db8:/32'],
];

/** A comment or another word behind an opening tag, and tags without their bracket. */
const tags: readonly string[] = [
  ...['<RequireAll>', '<RequireAll> # x', '<RequireAll> x', '<RequireAll x>', '<RequireAll', '<RequireAll # x>'].map(
    (open) => `${open}\nRequire all granted\n</RequireAll>`,
  ),
  ...['<Else>', '<Else> # x', '<Else x>', '<Else'].map((open) => `<If "true">\n</If>\n${open}\n</Else>`),
  ...['<IfVersion >= 2.4> # x', '<Files "x"> # x', '<Limit GET> # x', '<Limit> # x', '<If "true"> # x'].map(
    (open) => `${open}\n</${/\w+/.exec(open)?.[0]}>`,
  ),
];

const cases: readonly string[] = [
  ...tags.map((lines) => `<Location /a>\n${lines}\n</Location>`),
  ...[100, 200, 299, 404, 418, 421, 425, 427, 429, 451, 499, 508, 511, 520, 600].map(
    (code) => `ErrorDocument ${code} /x`,
  ),
  ...names.split(' ').map((name) => `<VirtualHost *:PORT>\nServerName ${name}\n</VirtualHost>`),
  ...redirects.map((words) => `Redirect ${words}`),
  ...['RedirectPermanent /a b', 'RedirectTemp /a b', 'RedirectTemp /a /b', 'RedirectMatch ^/a b'],
  ...['RedirectPermanent 301 /b', 'RedirectPermanent 404 b', 'RedirectTemp gone b', 'RedirectTemp 99 b'],
  ...[
    'Redirect b',
    'Redirect 301',
    'Redirect 410',
    'Redirect 301 /b',
    'RedirectPermanent 301 b',
    'RedirectTemp a b',
  ].map((line) => `<Location /a>\n${line}\n</Location>`),
  ...['Alias /a ""', 'SSLCipherSuite HIGH ""', 'SSLCipherSuite SSL ""', '<Location /a>\nSSLRequire\n</Location>'],
  ...['L', '[L]', '[R=399]', '[Q]'].map((flags) => `RewriteRule ^/a \${m:$0|\${m:x}} ${flags}`),
  ...groups.map((lines) => `<Location /a>\n${lines}\n</Location>`),
  ...['alldenied', 'AllGranted', 'all granted'].map((words) => `<Location /a>\nRequire ${words}\n</Location>`),
  ...['alldenied', 'ips'].map(
    (name) =>
      `<AuthzProviderAlias ip ${name} "10.0.0.1">\n</AuthzProviderAlias>\n<Location /a>\nRequire ${name}\n</Location>`,
  ),
  ...['Location', 'Directory', 'Files'].map((name) => `<${name} ~ "(">\n</${name}>`),
  '<VirtualHost *:PORT>\n</VirtualHost >',
  '<VirtualHost *:PORT>\n</VirtualHost> x',
  '<VirtualHost *:PORT>\n</virtualhost>',
  `Define NAME VirtualHost\n<\${NAME} *:PORT>\n</VirtualHost>`,
  'SSLFIPS off\nSSLFIPS on',
  ...['a:b c', 'a c', '"a b" c'].map((words) => `Define ${words}`),
  ...['', ' ""', ' x $a $a', ' x $a $ab', ' x'].map((words) => `<Macro${words}>\n</Macro>`),
  ...['Use', 'Use ""', '<Macro x>\n</Macro>\nUse', '<Macro x>\n</Macro>\nUse ""', '<Macro x>\n</Macro>\nUse x'],
  ...['on', 'on foo', 'leaf no_ocsp_for_cert_ok', 'on NO_OCSP_FOR_CERT_OK'].map((words) => `SSLOCSPEnable ${words}`),
  ...['edit X y', 'edit X y z', 'edit* X y', 'always edit X y', 'edit X y env=Z', 'edit X y "" env=Z'].map(
    (words) => `Header ${words}`,
  ),
  ...proxies.map((words) => `RemoteIPInternalProxy ${words}`),
  ...['10.0.0.300', '10.0.0.0/33', '10.0.0.0/8 10.0.0.1'].map((words) => `RemoteIPProxyProtocolExceptions ${words}`),
  ...['RemoteIPHeader"X-A"', 'RemoteIPHeader%{X}', "RemoteIPHeader'X-A'", 'RemoteIPHeader X%{A}'],
  'SSLFIPS off\nSSLFIPS Off',
  ...(
    'foo:warn SSL:warn mod_ssl:warn mod_ssl.c:warn mod_md.c:warn ssl_module:info md_module:info :warn ssl: core:warn ' +
    'http_core.c:debug watchdog:warn mpm_event:warn event:warn event.c:warn proxy:warn a:b:warn ssl:loud foo'
  )
    .split(' ')
    .map((word) => `LogLevel warn ${word}`),
  ...['Indexes=x', 'AuthConfig=x FileInfo=', 'All=x', 'None=x', 'Options=x', 'Nonfatal=x', 'Index=x'].map(
    (words) => `<Directory /srv>\nAllowOverride ${words}\n</Directory>`,
  ),
  ...['20--40', '20-40-60', '20-40', '20-', '20-x', '20-40,', '-20', '20,40'].flatMap((times) => [
    `RequestReadTimeout header=${times}`,
    `RequestReadTimeout header=${times},MinRate=500`,
  ]),
  ...['', ' default', ' ssl-cache', ' rewrite-map', ' mpm-accept', ' omitpid', ' nonsense ssl-cache'].flatMap(
    (types) => [`Mutex none${types}`, `Mutex default${types}`],
  ),
  ...['(512)', '(512000)', '(abc)', '(', '()', '(512000', ''].flatMap((size) => [
    `AuthnCacheSOCache shmcb:run/logins${size}`,
    `CacheSocache shmcb:run/cache${size}`,
    `SSLSessionCache shmcb:run/sessions${size}`,
  ]),
  ...['BNE', 'BNE=', 'BNE=/', 'B', 'B=', 'BNP', 'L,BNE', 'CO', 'S', 'R=99'].map(
    (flags) => `RewriteRule ^ - [${flags}]`,
  ),
  ...['"" a', 'a ""', 'a "" b', 'a', 'a b'].map((words) => `BrowserMatch ${words}`),
  ...['"" a b', 'Host "" a', 'Host a ""', 'Host a b ""', 'Host ""'].map((words) => `SetEnvIf ${words}`),
  '<Directory /srv>\nSSLCipherSuite TLS_AES_256_GCM_SHA384\n</Directory>',
  '<Directory /srv>\nSSLCipherSuite TLSv1.3 TLS_AES_256_GCM_SHA384\n</Directory>',
  ...['Location', 'LocationMatch', 'Directory', 'Proxy'].map(
    (name) => `<${name} /srv>\n<If "true">\n<Files x>\n</Files>\n</If>\n</${name}>`,
  ),
  '<Proxy *>\nSSLCipherSuite TLSv1.3 TLS_AES_256_GCM_SHA384\n</Proxy>',
  '<Proxy *>\nSSLProxyCipherSuite TLSv1.3 TLS_AES_256_GCM_SHA384\n</Proxy>',
  ...['~ (', '!~ (', '= /(/', '~ ^2.4', '/[/'].map((words) => `<IfVersion ${words}>\nServerAdmin a\n</IfVersion>`),
];

describe('what stops Apache while it reads is an error for us, and nothing else', () => {
  for (const lines of cases) {
    test(lines.replaceAll('\n', ', '), { timeout: 30_000 }, async () => {
      const head = mainFileHead(
        root.folder,
        'mpm_event authz_core authz_host authn_core authn_socache cache cache_socache ssl setenvif socache_shmcb proxy alias headers macro remoteip reqtimeout rewrite',
      );
      const text = `${head}\nListen 127.0.0.1:${port}\n${lines.replaceAll('PORT', String(port))}\n`;
      const file = join(root.folder, 'apache2.conf');
      writeFileSync(file, text);
      const { started, log, stop } = await startApache(file, root.folder);
      await stop();
      const { findings } = analyseText(text, { language: 'apache', file: '/work/apache2.conf' });
      const stopping = findings.filter(({ effect, severity }) => effect === 'start' && severity === 'error');
      assert.equal(stopping.length === 0, started, `${log}${JSON.stringify(stopping.map(({ message }) => message))}`);
    });
  }
});
