import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differencesFrom } from '../../../src/operations/running/answering-endpoint.ts';
import { analyseText, unseenFile } from '../../support/analyse.ts';

/** What is said of an answer by TLS 1.3 for a name. */
function saidOf(text: string, host: string): readonly string[] {
  const { model, project } = analyseText(`events {}\nhttp {\n${text}\n}\n`, { file: '/etc/nginx/nginx.conf' });
  const answer = { protocol: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256', group: undefined, leaf: undefined };
  const target = { host, port: 443, startTls: undefined };
  return differencesFrom(
    [{ model, project, certificateFile: unseenFile }],
    answer,
    target,
    new Date(0),
    (file) => file,
  ).map(({ sentence }) => sentence);
}

/** Labels of the sites that an answer for a name is held against. */
function heldAgainst(text: string, host: string): readonly string[] {
  return saidOf(text, host).map((sentence) => /\((server [^)]*)\)/.exec(sentence)?.[1] ?? sentence);
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

test('what answers over TCP is held against no site of QUIC or of another port', () => {
  const text = [server('quic.example.com', '443 quic'), server('other.example.com', '8443'), server('a.example.com')];
  assert.deepEqual(heldAgainst(text.join('\n'), 'nobody.example.com'), ['server a.example.com']);
  assert.deepEqual(heldAgainst(text.slice(0, 2).join('\n'), 'nobody.example.com'), []);
});

test('where it answers otherwise, the place of the listener and the difference are named', () => {
  const site = (protocols: string) => server('a.example.com').replace('ssl;', `ssl; ssl_protocols ${protocols};`);
  assert.deepEqual(saidOf(site('TLSv1.3'), 'a.example.com'), [
    'It answers as /etc/nginx/nginx.conf:3 says (server a.example.com).',
  ]);
  const [other = ''] = saidOf(site('TLSv1.2'), 'a.example.com');
  assert.match(other, /^It does not answer as \S+:3 says \(.*\): it speaks TLS 1\.3, configured is TLS 1\.2\. Reload /);
});
