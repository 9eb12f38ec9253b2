import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';
import { sampleFile } from './support/sample-files.ts';

/** What is found of stapling, with the titles of its fixes. */
function found(certificate: string): readonly string[] {
  const text = `LoadModule ssl_module m.so\nListen 443\n<VirtualHost *:443>\nServerName example.com\nSSLEngine on\nSSLCertificateFile ${certificate}\nSSLCertificateKeyFile /etc/ssl/example.com.key\nSSLUseStapling on\n</VirtualHost>\n`;
  return analyseText(text, { language: 'apache', file: '/etc/apache2/apache2.conf', certificates: sampleFile })
    .findings.filter(({ rule }) => rule.startsWith('stapling'))
    .map(({ rule, fixes }) => [rule, ...fixes.map(({ title }) => title)].join(', '));
}

test('a cache is offered where there is something to staple, and stapling taken out where not', () => {
  assert.deepEqual(found('/etc/ssl/ocsp.crt'), [
    'stapling-no-cache, Set up a cache for stapling, Switch OCSP stapling off',
  ]);
  assert.deepEqual(found('/etc/ssl/example.com.crt'), ['stapling-no-cache, Remove OCSP stapling']);
});

test('of certificates that Certbot keeps, and that cannot be seen, it is said as a hint', () => {
  const found = (file: string, more = '') => {
    const text = `events {} http { server { listen 443 ssl; server_name a.example; ${more}
      ssl_certificate ${file}; ssl_certificate_key /etc/ssl/a.key; ssl_stapling on; resolver 127.0.0.53; } }`;
    return analyseText(text, { language: 'nginx', file: '/work/nginx.conf' })
      .findings.filter(({ rule }) => rule.startsWith('stapling-'))
      .map(({ rule, severity, fixes }) => `${severity} ${rule} ${fixes.map(({ safe }) => safe).join()}`);
  };
  const path = '/etc/letsencrypt/live/a.example/fullchain.pem';
  assert.deepEqual(found(path), ['hint stapling-no-responder false']);
  assert.deepEqual(found('/etc/ssl/a.example.crt'), []);
  assert.deepEqual(found(path, 'ssl_stapling_responder http://ocsp.example.net/;'), []);
});

test('a certificate that demands stapling is no mistake of a site that staples', () => {
  const site = (name: string, stapling: string) =>
    `server { listen 443 ssl; server_name ${name}.example.com; ssl_stapling ${stapling};
      ssl_certificate /etc/ssl/must-staple.crt; ssl_certificate_key /etc/ssl/example.com.key; }`;
  const text = `events {} http { ${site('a', 'off')} ${site('b', 'on')} }`;
  const { findings } = analyseText(text, { language: 'nginx', certificates: sampleFile });
  const [ignored] = findings.filter(({ rule }) => rule === 'must-staple-ignored');
  assert.deepEqual(
    ignored?.related.map(({ message, alike }) => [message, alike]),
    [
      ['Staples nothing', undefined],
      ['The same certificate', undefined],
    ],
  );
});
