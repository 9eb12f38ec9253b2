import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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

/** Lines of a virtual host, behind those of the main server where there are two. */
const sections: readonly (string | readonly [main: string, host: string])[] = [
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
];

describe('what rules in the sections of a folder make of a request is what Apache makes of it', () => {
  let followed = 0;
  for (const each of sections) {
    const [main, host] = typeof each === 'string' ? (['', each] as const) : each;
    test(`${main} | ${host}`.replaceAll('\n', ', '), { timeout: 30_000 }, async () => {
      followed += await compareAnswers(server, configurationWith(server, main, host));
    });
  }

  test('most of them are followed', () => assert.ok(followed > sections.length));
});

const wordPress = `<IfModule mod_rewrite.c>
RewriteEngine On
RewriteBase /
RewriteRule ^index\\.php$ - [L]
RewriteCond %{REQUEST_FILENAME} !-f
RewriteCond %{REQUEST_FILENAME} !-d
RewriteRule . /index.php [L]
</IfModule>`;
const toSub = rewriting('RewriteRule ^(.*)$ sub/$1 [L]');
const hidden = rewriting('RewriteRule (^\\.|/\\.) - [F]');
const all = section('Directory WWW', 'AllowOverride All');

/** What stands in folders below the document root, and lines of the main server. */
const files: readonly (readonly [main: string, files: Readonly<Record<string, string>>, host?: string])[] = [
  [all, { '': wordPress }],
  [all, { '': hidden }],
  [all, { '': denied }],
  [all, { '': to('one') }],
  [all, { '': 'RedirectMatch 404 /\\.' }],
  [all, { '': toSub }],
  [all, { '': rewriting('RewriteRule ^(?!sub/)(.*)$ sub/$1 [L]') }],
  [all, { '': toSub, sub: 'RewriteEngine on' }],
  [all, { '': toSub, sub: rewriting(away) }],
  [all, { '': toSub, sub: denied }],
  [all, { '': toSub, sub: hidden }],
  [all, { '': rewriting(away), '.well-known': 'RewriteEngine off' }],
  [all, { '': rewriting(away), '.well-known': granted }],
  [all, { '': denied, '.well-known': granted }],
  [all, { '.well-known/acme-challenge': denied }],
  [all, { '': '<IfModule !mod_rewrite.c>\nRedirect / http://one.example/\n</IfModule>' }],
  [all, { '': '<IfModule mod_alias.c>\nRedirect / http://one.example/\n</IfModule>' }],
  [all, { '': section('Files TOKEN', denied) }],
  [all, { '': section('FilesMatch "^\\."', denied) }],
  [all, { '': section('If "true"', denied) }],
  [all, { '': rewriting(away) }, section('Directory WWW', 'RewriteEngine off')],
  [all, { '': rewriting(away) }, section('Directory WWW/.well-known', 'RewriteEngine off')],
  [all, { '': rewriting(away) }, section('DirectoryMatch well-known', 'RewriteEngine off')],
  // A section of paths takes over whether rules are obeyed, but none of the rules.
  ...['RewriteEngine on', 'RewriteBase /', 'RewriteOptions AllowAnyURI', rewriting('RewriteRule ^x - [E=a:b]')].map(
    (lines) => [all, { '': rewriting(away) }, section('Location /', lines)] as const,
  ),
  [all, { '': rewriting(away) }, section('Location /', 'RewriteOptions Inherit')],
  [all, { '': rewriting(away) }, section('Location /.well-known', 'RewriteEngine on')],
  [all, { '': rewriting(away) }, section('If "true"', 'RewriteEngine on')],
  [all, { '': rewriting(away) }, section('Directory WWW', 'AllowOverride None')],
  [all, { '': granted }, section('Directory WWW', denied)],
  [all, { '': denied }, section('Location /', granted)],
  [all, { '': rewriting(away) }, 'Alias /.well-known WWW/empty'],
  [all, { empty: denied }, 'Alias /.well-known WWW/empty'],
  [section('Directory WWW', 'AllowOverride None'), { '': denied }],
  ['', { '': denied }],
  [section('Directory WWW', 'AllowOverride AuthConfig'), { '': denied }],
  [section('Directory WWW', 'AllowOverride AuthConfig'), { '': rewriting(away) }],
  [section('Directory WWW', 'AllowOverride FileInfo'), { '': rewriting(away) }],
  [section('Directory WWW', 'AllowOverride FileInfo Nonfatal=Override'), { '': `${denied}\n${to('one')}` }],
  [section('Directory WWW', 'AllowOverride None\nAllowOverrideList Redirect'), { '': to('one') }],
  [section('Directory WWW/sub', 'AllowOverride All'), { '': denied, sub: to('one') }],
  [`AccessFileName .rules\n${all}`, { '': to('one') }],
  [section('Directory WWW', 'AllowOverride All\nOptions None'), { '': rewriting(away) }],
  [section('Directory WWW', 'AllowOverride All\nOptions Indexes'), { '': hidden }],
  [section('Directory WWW', 'AllowOverride All\nOptions -FollowSymLinks'), { '': rewriting(away) }],
  [section('Directory WWW', 'AllowOverride All\nOptions SymLinksIfOwnerMatch'), { '': rewriting(away) }],
  [section('Directory WWW', 'AllowOverride All\nOptions All'), { '': rewriting(away) }],
  [section('Directory WWW', 'AllowOverride All\nOptions None'), { '': `Options +FollowSymLinks\n${rewriting(away)}` }],
  [section('Directory WWW', 'AllowOverride All\nOptions None'), { '': 'RewriteEngine off' }],
  [section('Directory WWW', 'AllowOverride All\nOptions None'), { '': 'RewriteEngine on' }],
  [section('Directory WWW', 'AllowOverride All\nOptions None'), { '': to('one') }],
  [`Options None\n${all}`, { '': rewriting(away) }],
  [all, { '': rewriting(away) }, 'Options Indexes'],
  [all, { '': rewriting(away), '.well-known': 'Options None' }],
];

describe('what a .htaccess makes of a request is what Apache makes of it', () => {
  let followed = 0;
  for (const [main, texts, host = ''] of files) {
    const names = Object.entries(texts).map(([folder, text]) => `${folder}/.htaccess: ${text}`);
    test([main, ...names, host].join(' | ').replaceAll('\n', ', '), { timeout: 30_000 }, async () => {
      const paths = Object.entries(texts).map(
        ([folder, text]) => [join(server.www, folder, '.htaccess'), text] as const,
      );
      for (const [path, text] of paths) writeFileSync(path, `${text}\n`);
      try {
        followed += await compareAnswers(server, configurationWith(server, main, host));
      } finally {
        for (const [path] of paths) rmSync(path);
      }
    });
  }

  test('most of them are followed', () => assert.ok(followed > files.length));
});
