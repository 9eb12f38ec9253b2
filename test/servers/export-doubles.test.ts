import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createWorkplace, type Workplace } from '../support/issuance.ts';

let place: Workplace;
before(() => {
  place = createWorkplace();
  const entry = (name: string, names: string, more: string) =>
    `  "${name}": { names: [${names}], issuer: p, challenge: ${more} }\n`;
  const webroot = '{ webroot: /srv/www }';
  writeFileSync(
    join(place.folder, 'tls-workbench.yaml'),
    `issuers: { p: { directory: letsencrypt-staging, agreeToTerms: true } }\ncertificates:\n${[
      entry('example.com', 'example.com', webroot),
      entry('*.example.com', '"*.example.com"', '{ type: dns-01 }'),
      entry('rsa', 'example.com, x.example.com', `${webroot}, key: rsa-2048`),
      entry('again', 'x.example.com', webroot),
    ].join('')}`,
  );
});
after(() => place.remove());

test('a name of two certificates is Caddy’s once, which refuses a file that has it twice', async () => {
  const { code, stdout, stderr } = await place.run('export', 'caddy');
  assert.equal(code, 0);
  const file = join(place.folder, 'Caddyfile');
  writeFileSync(file, stdout);
  execFileSync('caddy', ['validate', '--adapter', 'caddyfile', '--config', file], {
    env: { ...process.env, HOME: place.folder },
    stdio: 'pipe',
  });
  assert.deepEqual(stdout.match(/^\S.*(?= \{$)/gm), ['example.com', '*.example.com', 'x.example.com']);
  assert.match(stderr, /^rsa: Caddy has one certificate for each name, and example\.com is above already\.$/m);
  assert.match(stderr, /^again: Caddy .* x\.example\.com is above already\.$/m);
});

test('no certificate takes the place of another one in certbot’s folder', async () => {
  const { stdout, stderr } = await place.run('export', 'certbot');
  const names = [...stdout.matchAll(/--cert-name (\S+)/g)].map(([, name]) => name);
  assert.deepEqual(names, ['example.com', 'example.com-2', 'rsa', 'again']);
  assert.match(stderr, /^\*\.example\.com: certbot keeps its files in \/etc\/letsencrypt\/live\/example\.com-2;/m);
});
