import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';

test('suites that an engine may bring are neither unknown nor gone, and nothing takes them out', () => {
  const told = (ciphers: string) => {
    const text = `server { listen 443 ssl; ssl_certificate a.crt; ssl_certificate_key engine:gost:a; ssl_ciphers ${ciphers}; }\n`;
    const { findings } = analyseText(text, { language: 'nginx', file: '/etc/nginx/conf.d/a.conf' });
    return findings.map(({ rule }) => rule).filter((rule) => /^cipher-(?:unknown|refused|none)$/.test(rule));
  };
  assert.deepEqual(told('GOST2012-GOST8912-GOST8912:GOST2001-GOST89-GOST89:kGOST:HIGH'), []);
  assert.deepEqual(told('GOST2012-GOST8912-GOST8912'), []);
  assert.deepEqual(told('kGOST:RC4'), []);
  assert.deepEqual(told('RC4:!GOST'), ['cipher-none']);
  assert.deepEqual(told('GOAST2012:RC4-SHA:HIGH'), ['cipher-unknown', 'cipher-refused']);
});
