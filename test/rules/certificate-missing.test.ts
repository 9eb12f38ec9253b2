import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';

/** What is said of a virtual host without a certificate, beside a domain that mod_md manages. */
function found(main: string, host: string): readonly string[] {
  const text = `${main}
MDCertificateAgreement accepted
MDContactEmail admin@example.org
MDomain www.example.org
Listen 443
<VirtualHost *:443>
${host}
SSLEngine on
</VirtualHost>
`;
  const { findings } = analyseText(text, { language: 'apache', file: '/etc/apache2/apache2.conf' });
  return findings.map(({ rule }) => rule).filter((rule) => rule === 'certificate-missing' || rule === 'managed-domain');
}

// A real Apache 2.4.71 says AH10170 alone.
test('a managed domain that lacks a key is told once', () => {
  const found = (lines: string) =>
    analyseText(
      `MDContactEmail admin@example.org\nMDCertificateAgreement accepted\nListen 80\nListen 443\n<MDomainSet a.example>\n${lines}\n</MDomainSet>\n<VirtualHost *:443>\nServerName a.example\nSSLEngine on\n</VirtualHost>\n`,
      { language: 'apache', file: '/etc/apache2/apache2.conf' },
    ).findings.flatMap(({ rule, severity }) => (severity === 'error' ? rule : []));
  assert.deepEqual(found('MDCertificateFile a.crt'), ['managed-domain']);
  assert.deepEqual(found('MDCertificateKeyFile a.key'), ['managed-domain']);
});

test('a name that nobody knows may be that of a managed domain', () => {
  for (const [main, host] of [
    ['ServerName example.com', 'ServerName {{ name }}'],
    [`ServerName example.com`, `ServerName \${NAME}`],
    ['ServerName example.com', 'ServerName example.com\nServerAlias {{ name }}'],
    ['ServerName {{ name }}', ''],
    // The name of the machine.
    ['', ''],
  ] as const)
    assert.deepEqual(found(main, host), [], `${main}\n${host}`);
  for (const [main, host] of [
    ['ServerName example.com', ''],
    ['ServerName {{ name }}', 'ServerName example.com'],
    ['', 'ServerName example.com'],
  ] as const)
    assert.ok(found(main, host).includes('certificate-missing'), `${main}\n${host}`);
});
