import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';

function found(certificate: string, more = '') {
  const text = `server {
  listen 443 ssl;
  server_name example.com;
  ssl_certificate ${certificate};
  ssl_certificate_key /etc/ssl/example.com.key;
  ssl_stapling on;
  ${more}
}
`;
  const { findings } = analyseText(text, { language: 'nginx', file: '/work/site.conf' });
  return findings.filter(({ rule }) => rule === 'stapling-no-responder').map(({ severity }) => severity);
}

test('a certificate that Certbot keeps elsewhere is most likely without a responder, others are not known', () => {
  assert.deepEqual(found('/etc/letsencrypt/live/example.com/fullchain.pem'), ['hint']);
  assert.deepEqual(found('/etc/ssl/example.com.crt'), []);
  assert.deepEqual(found('/etc/letsencrypt/live/example.com/fullchain.pem', 'ssl_stapling_responder http://o/;'), []);
});
