import assert from 'node:assert/strict';
import { test } from 'node:test';
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
