import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseFile } from '../../../src/analysis/run.ts';
import { defaultSettings } from '../../../src/analysis/settings.ts';
import { nodeHost } from '../../../src/host/node.ts';
import { apache } from '../../../src/languages/apache/index.ts';
import { rules } from '../../../src/rules/index.ts';
import { memoryFiles } from '../../support/memory-files.ts';

const entry = '/etc/apache2/apache2.conf';
const main = `Listen 80
Listen 443
LoadModule rewrite_module modules/mod_rewrite.so
<Directory /srv>
  AllowOverride All
  Require all granted
</Directory>
<VirtualHost *:80>
  ServerName example.com
  DocumentRoot /srv/www
  Alias /.well-known/acme-challenge/ /srv/acme/
</VirtualHost>
<VirtualHost *:443>
  ServerName example.com
  DocumentRoot /srv/www
  SSLEngine on
  SSLCertificateFile a.crt
</VirtualHost>
`;

/** Findings of one rule: the line that they are told at, and where what is related stands. */
async function found(rule: string, files: Readonly<Record<string, string>>) {
  const host = { ...nodeHost, files: memoryFiles({ [entry]: main, ...files }) };
  const { findings } = await analyseFile(entry, main, apache, {
    host,
    settings: defaultSettings,
    rules,
    now: new Date(),
  });
  return findings
    .filter((finding) => finding.rule === rule)
    .map(({ location: { file, range }, related }) => [
      file,
      main.slice(range.start, range.end),
      ...related.map(({ location }) => location.file),
    ]);
}

test('a challenge that a .htaccess shuts out is told at the virtual host, with the line', async () => {
  const files = { '/srv/acme/.htaccess': 'RewriteEngine on\nRewriteRule ^ - [F]\n' };
  assert.deepEqual(await found('acme-challenge-unreachable', {}), []);
  assert.deepEqual(await found('acme-challenge-unreachable', files), [
    [entry, '<VirtualHost *:80>', '/srv/acme/.htaccess', entry],
  ]);
});

test('a redirect of a .htaccess to plain HTTP is told at the virtual host, with the line', async () => {
  const rule = 'RewriteEngine on\nRewriteCond %{HTTPS} on\nRewriteRule ^ http://example.com%{REQUEST_URI} [R=301,L]\n';
  assert.deepEqual(await found('redirect-to-plain', { '/srv/www/.htaccess': rule }), [
    [entry, '<VirtualHost *:443>', '/srv/www/.htaccess'],
  ]);
});

test('what is about a line alone is left to the analysis of its file', async () => {
  const header = 'Header always set Strict-Transport-Security "max-age=3600"\n';
  assert.deepEqual(await found('hsts-short', { '/srv/www/.htaccess': header }), []);
});
