import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differencesFrom } from '../../../src/operations/running/answering-endpoint.ts';
import { analyseText, unseenFile } from '../../support/analyse.ts';

/** Labels of the sites that an answer for a name is held against. */
function heldAgainst(text: string, host: string): readonly string[] {
  const { model, project } = analyseText(`events {}\nhttp {\n${text}\n}\n`, { file: '/etc/nginx/nginx.conf' });
  const answer = { protocol: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256', group: undefined, leaf: undefined };
  const target = { host, port: 443, startTls: undefined };
  return differencesFrom(
    [{ model, project, certificateFile: unseenFile }],
    answer,
    target,
    new Date(0),
    (file) => file,
  ).map(({ sentence }) => /\((server [^)]*)\)/.exec(sentence)?.[1] ?? sentence);
}

const server = (names: string, listen = '443') =>
  `server { listen ${listen} ssl; server_name ${names}; ssl_certificate a.pem; ssl_certificate_key a.key; }`;

test('an exact name comes before a wildcard that stands first, and a longer wildcard before a shorter one', () => {
  const text = [server('_'), server('*.example.com'), server('*.a.example.com'), server('shop.example.com')].join('\n');
  assert.deepEqual(heldAgainst(text, 'shop.example.com'), ['server shop.example.com']);
  assert.deepEqual(heldAgainst(text, 'b.a.example.com'), ['server *.a.example.com']);
  assert.deepEqual(heldAgainst(text, 'x.y.example.com'), ['server *.example.com']);
});

test('a name that nobody has is for the default server, and an expression for its own', () => {
  const text = [server('a.example.com'), server('~^w\\d+\\.example\\.com$')].join('\n');
  assert.deepEqual(heldAgainst(text, 'nobody.example.com'), ['server a.example.com']);
  assert.deepEqual(heldAgainst(text, 'w1.example.com'), ['server ~^w\\d+\\.example\\.com$']);
});
