import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../../support/analyse.ts';

/** The rules that speak, with the text that they mark. */
function found(issuer: string, certificate = 'le', resolver = 'resolver 127.0.0.53;') {
  const text = `events {}
http {
  ${resolver}
  acme_issuer le { ${issuer} }
  server { listen 80; server_name example.com; return 301 https://example.com$request_uri; }
  server {
    listen 443 ssl;
    server_name example.com;
    acme_certificate ${certificate};
    ssl_certificate $acme_certificate;
    ssl_certificate_key $acme_certificate_key;
  }
}
`;
  const { findings } = analyseText(text, { language: 'nginx', file: '/work/nginx.conf', target: 'nginx=1.29.4' });
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ rule, effect, location: { range } }) => [rule, effect, text.slice(range.start, range.end)]);
}

const uri = 'uri https://ca.example/directory;';

test('nginx does not start with a challenge or a key that its ACME module has not', () => {
  for (const challenge of ['http', 'http-01', 'tls-alpn', 'tls-alpn-01', 'dns-persist-01'])
    assert.deepEqual(found(`${uri} challenge ${challenge};`), [], challenge);
  assert.deepEqual(found(`${uri} challenge dns-01;`), [['invalid-value', 'start', 'dns-01']]);
  for (const key of ['rsa', 'rsa:3072', 'ecdsa:521', 'ml-dsa-65', '/etc/nginx/account.key'])
    assert.deepEqual(found(`${uri} account_key ${key};`), [], key);
  assert.deepEqual(found(`${uri} account_key rsa:1024;`), [['invalid-value', 'start', 'rsa:1024']]);
  assert.deepEqual(found(uri, 'le www.example.com key=ecdsa:512'), [['invalid-value', 'start', 'key=ecdsa:512']]);
});

test('an issuer needs the address of its CA, and a resolver to find it', () => {
  assert.deepEqual(found(''), [['incomplete-block', 'start', 'acme_issuer']]);
  assert.deepEqual(found(uri, 'le', ''), [['managed-certificate-unobtainable', 'start', 'acme_certificate le;']]);
});

test('of the challenge of an issuer that is not defined nothing is said', () => {
  assert.deepEqual(found(`${uri} challenge tls-alpn-01;`, 'lx'), [['undefined-name', 'start', 'lx']]);
});
