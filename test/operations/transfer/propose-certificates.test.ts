import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importModels } from '../../../src/operations/transfer/propose-certificates.ts';
import { analyseText } from '../../support/analyse.ts';

function challengeFor(text: string) {
  const { model } = analyseText(`events {}\nhttp {\n${text}\n}\n`, { file: '/etc/nginx/nginx.conf' });
  const { certificates, notes } = importModels([model], 'letsencrypt-staging');
  const missing = notes.filter((note) => note.includes('no folder answers'));
  return { challenge: certificates[0]?.fields['challenge'], missing };
}

const secure = (name: string, lines = '') =>
  `server { listen 443 ssl; server_name ${name}; ssl_certificate /tls/a.crt; ssl_certificate_key /tls/a.key; ${lines} }`;
const plain = (name: string, lines: string) => `server { listen 80; server_name ${name}; ${lines} }`;

test('names that are served from one folder share it', () => {
  const both = `${secure('a.example.com b.example.com')} ${plain('a.example.com b.example.com', 'root /srv/a;')}`;
  assert.deepEqual(challengeFor(both).challenge, { type: 'http-01', webroot: '/srv/a' });
});

test('names that are served from folders of their own have each its own', () => {
  const sites = `${secure('a.example.com')} ${secure('b.example.com')} ${plain('a.example.com', 'root /srv/a;')}`;
  const { challenge, missing } = challengeFor(`${sites} ${plain('b.example.com', 'root /srv/b;')}`);
  assert.deepEqual(challenge, { type: 'http-01', webroot: { 'a.example.com': '/srv/a', 'b.example.com': '/srv/b' } });
  assert.deepEqual(missing, []);
  const alias = 'location /.well-known/acme-challenge/ { alias /srv/acme/; }';
  assert.deepEqual(challengeFor(`${sites} ${plain('b.example.com', alias)}`).challenge, {
    type: 'http-01',
    challengeDirectory: { 'a.example.com': '/srv/a/.well-known/acme-challenge', 'b.example.com': '/srv/acme' },
  });
});

test('a name that nobody has on port 80 is answered by the default server there', () => {
  const other = plain('other.example.com', 'root /srv/other;');
  assert.deepEqual(challengeFor(`${secure('a.example.com')} ${other}`).challenge, {
    type: 'http-01',
    webroot: '/srv/other',
  });
});

test('a redirect to HTTPS leads to the folder there', () => {
  const redirect = plain('a.example.com', 'return 301 https://$host$request_uri;');
  assert.deepEqual(challengeFor(`${secure('a.example.com', 'root /srv/a;')} ${redirect}`).challenge, {
    type: 'http-01',
    webroot: '/srv/a',
  });
});

test('names that no folder answers for are named', () => {
  const sites = `${secure('a.example.com b.example.com')} ${plain('a.example.com', 'root /srv/a;')}`;
  const { challenge, missing } = challengeFor(
    `${sites} ${plain('b.example.com', 'proxy_pass http://127.0.0.1:8080;')}`,
  );
  assert.deepEqual(challenge, { type: 'http-01', webroot: '/srv/a' });
  assert.match(missing[0] ?? '', /^b\.example\.com: /);
});
