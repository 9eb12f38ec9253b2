import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';

const host = (lines: string) => `<VirtualHost *:443>
ServerName example.com
SSLEngine on
SSLProtocol TLSv1.3
SSLCertificateFile a.crt
SSLCertificateKeyFile a.key
${lines}</VirtualHost>
`;
const string = 'SSLCipherSuite EECDH+AESGCM\n';

/** Whether each fix is applied without being looked at. */
function safety(text: string): readonly boolean[] {
  const { findings } = analyseText(text, { language: 'apache', file: '/etc/apache2/apache2.conf' });
  return findings.filter(({ rule }) => rule === 'cipher-unused').flatMap(({ fixes }) => fixes.map(({ safe }) => safe));
}

test('a string around the sites, which may be meant for others to come, is not taken out unseen', () => {
  assert.deepEqual(safety(`Listen 443\n${host(string)}`), [true]);
  assert.deepEqual(safety(`Listen 443\n${string}${host('')}`), [false]);
});

test('a fix for the default string leaves sites alone that speak TLS 1.3 only', () => {
  const server = (name: string, protocols: string) =>
    `server { listen 443 ssl; server_name ${name}; ssl_certificate a.crt; ssl_certificate_key a.key; ${protocols} }\n`;
  // Before nginx 1.29.2 the default server of an address decides about versions.
  const text = `events {}\nhttp {\n${server('a.example', '')}${server('b.example', '').replace('443', '8443')}${server('c.example', 'ssl_protocols TLSv1.3;').replace('443', '9443')}}\n`;
  const { findings } = analyseText(text, { language: 'nginx', file: '/work/nginx.conf' });
  const fixes = findings.find(({ rule }) => rule === 'cipher-no-forward-secrecy')?.fixes ?? [];
  assert.equal(fixes.length, 2);
  for (const { edits } of fixes) assert.equal(applyEdits(text, edits).match(/ssl_ciphers/g)?.length, 2);
});

test('a fix for the default string leaves out what would never be used for want of DH parameters', () => {
  const server = (lines: string) =>
    `events {}\nhttp {\nserver { listen 443 ssl; server_name a.example; ssl_certificate a.crt; ssl_certificate_key a.key; ${lines} }\n}\n`;
  const fixed = (lines: string) => {
    const text = server(lines);
    const { findings } = analyseText(text, { language: 'nginx', file: '/work/nginx.conf' });
    const [fix] = findings.find(({ rule }) => rule === 'cipher-no-forward-secrecy')?.fixes ?? [];
    return applyEdits(text, fix?.edits ?? []).match(/ssl_ciphers .*?;/)?.[0];
  };
  assert.equal(fixed(''), 'ssl_ciphers HIGH:!aNULL:!MD5:!kRSA:!kDHE;');
  assert.equal(fixed('ssl_dhparam dh.pem;'), 'ssl_ciphers HIGH:!aNULL:!MD5:!kRSA;');
  // Whoever wrote the string is told of them by another finding.
  assert.equal(fixed('ssl_ciphers HIGH:!aNULL;'), 'ssl_ciphers HIGH:!aNULL:!kRSA;');
});

test('of a list that stops the start nothing is said to have no effect', () => {
  const found = (ciphers: string) => {
    const text = `<VirtualHost *:443>\nServerName a.example\nSSLEngine on\nSSLProtocol -all +TLSv1.3\nSSLCipherSuite ${ciphers}\nSSLCertificateFile a.pem\n</VirtualHost>\n`;
    const { findings } = analyseText(text, { language: 'apache', file: '/work/site.conf' });
    return findings.map(({ rule }) => rule).filter((rule) => /^cipher-(?:unused|none)$/.test(rule));
  };
  // Measured with 2.4.71: AH01898, no cipher match.
  assert.deepEqual(found('TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256'), ['cipher-none']);
  assert.deepEqual(found('ECDHE-RSA-AES128-GCM-SHA256'), ['cipher-unused']);
});
