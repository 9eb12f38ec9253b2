import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isIgnored } from '../../src/editor/issuance/request/gitignore-lines.ts';
import { proposalsOf } from '../../src/editor/issuance/request/proposals.ts';
import { analyseText } from '../support/analyse.ts';

test('a site on port 80 and its twin on 443 are one proposal, with webroot and certificate paths', () => {
  const { model } = analyseText(`
events {}
http {
  server { listen 80; server_name example.com www.example.com; root /srv/www; }
  server {
    listen 443 ssl;
    server_name www.example.com example.com;
    ssl_certificate /etc/ssl/example.com.pem;
    ssl_certificate_key /etc/ssl/example.com.key;
    location / { proxy_pass http://127.0.0.1:8000; }
  }
}
`);
  assert.deepEqual(
    proposalsOf(model).map(({ label, ...rest }) => rest),
    [
      {
        names: ['example.com', 'www.example.com'],
        file: '/work/site.conf',
        server: 'nginx',
        certificateFile: '/etc/ssl/example.com.pem',
        keyFile: '/etc/ssl/example.com.key',
        challenge: { kind: 'webroot', folder: '/srv/www' },
      },
    ],
  );
});

test('an alias gives the challenge folder itself, a catch-all gives nothing', () => {
  const { model } = analyseText(`
server { listen 80 default_server; server_name _; return 444; }
server {
  listen 80;
  server_name example.org *.example.org;
  location /.well-known/acme-challenge/ { alias /srv/http/acme-challenges/; }
  location / { return 301 https://example.org$request_uri; }
}
`);
  const [only, ...others] = proposalsOf(model);
  assert.deepEqual(others, []);
  assert.deepEqual(only?.names, ['example.org']);
  assert.deepEqual(only?.challenge, { kind: 'challengeDirectory', folder: '/srv/http/acme-challenges' });
});

test('lines of .gitignore that cover a key', () => {
  for (const line of ['*.key', 'tls/', '/tls', 'tls/*.key', '/tls/example.com.key', 'example.com.key']) {
    assert.ok(isIgnored(`node_modules\n${line}\n`, 'tls/example.com.key'), line);
  }
  for (const line of ['*.pem', '# *.key', 'other/', '']) assert.ok(!isIgnored(line, 'tls/example.com.key'), line);
});

test('a star covers the files of its own folder alone, and a later line takes a former one back', () => {
  assert.equal(isIgnored('tls/*.key', 'tls/live/example.com.key'), undefined);
  assert.equal(isIgnored('tls/live/*.key', 'tls/live/example.com.key'), true);
  assert.equal(isIgnored('tls/*', 'tls/live/example.com.key'), true);
  assert.equal(isIgnored('*.key\n!example.com.key', 'tls/example.com.key'), false);
  assert.equal(isIgnored('!*.key\n*.key', 'tls/example.com.key'), true);
});
