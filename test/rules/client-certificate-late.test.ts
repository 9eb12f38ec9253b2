import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';

const found = (host: string, inside: string, start?: string) =>
  all(host, inside, start)
    .filter(({ rule }) => rule === 'client-certificate-late')
    .map(({ severity }) => severity);

const all = (host: string, inside: string, start = 'Listen 443\n') =>
  analyseText(
    `${start}<VirtualHost *:443>
ServerName example.com
SSLEngine on
SSLCertificateFile /etc/ssl/example.com.crt
SSLCertificateKeyFile /etc/ssl/example.com.key
SSLCACertificateFile /etc/ssl/clients-ca.crt
${host}
<Location "/admin">
${inside}
</Location>
</VirtualHost>
`,
    { language: 'apache', file: start === '' ? '/srv/site.conf' : '/etc/apache2/apache2.conf' },
  ).findings;

test('what a path asks is compared with what the handshake of its site asks', () => {
  const modes = ['none', 'optional', 'require'];
  for (const [host, ofHost] of modes.entries()) {
    for (const [path, ofPath] of modes.entries()) {
      const expected = path > host ? ['error'] : [];
      assert.deepEqual(
        found(`SSLVerifyClient ${ofHost}`, `SSLVerifyClient ${ofPath}`),
        expected,
        `${ofHost} ${ofPath}`,
      );
    }
  }
});

test('without TLS 1.3 the handshake can be done anew', () => {
  const rules = (inside: string) => all('SSLProtocol -all +TLSv1.2', inside).map(({ rule }) => rule);
  assert.ok(!rules('SSLVerifyClient require').includes('client-certificate-late'));
  // And TLS 1.3 would break it.
  assert.ok(!rules('SSLVerifyClient require').includes('tls13-missing'));
  assert.ok(rules('SSLVerifyClient none').includes('tls13-missing'));
});

test('what another file may set is no error', () => {
  assert.deepEqual(found('', 'SSLVerifyClient require', ''), ['information']);
  assert.deepEqual(found('SSLVerifyClient none\nSSLProtocol -all +TLSv1.3', 'SSLVerifyClient require', ''), ['error']);
  assert.deepEqual(found('', '<If "true">\nSSLVerifyClient require\n</If>'), []);
});

test('who asks in the handshake already is not told to', () => {
  const said = (mode: string) =>
    all(`SSLVerifyClient ${mode}`, 'SSLVerifyClient require').find(({ rule }) => rule === 'client-certificate-late')
      ?.message;
  assert.match(said('none') ?? '', /Ask for it in the handshake of the whole site, as optional, and let <Location/);
  assert.match(said('optional') ?? '', /Ask for it in the handshake only, and let <Location/);
});

// A real Apache 2.4.71 answered 200 to a password over TLS 1.3, and 401 without one.
test('where a password lets in too, it is information, and what another part says leaves it open', () => {
  const password = 'AuthType Basic\nAuthName x\nAuthUserFile /etc/users\nRequire valid-user';
  const late = (mode: string, inside: string) =>
    all(`SSLVerifyClient ${mode}`, inside).filter(({ rule }) => rule === 'client-certificate-late');
  const [report, ...others] = late('none', `${password}\nSSLVerifyClient require\nSatisfy Any`);
  assert.deepEqual(others, []);
  assert.equal(report?.severity, 'information');
  assert.match(report?.message ?? '', /other way alone/);
  assert.deepEqual(late('optional', `${password}\nSSLVerifyClient optional\nSatisfy Any`), []);
  assert.deepEqual(late('none', 'SSLVerifyClient require\n</Location>\n<Location /x>\nSatisfy any'), []);
  // Nothing else is asked: over TLS 1.3 everybody gets in, and nobody 403.
  assert.deepEqual(late('none', 'SSLVerifyClient require\nSatisfy Any'), []);
  assert.equal(late('none', 'SSLVerifyClient require\nSatisfy All')[0]?.severity, 'error');
});
