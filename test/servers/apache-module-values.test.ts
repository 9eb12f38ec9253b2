import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { analyseText } from '../support/analyse.ts';
import { type ApacheRoot, createApacheRoot, mainFileHead, modulesFolder } from './apache-server.ts';

let root: ApacheRoot;

before(() => {
  root = createApacheRoot();
});

after(() => root.remove());

const modules =
  'mpm_event authz_core cache cache_disk cache_socache socache_shmcb authn_core authn_socache usertrack expires filter ' +
  'deflate ext_filter reqtimeout ssl proxy rewrite headers md http2 dav';

const each = (directive: string, words: readonly string[]) => words.map((word) => `${directive} ${word}`);
const within = (section: string, line: string) => `<${section}>\n${line}\n</${section.split(' ')[0]}>`;

/** Each with names that `ProxySet` finds behind it, and names that it does not. */
const proxySets: readonly (readonly string[])[] = [
  ['', 'http://a/'],
  ['ProxyPass /a http://a/foo\n', 'http://a/', 'http://a/foo', 'http://A/foo/x', 'http://a/FOO', 'http://a:80/foo'],
  ['ProxyPass /a http://a:80\n', 'http://a/', 'http://a', 'http://a/foo', 'http://ab/'],
  ['ProxyPass /a http://a/\n', 'http://a', 'https://a/'],
  ['ProxyPass /a unix:/x|http://a/\n', 'unix:/x|http://a/', 'http://a/'],
  ['<Proxy http://a/>\n</Proxy>\n', 'http://a/'],
  ['<Proxy http://a/ ttl=5>\n</Proxy>\n', 'http://a/'],
  ['<Proxy http://a/>\nProxySet ttl=5\n</Proxy>\n', 'http://a/'],
  ['<Proxy balancer://x>\nBalancerMember http://a/\n</Proxy>\n', 'http://a/'],
  ['ProxyPassReverse /a http://a/\n', 'http://a/'],
];
const proxyBalancers: readonly (readonly string[])[] = [
  ['', 'balancer://x'],
  ['<Proxy balancer://x>\n</Proxy>\n', 'balancer://x'],
  ['<Proxy balancer://x growth=3>\n</Proxy>\n', 'balancer://x'],
  ['<Proxy balancer://x>\nBalancerMember http://a/\n</Proxy>\n', 'balancer://X/', 'balancer://xy', 'balancer://x=1'],
  ['ProxyPass /a balancer://xy/\n', 'balancer://x', 'balancer://xy/z'],
  ['ProxyPass /a balancer://x:80/\n', 'balancer://x', 'balancer://x:80'],
  ['ProxyPassMatch ^/(.*) balancer://x/$1\n', 'balancer://x'],
  ['RewriteEngine on\nRewriteRule ^/a balancer://x/ [P]\n', 'balancer://x'],
];

/** Values of which each module has ideas of its own. */
const lines: readonly string[] = [
  ...each('CacheEnable', ['disk', 'foo /', 'disk /', 'disk http://a/', 'disk foo', 'disk *', '/ disk']),
  ...each('CacheEnable', ['disk', 'disk /x/y', 'disk /y', 'disk http://a/x']).map((line) =>
    within('Location /x', line),
  ),
  ...each('CacheEnable', ['disk', 'disk /x']).map((line) => within('LocationMatch ^/x', line)),
  ...each('CacheDisable', ['foo', '/foo', 'on', 'http://a', 'a/b', 'a:b', '*']),
  ...each('CacheDisable', ['on', 'off', '/x']).map((line) => within('Location /x', line)),
  ...each('CacheKeyBaseURL', ['x', '/x', 'http:', 'http://a', 'a:80', '//x', ':80', 'mailto:x']),
  ...each('CacheSocache', ['foo', 'shmcb', 'none', 'memcache:localhost', 'shmcb:/tmp/x(100000)']),
  ...each('AuthnCacheSOCache', ['foo', 'shmcb', 'SHMCB', 'default', 'memcache', 'dbm:/x/y', 'shmcb:x']),
  ...each('CookieExpires', ['foo', '3', '"2 weeks"', '"plus 2 weeks"', '"2 foo"', '""', '-1', '2weeks', '"2 W"', '3d']),
  ...each('CookieExpires', ['"2 week 3 days"', '"2 weeks 3"', 'plus', '"plus 3"', '"3 m"', '"3 mi"', '" 3 "']),
  ...each('ExpiresDefault', ['foo', 'A', 'M', 'N3', 'A1x', 'Mfoo', 'm1', 'now', '"now plus"', '"Access plus 1 Year"']),
  ...each('ExpiresDefault', ['"a plus 3 days"', '"access plus 1 fortnight"', '"access plus 1 month 3"', '"n 3 days"']),
  ...each('ExpiresDefault', ['"access plus 1 m"', '"access plus -3 days"', '"access plus month"', '"foo plus 3 days"']),
  ...each('ExpiresDefault', [`"access 'plus 1 hour"`, `"access 'plus' 1 hour"`, '"access plus 3days 4 hours"', '""']),
  ...each('ExpiresByType', ['texthtml A1', 'text/ A1', '/ A1', '*/* A1', 'text/html foo', 'a/b "now plus 1 mon"']),
  ...each('ErrorLogFormat', ['"%t"', 'connection "%t"', 'request "%t %M"', 'connection', '""', '"%-M"', 'foo "%M"']),
  ...each('AddOutputFilterByType', ['DEFLATE a/b', 'deflate a/b', 'SED a/b', 'DEFLATE;SUBSTITUTE a/b', 'INFLATE a/b']),
  'ExtFilterDefine sed cmd=/bin/sed\nAddOutputFilterByType SED a/b',
  ...each('AddOutputFilterByType', ['NOSUCH a/b', 'DEFLAET a/b', 'DEFLATE;x a/b', 'CACHE a/b', 'CONTENT_LENGTH a/b']),
  'FilterDeclare x\nAddOutputFilterByType x a/b',
  ...each('FilterProvider', ['x DEFLATE true', 'x BROTLI_COMPRESS true', 'x y true']),
  ...each('ProxySourceAddress', ['127.0.0.1', '::1', '10.1', '256.1.1.1', '127.0.0.1:80', '[::1]', '10.0.0.0/8', '*']),
  ...['On', 'off', 'filesystem', 'Filesystem', 'svn', 'filesytem'].map((word) => within('Location /x', `Dav ${word}`)),
  `LoadModule dav_fs_module ${modulesFolder}/mod_dav_fs.so\n${within('Location /x', 'Dav On')}`,
  ...each('H2PushResource', [
    '/a',
    'add',
    'add /a',
    '/a critical',
    'add /a Critical',
    'add /a x',
    '/a x',
    '/a critical x',
  ]),
  ...each('ExtFilterDefine', ['a b', 'a mode=x cmd=/bin/cat', 'a mode=output cmd=/bin/cat', 'a ftype=20 cmd="cat -x"']),
  ...each('RequestReadTimeout', ['header=20-10,minrate=5', 'header=20-20,minrate=5', 'header=20-40,MinRate=5']),
  ...['so', 'core', 'http', 'log_config', 'unixd', 'alias'].map(
    (name) => `LoadModule ${name}_module ${modulesFolder}/mod_${name}.so`,
  ),
  ...each('RewriteRule ^ -', ['[R,]', '[,L]', '[R,,L]', '[]', '[R]', '"[R, L]"']),
  ...each('RewriteCond %{HTTPS} on', ['[]', '[NC,]', '[NC]']),
  ...each('RewriteMap a', ['dbd:x', 'int:tolower']),
  ...each('Header', ['unset', 'always unset', 'echo', 'set', 'note', 'always']),
  ...each('Header', [
    'edit A x env=',
    'edit A x y env=',
    'edit A x y env=a env=b',
    'set A b env=a env=b',
    'set A b early',
  ]),
  ...each('RequestHeader', ['unset', 'echo A', 'note A b', 'unset A', 'set A b']),
  ...each('Listen', ['::1:8099', ':::8099', '::8099', '1:2:3:4:5:6:7:8:8099', '::ffff:127.0.0.1:8099', '[::1]:8099']),
  ...['<MDomain>\n</MDomain>', '<MDomainSet>\n</MDomainSet>', '<IfModule>\n</IfModule>', 'Error "stop"', 'Error'],
  '<IfModule foo.c>\nError "stop"\n</IfModule>',
  ...each('ProxyPassMatch', [
    ...['^(/.*)$ http://127.0.0.1:8080$1', '^/(.*)$ http://127.0.0.1:$1', '^/(.*)$ http://a.example:80x$1'],
    ...['^/(.*)$ http://$1', '^/(\\d+)$ http://127.0.0.1:80$1/x', '^/(a$ http://127.0.0.1/'],
  ]),
  'ProxyPass /x http://127.0.0.1:8080$1',
  within('LocationMatch ^(/.*)$', 'ProxyPass http://127.0.0.1:8080$1'),
  ...proxySets.flatMap(([before, ...names]) => names.map((name) => `${before}ProxySet ${name} retry=1`)),
  ...proxyBalancers.flatMap(([before, ...names]) => names.map((name) => `${before}ProxySet ${name} growth=2`)),
  ...['balancer:x', 'x', '*', 'balancer//x', 'balancer://', 'balancer:///', 'BALANCER:x', 'http:a'].flatMap((name) => [
    within(`Proxy ${name}`, 'BalancerMember http://a/'),
    within(`Proxy ${name}`, 'ProxySet growth=2'),
    within(`Proxy ${name} growth=2`, 'BalancerMember http://a/'),
    `BalancerMember ${name} http://a/`,
  ]),
  within('ProxyMatch ^x', 'BalancerMember http://a/'),
  within('ProxyMatch ^balancer://x', 'BalancerMember http://a/'),
  within('VirtualHost *:80', 'ProxyPass /a balancer://x\nProxySet balancer://x growth=2'),
  `ProxyPass /a balancer://x\n${within('VirtualHost *:80', 'ProxySet balancer://x growth=2')}`,
  `${within('VirtualHost *:80', 'ProxyPass /a http://a/')}\nProxySet http://a/ retry=1`,
  ...each('SSLCryptoDevice', ['builtin', 'BUILTIN', 'dynamic']),
  ...each('Allow from', ['a#b', '192.0.2.1 # x', 'all #', 'env=a#b', 'all 192.0.2.1']).map(
    (line) => `LoadModule access_compat_module ${modulesFolder}/mod_access_compat.so\n${within('Directory /x', line)}`,
  ),
  ...each('ProxyErrorOverride', ['on', 'off', 'on 404 500', 'on 600', 'on x']),
  ...each('ProxyRemoteMatch', ['( http://a:80', '^http http://a:80']),
  ...['Proxy', 'Proxy *', 'Proxy http://a/', 'Proxy http://a/ timeout=5', 'Proxy http://a/ foo=5'].map((open) =>
    within(open, ''),
  ),
  ...['Proxy http://a/ http://b/', 'Proxy ~ ^http', 'ProxyMatch ^http', 'ProxyMatch ('].map((open) => within(open, '')),
  ...['AuthName a', 'AuthName a\nRequire all granted', 'Require all granted', ''].map((lines) =>
    within('Location /', within('RequireAny', lines)),
  ),
  ...['ssl x', 'ssl', 'ssl-verify-client x', 'ssl-verify-client'].map((words) =>
    within('Location /', `Require ${words}`),
  ),
  // Nothing is refused where only the beginning counts.
  ...['UserDir', 'UserDir www', 'UserDir disabled', 'UserDir enabled a'].map(
    (line) => `LoadModule userdir_module ${modulesFolder}/mod_userdir.so\n${line}`,
  ),
  ...each('Timeout', ['5m', 'off']),
  ...each('LimitRequestFieldSize', ['8k', 'x']),
  ...each('SSLSessionCacheTimeout', ['10m', '1h']),
  ...each('CacheMaxFileSize', ['10M']),
  ...each('H2WindowSize', ['64k', '65535k']),
  ...each('ProxyPass /x http://127.0.0.1/', ['timeout=5m', 'retry=1m', 'ttl=1h', 'connectiontimeout=5x']),
  `<IfModule !unixd_module>\nLoadModule unixd_module ${modulesFolder}/mod_unixd.so\n</IfModule>`,
];

test('Apache takes and refuses the same values of modules', () => {
  const file = join(root.folder, 'apache2.conf');
  const differences: string[] = [];
  for (const line of lines) {
    const text = `${mainFileHead(root.folder, modules)}\nListen 80\n${line}\n`;
    writeFileSync(file, text);
    const { stderr } = spawnSync('apache2', ['-t', '-f', file], { encoding: 'utf8' });
    const { findings } = analyseText(text, { language: 'apache', file: '/work/apache2.conf', target: 'debian=13' });
    const refused = !stderr.includes('Syntax OK');
    const told = findings.filter(({ effect, severity }) => effect === 'start' && severity === 'error');
    const messages = told.map(({ message }) => message).join(' | ');
    if (refused !== told.length > 0) differences.push(`${line}: ${refused ? stderr : `taken, but ${messages}`}`);
    if (told.length > 1) differences.push(`${line}: ${messages}`);
  }
  assert.deepEqual(differences, []);
});
