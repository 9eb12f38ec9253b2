import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { apache } from '../../src/languages/apache/index.ts';
import type { PathAnswer } from '../../src/tls/model/server-model.ts';
import { projectOf } from '../languages/apache/project.ts';
import { freePort } from '../support/ports.ts';
import { type ApacheRoot, createApacheRoot, mainFileHead, startApache } from './apache-server.ts';

let root: ApacheRoot;
let port: number;
const challenge = '/.well-known/acme-challenge/TOKEN';

before(async () => {
  root = createApacheRoot();
  port = await freePort();
  mkdirSync(join(root.folder, 'www/empty'));
  for (const folder of ['www', 'www/sub']) {
    mkdirSync(join(root.folder, folder, '.well-known/acme-challenge'), { recursive: true });
    writeFileSync(join(root.folder, folder, 'index.html'), 'the site\n');
    writeFileSync(join(root.folder, folder, challenge), 'the token\n');
  }
});
after(() => root.remove());

const section = (open: string, lines: string) => `<${open}>\n${lines}\n</${open.split(' ')[0]}>`;
const [denied, granted] = ['Require all denied', 'Require all granted'];
const proxied = 'ProxyPass / http://127.0.0.1:9/';
const to = (name: string, directive = 'Redirect /') => `${directive} http://${name}.example/`;
const rewriting = (rules: string) => `RewriteEngine on\n${rules}`;
/** Where files lie is left to what is compiled in. */
const noRoot = '# no root\n';
const away = 'RewriteRule ^ http://away.example/ [R]';

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
  section(
    'Directory WWW',
    `${granted}\n${rewriting('RewriteCond %{HTTPS} off\nRewriteRule ^(.*)$ http://one.example/$1 [R=301,L]')}`,
  ),
  section('Directory WWW', rewriting('RewriteRule ^(.*)$ /empty/$1')),
  section('Directory WWW', rewriting('RewriteRule ^(.*)$ /empty/$1 [END]')),
  section('Directory WWW', rewriting('RewriteRule ^(.*)$ empty/$1 [END]')),
  section('Directory WWW', rewriting('RewriteRule ^(.*)$ sub/$1 [L]')),
  section('Directory WWW', rewriting('RewriteRule ^(?!sub/)(.*)$ sub/$1 [L]')),
  section('Directory WWW', rewriting('RewriteBase /sub\nRewriteRule ^(?!sub/)(.*)$ sub/$1 [L]')),
  section('Directory WWW', rewriting('RewriteBase /\nRewriteRule ^(?!sub/)(.*)$ sub/$1?a=b [QSA,L]')),
  section('Directory WWW', rewriting('RewriteRule ^(?!sub/)(.*)$ WWW/sub/$1 [L]')),
  section('Directory WWW', rewriting('RewriteRule ^(.*)$ $1 [L]')),
  section('Directory WWW', rewriting('RewriteRule ^$ /other [R=301,L]\nRewriteRule ^ - [F]')),
  section('Directory WWW', rewriting('RewriteBase /\nRewriteRule ^$ other [R,L]')),
  section('Directory WWW', rewriting('RewriteRule ^$ other [R,L]')),
  section('Directory WWW', rewriting('RewriteRule (^\\.|/\\.) - [F]')),
  section('Directory WWW', rewriting('RewriteRule "(^|/)\\.(?!well-known)" - [F]')),
  section(
    'Directory WWW',
    rewriting(
      'RewriteCond %{REQUEST_URI} "!(^|/)\\.well-known/([^./]+./?)+$" [NC]\nRewriteCond %{SCRIPT_FILENAME} -d [OR]\nRewriteCond %{SCRIPT_FILENAME} -f\nRewriteRule "(^|/)\\." - [F]',
    ),
  ),
  section(
    'Directory WWW',
    rewriting(
      'RewriteRule ^index\\.php$ - [L]\nRewriteCond %{REQUEST_FILENAME} !-f\nRewriteCond %{REQUEST_FILENAME} !-d\nRewriteRule . /index.php [L]',
    ),
  ),
  section(
    'Directory WWW',
    rewriting(
      'RewriteCond %{DOCUMENT_ROOT}%{REQUEST_URI} -f\nRewriteRule ^ - [L]\nRewriteRule ^ http://one.example/ [R]',
    ),
  ),
  section(
    'Directory WWW',
    rewriting(
      'RewriteCond %{REQUEST_FILENAME} -s [OR]\nRewriteCond %{REQUEST_FILENAME} -l\nRewriteRule ^.*$ - [L]\nRewriteRule ^ - [G]',
    ),
  ),
  section(
    'Directory WWW',
    rewriting('RewriteCond %{QUERY_STRING} ^$\nRewriteCond %{REQUEST_METHOD} !=POST\nRewriteRule ^ - [F]'),
  ),
  section(
    'Directory WWW',
    rewriting('RewriteCond %{ENV:REDIRECT_STATUS} ^$\nRewriteRule ^(.*)$ sub/$1\nRewriteRule ^sub/$ - [F]'),
  ),
  section('Directory WWW', rewriting('RewriteCond %{THE_REQUEST} " /(sub/)? "\nRewriteRule ^(?!sub/)(.*)$ sub/$1 [L]')),
  section('Directory WWW', rewriting('RewriteRule ^ http://127.0.0.1:9/ [P]')),
  section(
    'Directory WWW',
    `${rewriting('RewriteRule ^(?!sub/)(.*)$ sub/$1')}\nRedirect /.well-known http://one.example/`,
  ),
  section(
    'Directory WWW',
    `${rewriting('RewriteRule ^ http://127.0.0.1:9/ [P]')}\nRedirect /.well-known http://one.example/`,
  ),
  section('Directory WWW', `${rewriting('RewriteRule ^ - [F]')}\n${to('one')}`),
  section('Directory WWW', `${denied}\n${rewriting(away)}`),
  section('Directory WWW', `${rewriting(away)}\n<If "true">\nRewriteRule ^ - [F]\n</If>`),
  section('Directory WWW', 'RewriteEngine on\nRewriteRule ^(?!sub/)(.*)$ sub/$1 [END]\nRewriteRule ^ - [F]'),
  `${section('Directory WWW', rewriting(away))}\n${section('Directory WWW/.well-known', 'RewriteEngine off')}`,
  `${section('Directory WWW', rewriting(away))}\n${section('Directory WWW/.well-known', 'RewriteRule ^nothing - [F]')}`,
  `${section('Directory WWW', rewriting(away))}\n${section('Directory WWW/.well-known', granted)}`,
  `${section('Directory WWW', rewriting(away))}\n${section('Directory WWW/.well-known', 'RewriteBase /')}`,
  `${section('Directory WWW', rewriting(away))}\n${section('Directory WWW/.well-known', 'RewriteOptions Inherit')}`,
  `${section('Directory WWW', 'RewriteEngine on')}\n${section('Directory WWW/.well-known', 'RewriteRule ^ - [F]')}`,
  `${section('Directory WWW/.well-known', 'RewriteRule ^ - [F]')}\n${section('Directory WWW/.well-known/acme-challenge', 'RewriteEngine on')}`,
  [section('Directory WWW', rewriting(away)), section('Directory WWW', 'RewriteEngine off')],
  [section('Directory WWW', rewriting(away)), section('Directory WWW', rewriting('RewriteRule ^x$ - [F]'))],
  `${section('Directory WWW', rewriting(away))}\n${rewriting('RewriteRule ^/\\.well-known - [END]')}`,
  `${section('Directory WWW', rewriting(away))}\n${rewriting('RewriteRule ^/\\.well-known - [L]')}`,
  `${section('Directory WWW', rewriting(away))}\n${section('DirectoryMatch well-known', 'RewriteEngine off')}`,
  `${section('Directory WWW', rewriting(away))}\n${section('Location /', 'RewriteEngine off')}`,
  section('Directory WWW/*', rewriting(away)),
  section('DirectoryMatch /www', rewriting(away)),
  section('Directory /', rewriting('RewriteRule well-known - [F]')),
  section('Directory WWW', 'RedirectMatch 404 /\\.'),
  section('Directory WWW', 'RedirectPermanent /.well-known http://one.example/x'),
  `${section('Directory WWW', to('outer'))}\n${section('Directory WWW/.well-known', to('inner', 'Redirect /.well-known'))}`,
  `${section('Directory WWW', 'Redirect 301 /.well-known http://outer.example/')}\n${section('Location /.well-known', to('inner'))}`,
  `${section('Directory WWW', to('outer', 'Redirect'))}\n${section('Directory WWW/.well-known', to('inner', 'Redirect'))}`,
  `${section('Directory WWW', `${to('alone', 'Redirect')}\n${to('path', 'Redirect /.well-known')}`)}`,
  section('Directory WWW', section('FilesMatch TOKEN', denied)),
  section('Directory WWW', section('FilesMatch "^\\."', denied)),
  section('Directory WWW', section('Files index.html', denied)),
  `Alias /.well-known WWW/sub/.well-known\n${section('Directory WWW/sub', rewriting('RewriteRule ^ - [F]'))}`,
  `Alias /.well-known WWW/sub/.well-known\n${section('Directory WWW/sub', rewriting('RewriteRule ^(.*)$ x/$1 [END]'))}`,
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
];

function configuration([main, host]: readonly [main: string, host: string]): string {
  const modules = 'mpm_event authz_core authz_host access_compat alias dir rewrite proxy proxy_http';
  const text = `${mainFileHead(root.folder, modules)}
Listen 127.0.0.1:${port}
${main}
<VirtualHost 127.0.0.1:${port}>
ServerName own.example.com
DocumentRoot WWW
${host}
</VirtualHost>
`;
  const rooted = text.includes(noRoot) ? text.replace('DocumentRoot WWW\n', '') : text;
  return rooted.replaceAll('WWW', join(root.folder, 'www'));
}

function ask(path: string): Promise<IncomingMessage> {
  const headers = { host: 'own.example.com' };
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => resolve(response.resume())).on(
      'error',
      reject,
    );
  });
}

/** What comes of an answer; undefined where nobody can know. */
function expected(answer: PathAnswer): readonly (number | string)[] | undefined {
  switch (answer.kind) {
    case 'redirect':
      return [answer.status, new URL(answer.to, 'http://own.example.com').href];
    case 'status':
      return [answer.status];
    case 'denied':
      return [403];
    case 'proxy':
      return [503];
    case 'files':
      return [existsSync(answer.directory) && !answer.directory.includes('/empty') ? 200 : 404];
    default:
      return undefined;
  }
}

describe('what answers a path is what Apache answers with', () => {
  let followed = 0;
  for (const each of cases) {
    const lines = typeof each === 'string' ? (['', each] as const) : each;
    test(lines.join(' | ').replaceAll('\n', ', '), { timeout: 30_000 }, async () => {
      const text = configuration(lines);
      const { sites } = apache.lower(projectOf({ '/etc/apache2/apache2.conf': text }, { complete: true }));
      const site = sites.find(({ names }) => names[0]?.text === 'own.example.com');
      assert.ok(site);
      const file = join(root.folder, 'apache2.conf');
      writeFileSync(file, text);
      const { started, log, stop } = await startApache(file, root.folder);
      try {
        assert.ok(started, log);
        for (const [path, answer] of [
          ['/', site.rootAnswer],
          [challenge, site.challengeAnswer],
        ] as const) {
          const { statusCode = 0, headers } = await ask(path);
          const said = expected(answer);
          if (said) followed++;
          if (said) assert.deepEqual(headers.location ? [statusCode, headers.location] : [statusCode], said, path);
        }
      } finally {
        await stop();
      }
    });
  }

  test('most of them are followed', () => assert.ok(followed > cases.length));
});
