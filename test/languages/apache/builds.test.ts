import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { createDocument } from '../../../src/text/document.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { type ProjectOptions, snippet } from './project.ts';

function found(text: string, options: ProjectOptions = {}): readonly string[] {
  return apache.check(snippet(text, options)).map(({ rule }) => rule);
}

const isMain = (text: string, file = '/srv/site/ssl.conf') => apache.isMain(apache.parse(createDocument(file, text)));

describe('builds that have more compiled in than usual', () => {
  const complete = { complete: true } as const;
  const rest = 'Listen 80\nAlias /a /b\nSetEnvIf Host . A=b\n<IfModule mod_mime.c>\nTypesConfig m\n</IfModule>';

  test('where no processing module is loaded, others may be compiled in too', () => {
    for (const load of ['dir_module modules/mod_dir.so', 'dir_module "C:/Apache24/modules/mod_dir.so"']) {
      assert.deepEqual(found(`LoadModule ${load}\n${rest}`, complete), [], load);
    }
  });

  test('Debian’s modules, and a processing module, tell of a build that loads what it uses', () => {
    const debian = 'LoadModule dir_module /usr/lib/apache2/modules/mod_dir.so\n';
    const missing = found(`${debian}${rest}`, complete);
    assert.deepEqual(new Set(missing), new Set(['mpm-count', 'unknown-directive']));
    const event = 'LoadModule mpm_event_module modules/mod_mpm_event.so\n';
    assert.deepEqual(found(`${event}${rest}`, complete), ['unknown-directive', 'unknown-directive']);
  });

  test('mpm_itk sits on top of mpm_prefork', () => {
    const load = (name: string) => `LoadModule ${name}_module /usr/lib/apache2/modules/${name}.so\n`;
    assert.deepEqual(found(`${load('mpm_prefork')}${load('mpm_itk')}Listen 80`, complete), []);
    assert.deepEqual(found(`${load('mpm_itk')}Listen 80`, complete), ['mpm-count']);
  });
});

test('a main file of another name says something of the whole server', () => {
  const included =
    'LoadModule ssl_module modules/mod_ssl.so\nListen 443\n<VirtualHost *:443>\nSSLEngine on\n</VirtualHost>';
  assert.equal(isMain(included), false);
  assert.equal(isMain(included, '/etc/httpd/conf/httpd.conf'), true);
  assert.equal(isMain(`ServerRoot /etc/httpd\n${included}`), true);
  assert.equal(isMain(`LoadModule mpm_event_module modules/mod_mpm_event.so\n${included}`), true);
  assert.equal(
    isMain(`<IfModule !mpm_event_module>\nLoadModule mpm_event_module e.so\n</IfModule>\n${included}`),
    true,
  );
  assert.equal(isMain('Listen 80\nInclude conf.modules.d/*.conf'), true);
  const listen = '<IfVersion >= 2.4>\n<IfModule ssl_module>\nListen 443\n</IfModule>\n</IfVersion>';
  assert.equal(isMain(listen, '/etc/httpd/conf/httpd.conf'), true);
  assert.equal(isMain(`ServerRoot /etc/httpd\nLoadModule ssl_module modules/mod_ssl.so\n${listen}`), true);
});

test('the words of mod_rewrite go on after a backslash before a blank', () => {
  for (const text of [
    'RewriteCond %{REQUEST_URI} !^/\\d+\\.txt(?:\\ Some\\ CA)?$\nRewriteRule ^ - [L]',
    'RewriteRule ^a\\ b$ /a\\ c [R,L]',
  ]) {
    assert.deepEqual(found(text), [], text);
  }
  assert.deepEqual(found('RewriteRule ^a\\ b$ /a [Q]'), ['invalid-value']);
  assert.deepEqual(found('ServerName a\\ b'), ['argument-count']);
});

test('a section’s name without brackets is one mistake', () => {
  assert.deepEqual(found('If you need it, say so:'), ['unknown-directive']);
  assert.deepEqual(found('VirtualHost *:80'), ['unknown-directive']);
});

test('names of well-known modules are theirs, whatever their releases add', () => {
  for (const name of [
    'OIDCInfoHook',
    'JkHTTPSIndicator',
    'ShibExportAssertion',
    'PassengerBufferResponse',
    'QS_SrvMaxConn',
  ]) {
    assert.deepEqual(found(`${name} a`), [], name);
  }
  assert.deepEqual(found('OIDC a'), ['unknown-directive']);
});

test('a comment behind a directive goes to a line of its own', () => {
  const cases: Readonly<Record<string, string>> = {
    '<VirtualHost *:80>\n  ServerName a.example # the shop\n</VirtualHost>\n':
      '<VirtualHost *:80>\n  # the shop\n  ServerName a.example\n</VirtualHost>\n',
    'ProxyPass / http://127.0.0.1:1/   # backend\n': '# backend\nProxyPass / http://127.0.0.1:1/\n',
    'RewriteCond %{HTTPS} off # plain\nRewriteRule ^ - [L]\n':
      '# plain\nRewriteCond %{HTTPS} off\nRewriteRule ^ - [L]\n',
  };
  for (const [text, expected] of Object.entries(cases)) {
    const [report, ...others] = apache.check(snippet(text));
    assert.deepEqual(others, [], text);
    assert.match(report?.message ?? '', /comments only at the start of a line/);
    assert.equal(applyEdits(text, report?.fixes?.[0]?.edits ?? []), expected);
  }
});

test('a byte order mark is one mistake, and goes', () => {
  for (const rest of [
    '<VirtualHost *:80>\nServerName a.example\n</VirtualHost>\n',
    '# A comment\nServerName a.example\n',
    'ServerName a.example',
  ]) {
    const [report, ...others] = apache.check(snippet(`\uFEFF${rest}`));
    assert.equal(report?.rule, 'section-tags');
    assert.deepEqual(others, []);
    assert.equal(applyEdits(`\uFEFF${rest}`, report?.fixes?.[0]?.edits ?? []), rest);
  }
});

test('Options: signs may follow All and None, and nothing else without one', () => {
  const options = (words: string) => found(`<Directory /a>\nOptions ${words}\n</Directory>`);
  for (const words of [
    'All -Indexes',
    'None +Indexes',
    'all -Indexes +Includes',
    'All Indexes -Includes',
    '-Indexes +Includes',
  ]) {
    assert.deepEqual(options(words), [], words);
  }
  for (const words of [
    'Indexes +Includes',
    'All -Indexes Includes',
    '-Indexes Includes',
    '-Indexes All',
    '+All -Indexes',
  ]) {
    assert.deepEqual(options(words), ['invalid-value'], words);
  }
});

test('where a module is loaded that nobody knows here, unknown names may be its own', () => {
  const load = (name: string) =>
    found(`LoadModule mpm_event_module e.so\nLoadModule ${name}_module x.so\nListen 80\nFrobnicate on\nServerNam a`, {
      complete: true,
    });
  assert.deepEqual(load('acme_widgets'), ['unknown-directive']);
  assert.deepEqual(load('php8'), ['unknown-directive', 'unknown-directive']);
  assert.deepEqual(load('wsgi'), ['unknown-directive', 'unknown-directive']);
});

test('a directive of a module from elsewhere that is not loaded, beside others that are', () => {
  const main = (modules: string, line: string) =>
    found(
      `LoadModule mpm_prefork_module m.so\n${modules
        .split(' ')
        .map((name) => `LoadModule ${name}_module m.so`)
        .join('\n')}\nListen 80\n${line}\n`,
      { complete: true },
    );
  const cases: readonly (readonly [modules: string, line: string, expected: readonly string[]])[] = [
    ['php7', 'FastCgiServer /srv/a', ['unknown-directive']],
    ['php7', 'php_flag engine off', []],
    ['php7', 'WSGIScriptAlias / /srv/a.wsgi', ['unknown-directive']],
    ['authz_svn dav_svn', 'AuthzSVNAccessFile /srv/a', []],
    ['authz_svn', 'SVNPath /srv/a', []],
    ['nobody_knows', 'FastCgiServer /srv/a', []],
  ];
  for (const [modules, line, expected] of cases) assert.deepEqual(main(modules, line), expected, `${modules} ${line}`);
});
