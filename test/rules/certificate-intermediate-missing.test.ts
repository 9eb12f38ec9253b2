import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyFile } from '../../src/certificates/configured-file.ts';
import { analyseText } from '../support/analyse.ts';
import { sampleCertificate } from './support/sample-files.ts';

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

test('Apache completes a chain out of the CAs for certificates of clients', () => {
  const host = (file: string, more: string) =>
    `<VirtualHost *:443>\nServerName a.example\nSSLEngine on\nSSLCertificateFile ${file}\nSSLCertificateKeyFile /a.key\n${more}\n</VirtualHost>\n`;
  const byName = '/etc/letsencrypt/live/a/cert.pem';
  for (const more of ['SSLCACertificateFile /etc/letsencrypt/live/a/chain.pem', 'SSLCACertificatePath /etc/ssl/certs/'])
    assert.deepEqual(found(host(byName, more), 'apache'), [], more);
  assert.equal(found(host(byName, 'SSLCADNRequestPath /etc/ssl/certs/'), 'apache').length, 1);
  const leaf = sampleCertificate({ subject: 'CN=a.example', issuer: 'CN=Inter' });
  const files = new Map([
    ['/a.pem', leaf],
    ['/inter.pem', sampleCertificate({ subject: 'CN=Inter', issuer: 'CN=Root', isCa: true })],
    ['/clients.pem', sampleCertificate({ subject: 'CN=Clients', issuer: 'CN=Clients', isCa: true })],
  ]);
  const told = (more: string) =>
    analyseText(host('/a.pem', more), {
      language: 'apache',
      certificates: (file) => {
        const certificate = files.get(file);
        return (
          certificate && { ...emptyFile, file, state: { kind: 'found', mode: 0o600 }, certificates: [certificate] }
        );
      },
    }).findings.filter(({ rule }) => rule === 'certificate-intermediate-missing').length;
  assert.deepEqual(
    [
      '',
      'SSLCACertificateFile /clients.pem',
      'SSLCACertificateFile /inter.pem',
      'SSLCACertificateFile /unseen.pem',
    ].map(told),
    [1, 1, 0, 0],
  );
});
