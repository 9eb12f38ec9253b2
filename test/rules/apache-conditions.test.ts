import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyseText } from '../support/analyse.ts';

const modules = '/usr/lib/apache2/modules/';
const head = `Listen 80\nListen 443\n${['mpm_event', 'ssl', 'headers', 'alias', 'rewrite']
  .map((name) => `LoadModule ${name}_module ${modules}mod_${name}.so`)
  .join('\n')}\n`;

function found(text: string, ...rules: readonly string[]): readonly string[] {
  const { findings } = analyseText(head + text, { language: 'apache', file: '/work/apache2.conf' });
  return findings.flatMap(({ rule, severity }) => (rules.includes(rule) ? [`${severity} ${rule}`] : []));
}

const secure = (lines = '') =>
  `<VirtualHost *:443>\nServerName example.com\nSSLEngine on\nSSLCertificateFile a.crt\nSSLCertificateKeyFile a.key\nDocumentRoot /srv/www\n${lines}\n</VirtualHost>\n`;
const plain = (lines: string, name = 'ServerName example.com') =>
  `<VirtualHost *:80>\n${name}\nDocumentRoot /srv/www\n${lines}\n</VirtualHost>\n`;

describe('what a definition or a template may leave out is not taken for certain', () => {
  const names = 'server-name-duplicate';
  const redirects = ['redirect-missing', 'redirect-wrong-host'];

  test('of virtual hosts that exclude each other none hides the other', () => {
    const either = (open: string, between: string, close: string) =>
      found(`${open}\n${secure()}${between}\n${secure()}${close}\n`, names);
    assert.deepEqual(either('<IfDefine A>', '</IfDefine>\n<IfDefine !A>', '</IfDefine>'), []);
    assert.deepEqual(either('{% if a %}', '{% else %}', '{% endif %}'), []);
    assert.deepEqual(either('<IfDefine A>', '', '</IfDefine>'), [`information ${names}`]);
    assert.deepEqual(either('', '', ''), [`information ${names}`]);
  });

  test('HTTPS that may be absent asks for no redirect', () => {
    assert.deepEqual(found(plain('') + secure(), ...redirects), ['information redirect-missing']);
    assert.deepEqual(found(`${plain('')}<IfDefine A>\n${secure()}</IfDefine>\n`, ...redirects), []);
    assert.deepEqual(found(plain('', 'ServerName {{ name }}') + secure(), ...redirects), []);
    assert.deepEqual(
      found(plain('') + secure().replace('ServerName example.com', 'ServerName {{ name }}'), ...redirects),
      [],
    );
  });

  test('rules of mod_rewrite', () => {
    const rewriting = (rule: string) => plain(`RewriteEngine on\n${rule}`) + secure();
    const rule = 'RewriteRule ^ https://other.example/ [R=301,L]';
    assert.deepEqual(found(rewriting(rule), ...redirects), ['information redirect-wrong-host']);
    assert.deepEqual(found(rewriting(`<IfModule mod_rewrite.c>\n${rule}\n</IfModule>`), ...redirects), [
      'information redirect-wrong-host',
    ]);
    for (const [open, close] of [
      ['<IfDefine A>', '</IfDefine>'],
      ['{% if a %}', '{% endif %}'],
    ]) {
      assert.deepEqual(found(rewriting(`${open}\n${rule}\n${close}`), ...redirects), []);
    }
    assert.deepEqual(
      found(rewriting('{% if a %}RewriteRule ^ https://other.example/ [R=301,L]{% endif %}'), ...redirects),
      [],
    );
  });

  test('a header with a condition of its own is none that is missing', () => {
    const header = 'Header always set Strict-Transport-Security "max-age=63072000"';
    assert.deepEqual(found(secure(), 'hsts-missing'), ['warning hsts-missing']);
    assert.deepEqual(found(secure(`${header} env=SECURE`), 'hsts-missing'), []);
    assert.deepEqual(found(secure(`${header} "expr=%{REQUEST_STATUS} == 200"`), 'hsts-missing'), []);
    assert.deepEqual(found(secure(`{% if hsts %}${header}{% endif %}`), 'hsts-missing'), []);
  });

  test('a header that a part of a site may take out', () => {
    const header = 'Header always set Strict-Transport-Security "max-age=63072000"';
    const part = (lines: string) => secure(`${header}\n<Location /app>\n${lines}\n</Location>`);
    const out = 'Header always unset Strict-Transport-Security';
    assert.deepEqual(found(part(out), 'hsts-lost'), ['warning hsts-lost']);
    assert.deepEqual(found(part(`<IfDefine A>\n${out}\n</IfDefine>`), 'hsts-lost'), []);
    assert.deepEqual(found(part(`{% if a %}${out}{% endif %}`), 'hsts-lost'), []);
    assert.deepEqual(found(secure(`<Directory />\n${header}\n</Directory>`), 'hsts-missing'), []);
  });

  test('a module that is loaded under a condition decides none', () => {
    const text = (around: (load: string) => string) =>
      `${around(`LoadModule md_module ${modules}mod_md.so`)}\n<IfModule md_module>\nListen 443\n</IfModule>\n`;
    const rule = 'duplicate-listen';
    assert.deepEqual(
      found(
        text((load) => load),
        rule,
      ),
      [`error ${rule}`],
    );
    assert.deepEqual(
      found(
        text((load) => `<IfModule !md_module>\n${load}\n</IfModule>`),
        rule,
      ),
      [`error ${rule}`],
    );
    assert.deepEqual(
      found(
        text((load) => `<IfDefine MD>\n${load}\n</IfDefine>`),
        rule,
      ),
      [],
    );
  });
});
