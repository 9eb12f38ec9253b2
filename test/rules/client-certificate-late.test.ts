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
  assert.equal(late('none', 'SSLVerifyClient require\nSatisfy All')[0]?.severity, 'error');
});

// A real Apache 2.4.71 answered 200 over TLS 1.3 to a client without a certificate and without post-handshake authentication.
test('where nothing else is required, Satisfy Any lets everybody in', () => {
  const late = (inside: string, mode = 'none') =>
    all(`SSLVerifyClient ${mode}`, inside).filter(({ rule }) => rule === 'client-certificate-late');
  const open = 'SSLVerifyClient require\nSatisfy Any';
  const root = '</Location>\n<Directory />\nRequire all denied\n</Directory>\n<Location /b>';
  const folder = `${root}\n</Location>\n<Directory /srv>\nRequire all granted\n</Directory>\n<Location /c>`;
  for (const inside of [
    open,
    `${open}\nOrder deny,allow\nDeny from all\nAllow from 10.0.0.0/8`,
    `${open}\n${folder}`,
  ]) {
    const [report, ...others] = late(inside);
    assert.deepEqual(others, []);
    assert.equal(`${report?.severity} ${report?.effect}`, 'warning security', inside);
    assert.match(report?.message ?? '', /everybody gets in without one/);
    const both = /in place of the line that asks for it and of Satisfy Any\.$/.test(report?.message ?? '');
    assert.equal(both, !inside.includes('Deny'));
  }
  assert.equal(late(open, 'optional').length, 1);
  const snippet = all('', open, '').find(({ rule }) => rule === 'client-certificate-late');
  assert.match(snippet?.message ?? '', /gets in without one, unless another file refuses them/);
  // The handshake demands one already, another section may refuse, and who is only asked gets in anyway.
  assert.deepEqual(late(open, 'require'), []);
  assert.deepEqual(late(`${open}\n${root}`), []);
  assert.deepEqual(late('SSLVerifyClient optional\nSatisfy Any'), []);
  // What it says last counts, and an include may require something.
  assert.equal(late(`${open}\nSatisfy All`)[0]?.severity, 'error');
  assert.deepEqual(late(`${open}\nInclude conf/access.conf`), []);
  assert.deepEqual(late(`${open}\n</Location>\nInclude conf/access.conf\n<Location /b>`), []);
});

// With Satisfy Any, and nothing that Deny refuses, neither would be asked for any more.
test('its advice takes Satisfy Any out where Deny refuses nobody', () => {
  const password = 'AuthType Basic\nAuthName x\nAuthUserFile /etc/users\nRequire valid-user';
  const advice = (inside: string) =>
    all('SSLVerifyClient optional', `${inside}\n${password}\nSSLVerifyClient require\nSatisfy Any`).find(
      ({ rule }) => rule === 'client-certificate-late',
    )?.message;
  assert.match(advice('') ?? '', /in place of the line that asks for it and of Satisfy Any\.$/);
  assert.match(advice('Deny from all') ?? '', /in place of the line that asks for it\.$/);
  assert.match(advice('Order allow,deny') ?? '', /in place of the line that asks for it\.$/);
  assert.match(advice('Order allow,deny\nAllow from all') ?? '', /and of Satisfy Any\.$/);
});
