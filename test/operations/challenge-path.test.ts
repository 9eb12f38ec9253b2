import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPlan } from '../../src/acme/plan/file.ts';
import { proveChallengePaths } from '../../src/operations/challenge-path.ts';
import { analyseText } from '../support/analyse.ts';

const { plan } = await readPlan(
  '/w/tls-workbench.yaml',
  `issuers: { corp: { directory: "https://ca.example.net/dir" } }
certificates:
  a.example.com: { issuer: corp, challenge: { webroot: /srv/www } }
`,
);

function prove(server: string, toLocal?: (path: string) => string) {
  const { model } = analyseText(`events {}\nhttp {\n${server}\n}\n`, {
    language: 'nginx',
    file: '/etc/nginx/nginx.conf',
  });
  const [row] = proveChallengePaths(plan, [model], toLocal);
  assert.ok(row);
  return row;
}

for (const [what, server, verdict, message] of [
  [
    'the same document root',
    'server { listen 80; server_name a.example.com; root /srv/www; }',
    'proved',
    /from \/srv\/www\/\.well-known\/acme-challenge/,
  ],
  ['a wildcard name', 'server { listen 80; server_name *.example.com; root /srv/www; }', 'proved', /./],
  [
    'another document root',
    'server { listen 80; server_name a.example.com; root /var/www; }',
    'broken',
    /from \/var\/www\/\.well-known\/acme-challenge, but the plan puts its files into \/srv\/www/,
  ],
  [
    'a redirect first',
    'server { listen 80; server_name a.example.com; return 301 https://$host$request_uri; }',
    'unknown',
    /with a redirect to/,
  ],
  ['a refusal', 'server { listen 80; server_name a.example.com; return 404; }', 'broken', /with status 404/],
  [
    'no server on port 80',
    'server { listen 443 ssl; server_name a.example.com; }',
    'unknown',
    /No configuration at hand answers/,
  ],
] as const) {
  test(`the way of a challenge: ${what}`, () => {
    const row = prove(server);
    assert.equal(row.verdict, verdict, row.message);
    assert.match(row.message, message);
  });
}

test('where the plan names the folder above or below the one that is served, both ways to say it are told', () => {
  const inside = 'server { listen 80; server_name a.example.com; location / { root /srv/www/public; } }';
  assert.doesNotMatch(prove(inside).message, /Use challengeDirectory/);
  const alias = 'location /.well-known/acme-challenge/ { alias /srv/www/; }';
  const row = prove(`server { listen 80; server_name a.example.com; ${alias} }`);
  assert.equal(row.verdict, 'broken');
  assert.match(row.message, /from \/srv\/www, but .* Use challengeDirectory for the folder itself, webroot for the/);
});

test('only files in a folder have a way', async () => {
  const { plan: others } = await readPlan(
    '/w/tls-workbench.yaml',
    `issuers: { corp: { directory: "https://ca.example.net/dir" } }
certificates:
  a.example.com: { issuer: corp, challenge: { listen: 8080 } }
  b.example.com: { issuer: corp, challenge: { type: dns-01 } }
  c.example.com: { issuer: corp }
`,
  );
  assert.equal(others.certificates.size, 3);
  assert.deepEqual(proveChallengePaths(others, []), []);
});

test('paths on the server are compared by what the workspace has for them', () => {
  const server = 'server { listen 80; server_name a.example.com; root /deployed; }';
  assert.equal(prove(server, (path) => path.replace(/^\/deployed/, '/srv/www')).verdict, 'proved');
});
