import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';

test('CAs that are named for trust alone are enough since nginx 1.27.2', () => {
  const found = (lines: string, nginx: string) => {
    const tls = 'listen 443 ssl; ssl_certificate a.crt; ssl_certificate_key a.key; ssl_verify_client on;';
    const text = `events {}\nhttp { server { ${tls} ${lines} } }\n`;
    const { findings } = analyseText(text, { file: '/etc/nginx/nginx.conf', target: `debian=13,nginx=${nginx}` });
    return findings.filter(({ rule }) => rule === 'client-ca-missing').length;
  };
  assert.equal(found('ssl_trusted_certificate ca.crt;', '1.26.3'), 1);
  assert.equal(found('ssl_trusted_certificate ca.crt;', '1.27.1'), 1);
  assert.equal(found('ssl_trusted_certificate ca.crt;', '1.27.2'), 0);
  assert.equal(found('ssl_client_certificate ca.crt;', '1.26.3'), 0);
  assert.equal(found('', '1.28.0'), 1);
});
