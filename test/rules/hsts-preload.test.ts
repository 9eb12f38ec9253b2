import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';

const text = (header: string, other = '') => `events {}
http {
  ssl_certificate a.crt;
  ssl_certificate_key a.key;
  add_header Strict-Transport-Security ${header};
  server { listen 80; server_name a.example.com; return 301 https://b.example.com$request_uri; }
  server { listen 443 ssl; server_name a.example.com; root /srv/a; }
  ${other}
}
`;

function fixOf(before: string) {
  const { findings } = analyseText(before, { language: 'nginx', file: '/work/nginx.conf' });
  const fix = findings.find(({ rule }) => rule === 'hsts-preload')?.fixes[0];
  assert.ok(fix, before);
  return fix;
}

const passing = '"max-age=63072000; includeSubDomains; preload"';

test('"preload" is taken out safely where nobody has use for it, and the header else stays as it is', () => {
  const before = text(passing);
  assert.equal(fixOf(before).safe, true);
  assert.equal(applyEdits(before, fixOf(before).edits), before.replace('; preload', ''));
});

test('a site that the list may have needs the word in a header that it shares', () => {
  const other = 'server { listen 443 ssl; server_name example.org; root /srv/b; }';
  assert.equal(fixOf(text(passing, other)).safe, false);
  assert.equal(fixOf(text('"max-age=63072000; preload" always', other)).safe, true);
});
