import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../src/text/edit.ts';
import { analyseText } from '../../support/analyse.ts';

function found(text: string, file = '/etc/apache2/apache2.conf') {
  const { findings } = analyseText(text, { language: 'apache', file });
  return findings.filter(({ rule }) => /^(?:rewrite-engine|redirect)-missing$/.test(rule));
}

const told = (text: string, file?: string) => found(text, file).map(({ rule, severity }) => `${severity} ${rule}`);

const redirect = 'RewriteCond %{HTTPS} off\nRewriteRule ^ https://example.com%{REQUEST_URI} [R=301,L]\n';
const on = 'RewriteEngine on\n';
const plain = (lines: string) =>
  `<VirtualHost *:80>\nServerName example.com\nDocumentRoot /srv\n${lines}</VirtualHost>\n`;
const tls = `<VirtualHost *:443>\nServerName example.com\nDocumentRoot /srv\n${on}SSLEngine on\nSSLCertificateFile a.crt\n</VirtualHost>\n`;
const folder = (lines: string) => `<Directory /srv>\n${lines}</Directory>\n`;
const head = 'Listen 80\nListen 443\n';

test('a redirect that nothing switches on is told where it stands, and not missed as well', () => {
  const text = head + plain(redirect) + tls;
  const [report, ...others] = found(text);
  assert.ok(report && others.length === 0);
  assert.deepEqual([report.rule, report.severity], ['rewrite-engine-missing', 'warning']);
  const mended = applyEdits(text, report.fixes[0]?.edits ?? []);
  assert.match(mended, /DocumentRoot \/srv\nRewriteEngine on\nRewriteCond/);
  assert.deepEqual(told(mended), []);
  assert.deepEqual(told(head + plain('RewriteRule ^/a /b\n')), ['information rewrite-engine-missing']);
  assert.deepEqual(told(head + folder('RewriteRule ^a b\n')), ['information rewrite-engine-missing']);
});

test('what is said further out, or may be, is enough', () => {
  for (const text of [
    head + on + plain(redirect) + tls,
    head + plain(on) + folder(redirect),
    head + plain(`Include somewhere/*.conf\n${redirect}`),
    `Include somewhere/*.conf\n${head}${plain(redirect)}`,
    head + plain(`<IfDefine A>\n${on}</IfDefine>\n${redirect}`),
    head + plain(`RewriteEngine off\nRewriteRule ^/a /b\n`),
    `${head}RewriteRule ^/a /b\n${plain(`${on}RewriteOptions Inherit\n`)}`,
  ])
    assert.deepEqual(
      told(text).filter((each) => each.endsWith('rewrite-engine-missing')),
      [],
      text,
    );
  assert.deepEqual(told(`LoadModule mpm_event_module modules/mod_mpm_event.so\n${head}${plain(redirect)}`), []);
  assert.deepEqual(told(redirect, '/srv/www/.htaccess'), ['information rewrite-engine-missing']);
  assert.deepEqual(told(on + redirect, '/srv/www/.htaccess'), []);
  assert.deepEqual(told('RewriteRule ^a b\n', '/srv/www/.htaccess'), []);
});
