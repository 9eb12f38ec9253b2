import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyFixes } from '../../src/analysis/fix.ts';
import { migrationOf } from '../../src/analysis/migration.ts';
import { analyseText } from '../support/analyse.ts';

/** The text after a migration, and what is left. */
function migrate(text: string, from: string, to: string, language: 'nginx' | 'apache' = 'nginx') {
  const before = analyseText(text, { target: from, language });
  const after = analyseText(text, { target: to, language });
  const { fixes, left } = migrationOf(before.findings, after.findings);
  const [result = text] = applyFixes(fixes, () => text).values();
  return { text: result, left: left.map(({ rule, message }) => `${rule}: ${message}`) };
}

const site = (lines: string): string => `events {}
http {
    server {
        ${lines}
        server_name example.com;
        ssl_protocols TLSv1.2 TLSv1.3;
        ssl_certificate /etc/ssl/example.com.pem;
        ssl_certificate_key /etc/ssl/example.com.key;
    }
}
`;

test('HTTP/2 moves from the address to the site where nginx has it there', () => {
  const old = site('listen 443 ssl http2;');
  assert.match(migrate(old, 'debian=12', 'debian=13').text, /listen 443 ssl;\n[\s\S]*http2 on;/);
  assert.equal(migrate(old, 'debian=11', 'debian=12').text, old, 'nginx 1.22 has it at the address only');
});

test('and back, where an older nginx does not know the directive', () => {
  const { text, left } = migrate(site('listen 443 ssl;\n        http2 on;'), 'debian=13', 'debian=12');
  assert.match(text, /listen 443 ssl http2;/);
  assert.doesNotMatch(text, /http2 on;/);
  assert.deepEqual(left, []);
});

test('"ssl on" becomes a parameter of the address where nginx has dropped it', () => {
  const { text } = migrate(site('listen 443;\n        ssl on;'), 'debian=11', 'debian=13');
  assert.match(text, /listen 443 ssl;/);
  assert.doesNotMatch(text, /ssl on;/);
});

test('what no fix mends is named', () => {
  const { left } = migrate(site('listen 443 ssl;\n        ssl_reject_handshake on;'), 'debian=12', 'debian=10');
  assert.equal(left.length, 1);
  assert.match(left[0] ?? '', /^directive-version: .*"ssl_reject_handshake": it came with 1\.19\.4/);
});

test('Apache: what 2.4 renamed is renamed', () => {
  const text = 'MaxClients 100\nNameVirtualHost *:443\nListen 443\n';
  assert.equal(migrate(text, 'debian=12', 'debian=13', 'apache').text, 'MaxRequestWorkers 100\nListen 443\n');
});

test('what is wrong in every version is no matter of a migration', () => {
  const text = site('listen 443 ssl;\n        lsten 80;');
  assert.equal(migrate(text, 'debian=12', 'debian=12').text, text);
});
