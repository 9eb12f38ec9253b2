import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  type AnsweringServer,
  away,
  compareAnswers,
  configurationWith,
  createAnsweringServer,
  denied,
  granted,
  rewriting,
  section,
  to,
} from './apache-answering.ts';

let server: AnsweringServer;

before(async () => {
  server = await createAnsweringServer();
});
after(() => server.remove());

const proxied = 'ProxyPass / http://127.0.0.1:9/';
/** Where files lie is left to what is compiled in. */
const noRoot = '# no root\n';

/** Lines of a virtual host, behind those of the main server where there are two. */
const cases: readonly (string | readonly [main: string, host: string])[] = [
  to('one'),
  `Alias / WWW/\n${to('one')}`,
  `${section('Location /', to('inner', 'Redirect 301'))}\n${to('outer')}`,
  `${to('outer')}\n${section('Location /', to('inner', 'Redirect 301'))}`,
  `${to('one')}\n${to('two')}`,
  `${to('one', 'Redirect /.well-known')}\n${to('two')}`,
  'RedirectMatch ^/$ http://one.example/',
  'RedirectMatch 301 ^(?!/\\.well-known)(.*)$ http://one.example$1',
  'RedirectMatch 404 /\\.',
  section('LocationMatch ^/$', to('one', 'Redirect 301')),
  section('Directory WWW', to('one')),
  section('Directory WWW', to('one', 'Redirect')),
  [to('main'), ''],
  [to('main'), to('own')],
  [section('Location /', to('main', 'Redirect 301')), to('own')],
  `${rewriting('RewriteRule ^/$ http://one.example/ [R]')}\n${to('two')}`,
  `${rewriting('RewriteRule ^ - [F]')}\n${to('two')}`,
  rewriting('RewriteCond %{REQUEST_URI} !^/\\.well-known\nRewriteRule ^(.*)$ http://one.example$1 [R=301,L]'),
  rewriting(`RewriteRule ^/\\.well-known - [L]\n${away}`),
  rewriting(`RewriteRule ^/\\.well-known - [END]\n${away}`),
  rewriting('RewriteRule ^/\\.well-known/(.*)$ WWW/.well-known/$1 [L]'),
  section('Directory WWW', rewriting(away)),
  ...['', ' [L]', ' [PT]', ' [PT,L]', ' [END]'].flatMap((flags) => [
    `${rewriting(`RewriteRule ^/(.*)$ /other/$1${flags}`)}\nAlias /other WWW/sub`,
    `${rewriting(`RewriteRule ^/(.*)$ /sub/$1${flags}`)}\n${to('one', 'Redirect /sub')}`,
    `${rewriting(`RewriteRule ^/(.*)$ /sub/$1${flags}`)}\nProxyPass /sub http://127.0.0.1:9/`,
    `${rewriting(`RewriteRule ^/(.*)$ WWW/sub/$1${flags}\nRewriteRule ^/x - [F]`)}`,
    `${rewriting(`RewriteRule ^/(.*)$ /sub/$1${flags}`)}\n${section('Location /sub', denied)}`,
    `${rewriting(`RewriteRule ^/(.*)$ /sub/$1${flags}`)}\n${section('Directory WWW/sub', denied)}`,
    `${rewriting(`RewriteRule ^/(.*)$ /sub/$1${flags}\nRewriteCond %{REQUEST_URI} ^/sub\nRewriteRule ^ - [F]`)}`,
  ]),
  section('Location /', rewriting(away)),
  ['RewriteEngine on', away],
  ['RewriteEngine on', `RewriteEngine off\n${away}`],
  [rewriting(away), ''],
  `RewriteEngine on\n${section('Directory WWW', away)}`,
  ['RewriteEngine on', section('Directory WWW', away)],
  [`RewriteEngine on\n${section('Directory WWW', away)}`, 'RewriteEngine off'],
  [section('Directory /', 'RewriteEngine on'), section('Directory WWW', away)],
  `RewriteEngine on\n${section('Directory WWW', `RewriteEngine off\n${away}`)}`,
  [rewriting(away), ''],
  [rewriting(away), 'RewriteEngine on\nRewriteOptions Inherit'],
  [rewriting(`RewriteOptions InheritDown\n${away}`), 'RewriteEngine on'],
  `${proxied}\n${to('one')}`,
  `ProxyPass /.well-known !\n${proxied}`,
  `${proxied}\nProxyPass /.well-known !`,
  `${proxied}\nAlias /.well-known/acme-challenge WWW/.well-known/acme-challenge`,
  `${proxied}\n${rewriting('RewriteRule ^/$ http://one.example/ [R]')}`,
  `${section('Location /.well-known', 'ProxyPass !')}\n${proxied}`,
  `${proxied}\n${section('Location /.well-known', 'ProxyPass !')}`,
  [proxied, ''],
  [proxied, to('own')],
  section('Location /', denied),
  section('Directory WWW', denied),
  `${section('Directory WWW', denied)}\n${section('Location /.well-known', granted)}`,
  `${section('Directory WWW', granted)}\n${section('Location /', denied)}`,
  `${section('Directory WWW/.well-known', granted)}\n${section('Directory WWW', denied)}`,
  `${section('Directory WWW', denied)}\n${section('DirectoryMatch well-known', granted)}`,
  section('Files TOKEN', denied),
  section('FilesMatch ^TO', denied),
  section('FilesMatch "^\\."', denied),
  section('DirectoryMatch "/\\."', denied),
  section('LocationMatch "/\\."', denied),
  section('If "true"', denied),
  section('If "true"', to('one', 'Redirect 301 /')),
  section('If "true"', to('one', 'Redirect 301')),
  section('Location /', section('Limit GET', denied)),
  section('Location /', section('LimitExcept GET', denied)),
  `${section('Directory WWW', denied)}\n${section('Location /', `AuthMerging Or\n${granted}`)}`,
  `${section('Directory WWW', denied)}\n${section('Location /', `AuthMerging And\n${granted}`)}`,
  section('Location /', 'Order deny,allow\nDeny from all'),
  section('Location /', 'Deny from all\nSatisfy any'),
  section('Location /', `Deny from all\nSatisfy any\n${denied}`),
  section('Location /', `Satisfy any\n${denied}`),
  `${section('Directory WWW', denied)}\n${section('Location /', 'Order allow,deny\nAllow from all')}`,
  `${section('Directory WWW', 'Deny from all')}\n${section('Location /', granted)}`,
  `${section('Directory WWW', 'Deny from all')}\n${section('Location /', 'Satisfy all')}`,
  `${section('Directory WWW', 'Satisfy any')}\n${section('Location /', `Deny from all\n${granted}`)}`,
  `${noRoot}${section('Location /', denied)}`,
  `${noRoot}${section('Location /', granted)}\n${section('Location /.well-known', denied)}`,
  `${noRoot}${section('Location /', `Satisfy any\n${denied}`)}`,
  `${noRoot}${section('Location /', denied)}\n${section('If "true"', granted)}`,
  [section('Location /', denied), noRoot],
  'Alias /.well-known/ WWW/empty/',
  'AliasMatch ^/.well-known/(.*) WWW/empty/$1',
  'DocumentRoot WWW/empty\nDocumentRoot WWW',
  // What a section has to say of requests that a proxy answers, or that a pattern stands for.
  section('Location /', 'Redirect 410'),
  `${section('Location /', to('all', 'Redirect 301'))}\n${section('Location /.well-known', to('wk', 'Redirect'))}`,
  `${section('Location /', 'RedirectMatch ^/(.*)$ http://in.example/$1')}\n${to('two')}`,
  `${section('Location /', `${denied}\nRedirectMatch ^/(.*)$ http://in.example/$1`)}`,
  section('Location /', 'RedirectMatch ^/(.*)$ http://in.example/$1'),
  `${section('Location /', denied)}\n${section('Location /.well-known/acme-challenge/*', granted)}`,
  `${section('Location /', denied)}\n${section('Location /.well-known/*', granted)}`,
  section('Location /*', denied),
  section('Directory WWW/*', denied),
  section('Directory WWW/.well-known/acme-challenge/*', denied),
  section('Directory WWW/[!a]well-known', denied),
  ...['', 'Allow from all', 'Deny from all', 'Allow from all\nDeny from all'].map((lines) =>
    section('Location /', `Order mutual-failure\n${lines}`),
  ),
  `${proxied}\n${section('Location /', denied)}`,
  `${proxied}\n${section('Directory WWW', denied)}`,
  `${proxied}\n${section('Location /', rewriting('RewriteRule ^ - [E=a:b]'))}`,
  `${proxied}\n${section('Location /', 'RedirectMatch ^/(.*)$ http://in.example/$1')}`,
  `${rewriting('RewriteRule ^ http://127.0.0.1:9/ [P]')}\n${section('Location /', denied)}`,
  section('Location /', `ProxyPass http://127.0.0.1:9/\n${to('in', 'Redirect')}`),
  [proxied, 'ProxyPass /.well-known/ !'],
  [proxied, 'SetEnvIf Request_URI ^/\\.well-known/ no-proxy'],
  [`SetEnvIfNoCase request_uri ^/\\.WELL-known/ one no-proxy=1`, proxied],
  [`${proxied}\nSetEnvIf Request_URI . no-proxy`, 'SetEnvIf Request_URI ^/\\.well-known/ !no-proxy'],
  [proxied, `SetEnv no-proxy 1\n${section('Location /.well-known', 'SetEnvIf Request_URI . no-proxy')}`],
  [proxied, 'SetEnvIf Request_URI ^/other no-proxy\nSetEnvIf Request_URI ^/ proxy-nokeepalive'],
  [proxied, rewriting('RewriteRule ^/\\.well-known/ - [E=no-proxy:1]')],
  [section('Location /', 'ProxyPass http://127.0.0.1:9/'), 'SetEnvIf Request_URI ^/\\.well-known/ no-proxy'],
  [proxied, 'ProxyPassInherit Off'],
  [proxied, 'ProxyPassInherit On\nProxyPass /.well-known/ !'],
  [`ProxyPassInherit Off\n${proxied}`, 'ProxyPass /.well-known/ !'],
  [proxied, section('Location /.well-known', 'ProxyPass !')],
  // Groups, backslashes and targets without a slash.
  'RedirectMatch ^/(.*)$ http://one.example/\\$1',
  'Alias / WWW/sub',
  rewriting('RewriteCond %{HTTP_HOST} ^own\\.(.*)$\nRewriteRule ^ https://%1%{REQUEST_URI} [R=301,L]'),
  rewriting('RewriteCond %{HTTP_HOST} ^(own)\nRewriteCond %{HTTPS} off\nRewriteRule ^ https://%1.example/%2 [R]'),
  rewriting(
    'RewriteCond %{HTTP_HOST} ^(own) [OR]\nRewriteCond %{HTTP_HOST} ^own\\.(.*)$\nRewriteRule ^ http://%1.example/ [R]',
  ),
  rewriting(
    'RewriteCond %{HTTP_HOST} ^(a) [OR]\nRewriteCond %{HTTP_HOST} ^own\\.(.*)$\nRewriteCond %{HTTP_HOST} !^(b)\nRewriteRule ^ http://%1/ [R]',
  ),
  rewriting(`RewriteRule ^ - [P]\n${away}`),
  rewriting('RewriteRule ^/(.*)$ sub/$1\nRewriteRule ^/sub/$ http://one.example/ [R]'),
];

function configuration([main, host]: readonly [main: string, host: string]): string {
  const text = configurationWith(server, main, host);
  return text.includes(noRoot) ? text.replace(/^DocumentRoot .*\n/m, '') : text;
}

describe('what answers a path is what Apache answers with', () => {
  let followed = 0;
  for (const each of cases) {
    const lines = typeof each === 'string' ? (['', each] as const) : each;
    test(lines.join(' | ').replaceAll('\n', ', '), { timeout: 30_000 }, async () => {
      followed += await compareAnswers(server, configuration(lines));
    });
  }

  test('most of them are followed', () => assert.ok(followed > cases.length));
});
