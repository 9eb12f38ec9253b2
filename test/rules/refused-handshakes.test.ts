import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';
import { sampleFile } from './support/sample-files.ts';

const pair = 'ssl_certificate /a.crt; ssl_certificate_key /a.key;';
const headers = 'add_header Strict-Transport-Security "max-age=63072000" always; http2 on;';
const served = `server { listen 443 ssl; server_name a.example; ${pair} ${headers} ssl_ciphers ECDHE+AESGCM; return 204; }`;
const refusing = (lines: string) => `server { listen 443 ssl default_server; ssl_reject_handshake on; ${lines} }`;

function found(http: string): readonly string[] {
  const text = `events {}\nhttp {\n${http}\n}\n`;
  const { findings } = analyseText(text, { language: 'nginx', file: '/etc/nginx/nginx.conf' });
  return findings.filter(({ severity }) => severity !== 'information').map(({ rule }) => rule);
}

test('what a server would offer that refuses every handshake is offered to nobody', () => {
  assert.deepEqual(found(`${served} ${refusing('')}`), []);
  const weak = 'ssl_ciphers ALL:@SECLEVEL=0;';
  assert.deepEqual(found(`${served} ${refusing(weak)}`), []);
  assert.deepEqual(found(`${served} ${refusing(weak).replace(' default_server', '')}`), ['default-server-trap']);
});

test('what stops the start does so there too', () => {
  assert.deepEqual(found(`${served} ${refusing('ssl_ciphers NONE;')}`), ['cipher-none']);
  assert.deepEqual(found(`${served} ${refusing('ssl_ecdh_curve none;')}`), ['group-unknown']);
});

test('protocols of the default server are offered for all names, and a list around both is one of the other too', () => {
  assert.deepEqual(found(`${served} ${refusing('ssl_protocols TLSv1.2;')}`), ['tls13-missing']);
  assert.deepEqual(found(`ssl_protocols TLSv1.2; ${served} ${refusing('')}`), ['tls13-missing']);
  const own = served.replace('ssl_ciphers ECDHE+AESGCM;', '');
  const weak = 'ssl_ciphers ECDHE+AESGCM:AES128-GCM-SHA256;';
  assert.deepEqual(found(`${weak} ${own} ${refusing('')}`), ['cipher-no-forward-secrecy']);
  assert.deepEqual(found(`${served} ${refusing('ssl_ecdh_curve secp521r1;')}`), [
    'group-no-post-quantum',
    'group-hello-retry',
  ]);
});

test('a server that hangs up on everybody may leave handshakes nothing, as nginx-proxy does where it has no certificate', () => {
  const lines =
    'http2 on; ssl_ciphers aNULL; set $empty ""; ssl_certificate data:$empty; ssl_certificate_key data:$empty;';
  const rest = (end: string) => `server { listen 80; listen 443 ssl default_server; server_name _; ${lines} ${end} }`;
  assert.deepEqual(found(`${served} ${rest('if ($https) { return 444; } return 503;')}`), []);
  assert.deepEqual(found(`${served} ${rest('return 503;')}`), ['cipher-none']);
});

test('the certificate of a server that sends nothing is looked at by nobody', () => {
  const inServer = (lines: string) => {
    const text = `events {}\nhttp { server { listen 443 ssl; ssl_certificate /expired.crt; ssl_certificate_key /a.key; ${lines} } }\n`;
    const { findings } = analyseText(text, {
      language: 'nginx',
      file: '/etc/nginx/nginx.conf',
      certificates: sampleFile,
    });
    return findings.some(({ rule }) => rule === 'certificate-expired');
  };
  assert.equal(inServer('return 444;'), false);
  assert.equal(inServer('ssl_reject_handshake on;'), false);
  assert.equal(inServer('return 403;'), true);
  assert.equal(inServer('location / { return 444; } location /api { proxy_pass http://127.0.0.1:1; }'), true);
});
