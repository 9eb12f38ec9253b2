import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';

const nginx = (locations: string) => `events {}\nhttp { server { listen 80; ${locations} } }\n`;

function found(text: string, language: 'nginx' | 'apache') {
  return analyseText(text, { language }).findings.filter(({ rule }) => rule === 'path-slash-missing');
}

test('a location whose path begins with no slash takes no request', () => {
  const cases = [
    ['location api { return 200; }', 'information', 'location /api { return 200; }'],
    ['location = api { deny all; }', 'warning', 'location = /api { deny all; }'],
    ['location ^~ .git { return 404; }', 'warning', 'location ^~ /.git { return 404; }'],
    ['location "a b" { auth_basic x; }', 'warning', 'location "/a b" { auth_basic x; }'],
    ['location \\.php$ { deny all; }', 'warning', undefined],
    ['location ^/api { return 200; }', 'information', undefined],
  ] as const;
  for (const [text, severity, expected] of cases) {
    const [finding, ...others] = found(nginx(text), 'nginx');
    assert.equal(finding?.severity, severity, text);
    assert.equal(others.length, 0, text);
    const fix = finding?.fixes[0];
    assert.equal(fix && applyEdits(nginx(text), fix.edits), expected && nginx(expected));
  }
});

test('so does a section, an alias or a redirect of Apache', () => {
  const section = (path: string) => `<Location ${path}>\nRequire all denied\n</Location>\n`;
  const cases = [
    [section('admin'), 'warning', section('/admin')],
    [section('"admin"'), 'warning', section('"/admin"')],
    [section('*.php'), 'warning', undefined],
    ['Alias icons /srv/icons\n', 'information', 'Alias /icons /srv/icons\n'],
    ['Redirect 301 old https://example.com/\n', 'information', 'Redirect 301 /old https://example.com/\n'],
    ['ProxyPass app http://127.0.0.1:8080/\n', 'information', 'ProxyPass /app http://127.0.0.1:8080/\n'],
  ] as const;
  for (const [text, severity, expected] of cases) {
    const [finding, ...others] = found(text, 'apache');
    assert.equal(finding?.severity, severity, text);
    assert.equal(others.length, 0, text);
    const fix = finding?.fixes[0];
    assert.equal(fix && applyEdits(text, fix.edits), expected);
  }
});

test('a whole address is no path', () => {
  const told = (text: string) => found(text, 'apache').map(({ message }) => message.replace(/.*no effect\. /, ''));
  assert.deepEqual(told('Redirect permanent http://a.example https://a.example/\n'), [
    'Write only its path, /, in the virtual host that has the name a.example.',
  ]);
  assert.deepEqual(told('Redirect 301 https://a.example:8443/old /new\n'), [
    'Write only its path, /old, in the virtual host that has the name a.example.',
  ]);
  assert.deepEqual(told('ProxyPassReverse http://127.0.0.1:9/ /app\n'), [
    'The path comes first: ProxyPassReverse /app http://127.0.0.1:9/.',
  ]);
  for (const text of [
    'ProxyPassReverse /app http://127.0.0.1:9/\n',
    '<Location /app>\nProxyPassReverse http://127.0.0.1:9/ interpolate\n</Location>\n',
    'Redirect 301 http://{{ host }}/ https://a.example/\n',
    'ProxyRequests On\nRedirect http://a.example/ https://a.example/\n',
  ]) {
    assert.deepEqual(told(text), [], text);
  }
});

test('paths, expressions, named locations and what is filled in are left alone', () => {
  for (const text of [
    'location / { deny all; } location ~ api { deny all; } location @api { return 200; } location ~*.php$ { deny all; }',
    'location =/a { deny all; } location ^~/b { deny all; } location {{ path }} { deny all; } location <%= path %> { deny all; }',
    'location protected { internal; }',
    'location /a { location a { deny all; } }',
  ])
    assert.deepEqual(found(nginx(text), 'nginx'), [], text);
  for (const text of [
    '<Location ~ "admin">\nRequire all denied\n</Location>\n<Location "/a">\n</Location>',
    '<Location "http://proxied.example/">\nRequire all denied\n</Location>',
    '<Location /a>\nProxyPass http://127.0.0.1/\nRedirect https://example.com/\n</Location>',
    'RedirectMatch old https://example.com/\nAlias @PATH@ /srv\nAlias "/a" /srv',
  ])
    assert.deepEqual(found(text, 'apache'), [], text);
});

test('a path does not hold what stands behind a question mark', () => {
  const found = (line: string) =>
    analyseText(`Listen 80\nRewriteEngine on\n${line}\n`, { language: 'apache', file: '/etc/apache2/apache2.conf' })
      .findings.filter(({ rule }) => rule === 'path-slash-missing')
      .map(({ message }) => message);
  for (const line of [
    'Redirect 301 /old?id=1 https://example.com/new',
    'RedirectMatch ^/old\\?id=(.*)$ /new',
    'RewriteRule ^/old\\.php\\?id=1$ /new [R,L]',
  ])
    assert.match(found(line)[0] ?? '', /^No request matches ".*": only the path is compared/, line);
  for (const line of [
    'Redirect /old https://example.com/new?id=1',
    'RedirectMatch ^/olds?$ /new',
    'RedirectMatch ^/old\\?*$ /new',
    'RedirectMatch ^/old(\\?.*)?$ /new',
    'RedirectMatch ^/old[\\?&] /new',
    'RewriteRule !\\? /new',
    'RewriteRule ^/a$|\\? /new',
    'RewriteRule ^/old\\\\?$ /new',
    'RewriteRule ^/old\\? /new [UnsafeAllow3F]',
  ])
    assert.deepEqual(found(line), [], line);
});
