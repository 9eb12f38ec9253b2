import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';

/** The messages of a rule about a whole configuration with this list. */
function said(rule: string, ciphers: string, more = '', target = 'debian=13'): readonly string[] {
  const text = `events {}
http {
  server {
    listen 443 ssl;
    ssl_certificate a.crt;
    ssl_certificate_key a.key;
    ssl_ciphers ${ciphers};
    ${more}
  }
}
`;
  const { findings } = analyseText(text, { language: 'nginx', file: '/work/nginx.conf', target });
  return findings.filter((finding) => finding.rule === rule).map(({ message }) => message);
}

const parameters = 'ssl_dhparam dh.pem;';

test('suites that need DH parameters are not offered where there are none', () => {
  const list = 'ECDHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES128-SHA256:ECDHE-RSA-AES128-SHA256';
  assert.match(said('cipher-cbc', list)[0] ?? '', /^1 of the 2 cipher suites offered/);
  assert.match(said('cipher-cbc', list, parameters)[0] ?? '', /^2 of the 3 cipher suites offered/);
  const anonymous = 'ECDHE-RSA-AES128-GCM-SHA256:ADH-AES128-GCM-SHA256:@SECLEVEL=0';
  assert.deepEqual(said('cipher-weak', anonymous), []);
  assert.equal(said('cipher-weak', anonymous, parameters).length, 1);
});

test('a message tells a part of the suites only where others are in order', () => {
  const [one, other] = ['ECDHE-RSA-AES128-SHA256', 'ECDHE-RSA-AES256-SHA384'];
  assert.match(said('cipher-cbc', one)[0] ?? '', /^1 cipher suite offered is in CBC mode/);
  assert.match(said('cipher-cbc', `${one}:${other}`)[0] ?? '', /^2 cipher suites offered are in CBC mode/);
});

test('what the OpenSSL of SUSE or Red Hat makes of a policy is not known here', () => {
  assert.deepEqual(said('cipher-no-forward-secrecy', 'DEFAULT_SUSE'), []);
  assert.deepEqual(said('cipher-no-forward-secrecy', 'PROFILE=SYSTEM'), []);
  assert.equal(said('cipher-no-forward-secrecy', 'DEFAULT').length, 1);
});
