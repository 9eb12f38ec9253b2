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
  for (const target of ['openssl=3.0', 'nginx=1.26.3,openssl=3.5']) {
    assert.deepEqual(said('cipher-no-forward-secrecy', 'DEFAULT_SUSE', '', target), []);
    assert.deepEqual(said('cipher-no-forward-secrecy', 'PROFILE=SYSTEM', '', target), []);
    for (const rule of ['cipher-none', 'cipher-unknown', 'invalid-value']) {
      assert.deepEqual(said(rule, 'PROFILE=SYSTEM', 'proxy_ssl_ciphers PROFILE=SYSTEM;', target), []);
    }
  }
  assert.equal(said('cipher-no-forward-secrecy', 'DEFAULT').length, 1);
});

test('where the target is known to be a Debian, a policy stops the server, and that is told once', () => {
  const [message = ''] = said('cipher-none', 'PROFILE=SYSTEM', '', 'debian=13');
  assert.match(message, /^"PROFILE=SYSTEM" is a policy of Red Hat's or SUSE's OpenSSL, .* does not start/);
  assert.match(said('cipher-none', '@SYSTEM:HIGH', '', 'ubuntu=22.04')[0] ?? '', /^"@SYSTEM" is a policy/);
  assert.deepEqual(said('cipher-unknown', 'PROFILE=SYSTEM', '', 'debian=13'), []);
  assert.deepEqual(said('cipher-none', 'PROFILE=SYSTEM:HIGH', '', 'debian=13'), []);
});
