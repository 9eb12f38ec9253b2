import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyFile } from '../../src/certificates/configured-file.ts';
import type { CertificateFile } from '../../src/rules/rule.ts';
import { analyseText } from '../support/analyse.ts';
import { sampleCertificate, sampleFile } from './support/sample-files.ts';

const rootCa = sampleCertificate({ subject: 'CN=Example Root', isCa: true });
const otherCa = sampleCertificate({ subject: 'CN=Other Root', isCa: true });

/** Rule and severity of what is found in a server that asks clients for certificates. */
function found(lines: string, files: Readonly<Record<string, Partial<CertificateFile>>> = {}): readonly string[] {
  const text = `events {} http { server { listen 443 ssl; server_name example.com; ${lines}
    ssl_certificate /etc/ssl/ocsp.crt; ssl_certificate_key /etc/ssl/example.com.key; } }`;
  const certificates = (path: string) => {
    const file = sampleFile(path);
    return file && { ...file, ...files[path.slice(path.lastIndexOf('/') + 1)] };
  };
  return analyseText(text, { language: 'nginx', file: '/etc/nginx/nginx.conf', certificates })
    .findings.filter(({ rule }) => /revocation|stapling-response|file-invalid/.test(rule))
    .map(({ rule, severity }) => `${rule} ${severity}`);
}

const asking = 'ssl_verify_client on; ssl_client_certificate /etc/ssl/clients-ca.crt;';

test('a list that ended is an error for all clients, and a warning for those of one authority', () => {
  assert.deepEqual(found(`${asking} ssl_crl /etc/ssl/ended.crl;`), ['client-revocation-stale error']);
  const both = { 'clients-ca.crt': { certificates: [rootCa, otherCa] } };
  const lists = [...(sampleFile('ended.crl')?.revocationLists ?? [])];
  const current = { ...lists[0], issuer: 'CN=Other Root', nextUpdate: undefined } as (typeof lists)[number];
  const some = { ...both, 'ended.crl': { revocationLists: [...lists, current] } };
  assert.deepEqual(found(`${asking} ssl_crl /etc/ssl/ended.crl;`, some), ['client-revocation-stale warning']);
});

test('an old list beside a current one of the same authority is overruled, and an authority without any may be unused', () => {
  const both = [
    ...(sampleFile('ended.crl')?.revocationLists ?? []),
    ...(sampleFile('current.crl')?.revocationLists ?? []),
  ];
  assert.deepEqual(found(`${asking} ssl_crl /etc/ssl/ended.crl;`, { 'ended.crl': { revocationLists: both } }), []);
  const more = { 'clients-ca.crt': { certificates: [rootCa, otherCa] } };
  assert.deepEqual(found(`${asking} ssl_crl /etc/ssl/current.crl;`, more), []);
  // nginx took a certificate whose list was in the file of the CA.
  const there = { 'clients-ca.crt': { revocationLists: sampleFile('current.crl')?.revocationLists ?? [] } };
  assert.deepEqual(found(`${asking} ssl_crl /etc/ssl/ended.crl;`, there), []);
});

test('a file of certificates starts as one of revocation lists, and then refuses everybody', () => {
  const line = `${asking} ssl_crl /etc/ssl/clients-ca.crt;`;
  assert.deepEqual(found(line), ['client-revocation-stale error']);
  assert.deepEqual(found(`${asking} ssl_crl /etc/ssl/empty.crl;`), ['certificate-file-invalid error']);
  assert.deepEqual(found('ssl_crl /etc/ssl/ended.crl;'), []);
});

test('what is no OCSP response stops the start only where it is stapled', () => {
  assert.deepEqual(found('ssl_stapling on; ssl_stapling_file /etc/ssl/empty.crl;'), ['certificate-file-invalid error']);
  assert.deepEqual(found('ssl_stapling_file /etc/ssl/empty.crl;'), []);
  assert.deepEqual(found('ssl_stapling on; ssl_stapling_file /etc/ssl/ended.ocsp;'), [
    'stapling-response-stale warning',
  ]);
  assert.deepEqual(found('ssl_stapling on; ssl_stapling_file /etc/ssl/current.ocsp;'), []);
});

test('a revocation list in place of a CA lets the server start, and every verified backend is refused', () => {
  const backend = (lines: string) =>
    `location / { proxy_pass https://backend.example; proxy_ssl_trusted_certificate /etc/ssl/current.crl; ${lines} }`;
  assert.deepEqual(found(backend('proxy_ssl_verify on;')), ['certificate-file-invalid error']);
  assert.deepEqual(found(backend('proxy_ssl_verify off;')), []);
  const both = { 'current.crl': { certificates: [rootCa] } };
  assert.deepEqual(found(backend('proxy_ssl_verify on;'), both), []);
});

// Apache 2.4.71 refused a good certificate (unable to get certificate CRL), and took it once "openssl rehash" had made links.
test('a folder whose lists are not named after the hashes of their CAs refuses everybody', () => {
  const inFolder = (
    names: readonly string[],
    more = '',
    authorities = 'SSLCACertificateFile /etc/ssl/clients-ca.crt',
  ) => {
    const text = `Listen 443\n<VirtualHost *:443>\nServerName example.com\nSSLEngine on\nSSLCertificateFile /etc/ssl/ocsp.crt\nSSLVerifyClient require\n${authorities}\nSSLCARevocationCheck chain\nSSLCARevocationPath /etc/ssl/lists\n${more}</VirtualHost>\n`;
    const list = sampleFile('/etc/ssl/current.crl');
    assert.ok(list);
    const inside = names.map((name) => ({ ...list, file: `/etc/ssl/lists/${name}` }));
    const folder: CertificateFile = {
      ...emptyFile,
      state: { kind: 'found', mode: 0o755, isFolder: true, inside },
      file: '/etc/ssl/lists',
    };
    const hashed = { ...folder.state, inside: [{ ...list, file: '/etc/ssl/cas/0a1b2c3d.r0' }] };
    const certificates = (path: string) =>
      path === '/etc/ssl/lists' ? folder : path === '/etc/ssl/cas' ? { ...folder, state: hashed } : sampleFile(path);
    return analyseText(text, { language: 'apache', file: '/etc/apache2/apache2.conf', certificates })
      .findings.filter(({ rule }) => rule === 'client-revocation-stale')
      .map(({ message }) => /rehash [^"]*/.exec(message)?.[0]);
  };
  assert.deepEqual(inFolder(['ca.crl.pem', 'other.crl']), ['rehash /etc/ssl/lists']);
  assert.deepEqual(inFolder(['ca.crl.pem', '0a1b2c3d.r0']), []);
  assert.deepEqual(inFolder([]), []);
  // There a real Apache found the list, and took the certificate.
  for (const there of ['SSLCACertificateFile /etc/ssl/current.crl', 'SSLCACertificatePath /etc/ssl/cas'])
    assert.deepEqual(inFolder(['ca.crl.pem'], '', there), [], there);
  assert.deepEqual(inFolder(['ca.crl.pem'], 'SSLCARevocationFile /etc/ssl/current.crl\n'), []);
});
