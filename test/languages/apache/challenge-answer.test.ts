import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { lower, snippet } from './project.ts';

const alias = 'Alias "/.well-known/acme-challenge/" "/srv/acme/"';
/** Lines of a virtual host, and what answers the challenge path there. */
const cases: readonly (readonly [string, string, string])[] = [
  ['an alias', alias, 'files /srv/acme'],
  [
    'a redirect of all, which goes before any alias',
    `Redirect / https://a.example/\n${alias}`,
    'redirect https://a.example/.well-known/acme-challenge/TOKEN',
  ],
  [
    'a redirect that spares it',
    `RedirectMatch ^/(?!\\.well-known/acme-challenge/)(.*)$ https://a.example/$1\n${alias}`,
    'files /srv/acme',
  ],
  ['a redirect of another path', `Redirect /old https://a.example/\n${alias}`, 'files /srv/acme'],
  [
    'a proxy, which goes before redirects',
    `Redirect / https://a.example/\nProxyPass / http://127.0.0.1:1/\n${alias}`,
    'proxy http://127.0.0.1:1/',
  ],
  [
    'a proxy that lets it through',
    `ProxyPass /.well-known/ !\nProxyPass / http://127.0.0.1:1/\n${alias}`,
    'files /srv/acme',
  ],
  [
    'a variable that spares it the proxy',
    `SetEnvIf Request_URI "^/\\.well-known/acme-challenge/" no-proxy\nProxyPass / http://127.0.0.1:1/\n${alias}`,
    'files /srv/acme',
  ],
  [
    'a variable that spares another path the proxy',
    `SetEnvIf Request_URI ^/static/ no-proxy\nProxyPass / http://127.0.0.1:1/\n${alias}`,
    'proxy http://127.0.0.1:1/',
  ],
  [
    'rewriting to HTTPS',
    `RewriteEngine On\nRewriteCond %{HTTPS} off\nRewriteRule ^(.*)$ https://a.example$1 [R=301,L]\n${alias}`,
    'redirect https://a.example/.well-known/acme-challenge/TOKEN',
  ],
  [
    'a target with backslashes, of which each takes the next character as it is',
    'RewriteEngine On\nRewriteRule ^ https\\:\\/\\/a\\.example/a\\\\b\\$1 [R,L]',
    'redirect https://a.example/a\\b$1',
  ],
  [
    'rewriting with an exception',
    `RewriteEngine On\nRewriteCond %{REQUEST_URI} !^/\\.well-known/\nRewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [R=301,L]\n${alias}`,
    'files /srv/acme',
  ],
  [
    'rewriting that depends on the request',
    `RewriteEngine On\nRewriteCond %{HTTP_USER_AGENT} x\nRewriteRule ^ https://a.example/ [R,L]\n${alias}`,
    'unknown',
  ],
  [
    'the rules that Certbot writes',
    `RewriteEngine on\nRewriteCond %{SERVER_NAME} =b.example [OR]\nRewriteCond %{SERVER_NAME} =a.example\nRewriteRule ^ https://%{SERVER_NAME}%{REQUEST_URI} [END,NE,R=permanent]\nServerAlias b.example`,
    'redirect https://a.example/.well-known/acme-challenge/TOKEN',
  ],
  [
    'rules for one of two names',
    `RewriteEngine on\nRewriteCond %{HTTP_HOST} =b.example\nRewriteRule ^ https://c.example/ [R]\nServerAlias b.example\n${alias}`,
    'unknown',
  ],
  [
    'a chain whose first rule does not match',
    `RewriteEngine on\nRewriteRule ^/shop - [C]\nRewriteRule ^ https://a.example/ [R,L]\n${alias}`,
    'files /srv/acme',
  ],
  [
    'a rule that skips the next',
    `RewriteEngine on\nRewriteRule ^/\\.well-known/ - [S=1]\nRewriteRule ^ https://a.example/ [R,L]\n${alias}`,
    'files /srv/acme',
  ],
  [
    'a redirect that a rule behind it changes, as it is not the last',
    `RewriteEngine on\nRewriteRule ^ https://a.example/ [R=301]\nRewriteRule ^ https://b.example/ [R]\n${alias}`,
    'redirect https://b.example/',
  ],
  [
    'a redirect whose address a rule behind it takes away',
    `RewriteEngine on\nRewriteRule ^ https://a.example/ [R=301]\nRewriteRule ^ /index.php\n${alias}`,
    'unknown',
  ],
  [
    'a group of an expression that shall not match',
    `RewriteEngine on\nRewriteRule !^/shop https://a.example/$1 [R,L]\n${alias}`,
    'redirect https://a.example/',
  ],
  ['rules without RewriteEngine', `RewriteRule ^ https://a.example/ [R,L]\n${alias}`, 'files /srv/acme'],
  ['a directory that is denied', `${alias}\n<Directory /srv>\nRequire all denied\n</Directory>`, 'denied'],
  [
    'the nearer directory',
    `${alias}\n<Directory /srv/acme>\nRequire all granted\n</Directory>\n<Directory />\nRequire all denied\n</Directory>`,
    'files /srv/acme',
  ],
  ['a password', `${alias}\n<Location />\nRequire valid-user\n</Location>`, 'denied'],
  ['the order of 2.2', `${alias}\n<Directory /srv/acme>\nOrder allow,deny\nDeny from all\n</Directory>`, 'denied'],
  [
    'a redirect of files of the name',
    `${alias}\n<Files TOKEN>\nRedirectMatch TOKEN https://a.example/\n</Files>`,
    'unknown',
  ],
  ['a redirect of other files', `${alias}\n<Files *.html>\nRedirect / https://a.example/\n</Files>`, 'files /srv/acme'],
  [
    'rules of files of the name',
    `${alias}\n<FilesMatch ^T>\nRewriteEngine on\nRewriteRule ^ - [F]\n</FilesMatch>`,
    'unknown',
  ],
  [
    'an alias without the slash at its end, which makes another name of each file',
    'Alias /.well-known/acme-challenge/ /srv/acme',
    'files /srv',
  ],
  [
    'a folder that an expression names',
    'DocumentRoot /srv/www\n<Location /.well-known/acme-challenge>\nAlias /srv/acme\n</Location>',
    'unknown',
  ],
  [
    'a part of a header that nobody knows',
    'RewriteEngine on\nRewriteCond %{HTTP_HOST} ^a [OR]\nRewriteCond %{HTTP_REFERER} (.*)\nRewriteRule ^ https://a.example/%1 [R]\nRewriteCond %{REQUEST_URI} ^/(.*)$',
    'redirect https://a.example/',
  ],
  [
    'a part of a header that decides where to',
    'RewriteEngine on\nRewriteCond %{HTTP_REFERER} (.*) [OR]\nRewriteCond %{HTTP_HOST} ^a\nRewriteRule ^ https://a.example/%1 [R]',
    'unknown',
  ],
  [
    'a redirect of all on a condition, which comes behind everything',
    `${alias}\nProxyPass / http://127.0.0.1:1/\n<If "%{HTTPS} != 'on'">\nRedirect permanent https://a.example/\n</If>`,
    'unknown',
  ],
  ['the document root', 'DocumentRoot /srv/www', 'files /srv/www/.well-known/acme-challenge'],
  [
    'rules that lead to another spelling of the same file, again and again',
    'DocumentRoot /srv/www\n<Directory /srv/www>\nRewriteEngine on\nRewriteRule ^ /index.html\nRewriteRule ^(.*)$ sub/$1\n</Directory>',
    'unknown',
  ],
  [
    'a rule that leads to the same path, which no redirect sees then',
    'DocumentRoot /srv/www\nRedirect /.well-known http://b.example/\nRewriteEngine on\nRewriteRule ^/(.*)$ /$1',
    'files /srv/www/.well-known/acme-challenge',
  ],
  [
    'a folder of the name that is asked for, whatever DocumentRoot says',
    'VirtualDocumentRoot /srv/%0\nDocumentRoot /srv/www',
    'unknown',
  ],
  [
    'the document root, where VirtualDocumentRoot is taken back',
    'DocumentRoot /srv/www\nVirtualDocumentRoot none',
    'files /srv/www/.well-known/acme-challenge',
  ],
  ['nothing known', 'ServerAdmin a@example.com', 'unknown'],
];
for (const [name, text, expected] of cases) {
  test(name, () => {
    const answer = apache.lower(
      snippet(`<VirtualHost *:80>\nServerName a.example\nSSLEngine off\n${text}\n</VirtualHost>`),
    ).sites[0]?.challengeAnswer;
    const told =
      answer?.kind === 'files'
        ? `files ${answer.directory}`
        : answer?.kind === 'redirect' || answer?.kind === 'proxy'
          ? `${answer.kind} ${answer.to}`
          : answer?.kind;
    assert.equal(told, expected);
  });
}

test('a proxy answers those who are let in, and no authority', () => {
  const [ask, nobody] = ['Require valid-user', 'Require all denied'];
  for (const [line, kinds] of [
    [ask, ['proxy', 'denied']],
    [nobody, ['denied', 'denied']],
    ['Deny from all\nAllow from 10.0.0.0/8', ['proxy', 'denied']],
    ['Order allow,deny', ['denied', 'denied']],
    ['Require all granted', ['proxy', 'proxy']],
  ] as const) {
    const lines = `ProxyPass / http://127.0.0.1:1/\n<Location />\n${line}\n</Location>`;
    const [site] = lower(`<VirtualHost *:80>\nServerName a.example\n${lines}\n</VirtualHost>`).sites;
    assert.deepEqual([site?.rootAnswer.kind, site?.challengeAnswer.kind], kinds, line);
  }
});

test('what a folder answers with is led to another folder, which sends clients to a path with a slash', () => {
  const rules = 'RewriteEngine on\nRewriteRule ^/$ - [END]\nRewriteRule ^/(.*)$ /sub';
  const [site] = lower(`<VirtualHost *:80>\nDocumentRoot /srv/www\n${rules}\n</VirtualHost>`).sites;
  assert.equal(site?.rootAnswer.kind, 'unknown');
});
