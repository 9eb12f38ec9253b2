import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';

function found(text: string, language: 'nginx' | 'apache' = 'nginx') {
  const { findings } = analyseText(text, { language });
  return findings.filter(({ rule }) => rule === 'certificate-intermediate-missing');
}

const site = (file: string, more = '') =>
  `server { listen 443 ssl; server_name a.example; ssl_certificate ${file}; ssl_certificate_key /k.pem; ${more} }\n`;

test('what a client of ACME writes without intermediate certificates is known by its name', () => {
  const first = site('/etc/letsencrypt/live/a.example/cert.pem');
  const [certbot, ...others] = found(first + first.replace('name a.', 'name b.'));
  assert.match(certbot?.message ?? '', /^Certbot .*Use \/etc\/letsencrypt\/live\/a\.example\/fullchain\.pem,/);
  assert.deepEqual([certbot?.related.length, others.length], [1, 0]);
  for (const folder of ['a.example', 'a.example_ecc'])
    assert.match(
      found(site(`/root/.acme.sh/${folder}/a.example.cer`))[0]?.message ?? '',
      /^acme\.sh .*\/fullchain\.cer,/,
    );
  for (const path of [
    '/etc/letsencrypt/live/a.example/fullchain.pem',
    '/etc/letsencrypt/archive/a.example/cert1.pem',
    '/etc/ssl/cert.pem',
    '/root/.acme.sh/a.example/fullchain.cer',
    '/root/.acme.sh/a.example/b.example.cer',
    '/etc/letsencrypt/live/$ssl_server_name/cert.pem',
  ])
    assert.deepEqual(found(site(path)), [], path);
  assert.deepEqual(found(site('/etc/letsencrypt/live/a.example/cert.pem', 'ssl_reject_handshake on;')), []);
});

test('Apache may have the intermediate certificates in a file of their own', () => {
  const host = (more: string) =>
    `<VirtualHost *:443>\nServerName a.example\nSSLEngine on\nSSLCertificateFile /etc/letsencrypt/live/a/cert.pem\n${more}\n</VirtualHost>\n`;
  assert.equal(found(host(''), 'apache').length, 1);
  assert.deepEqual(found(host('SSLCertificateChainFile /etc/letsencrypt/live/a/chain.pem'), 'apache'), []);
});
