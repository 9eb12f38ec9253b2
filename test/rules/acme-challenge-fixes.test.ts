import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';

/** The text of the server when the fix is applied, and the rules that report then. */
function mended(location: string) {
  const text = `events {}\nhttp {\n  server {\n    listen 80;\n    auth_basic closed;\n    auth_basic_user_file u;\n    ${location}\n  }\n}\n`;
  const options = { language: 'nginx', file: '/work/nginx.conf' } as const;
  const found = analyseText(text, options).findings.find(({ rule }) => rule === 'acme-challenge-unreachable');
  const after = applyEdits(text, found?.fixes[0]?.edits ?? []);
  const rules = analyseText(after, options).findings.map(({ rule }) => rule);
  const line = after.slice(after.indexOf('    location'), after.lastIndexOf('  }\n}')).trim().replace(/\s+/g, ' ');
  return [line, rules.filter((rule) => /acme|alias/.test(rule))];
}

test('a root that leads to the folder for challenges stays, and the path is opened', () => {
  assert.deepEqual(mended('location /.well-known/acme-challenge/ { root /srv/acme; }'), [
    'location /.well-known/acme-challenge/ { auth_basic off; root /srv/acme; }',
    [],
  ]);
});

test('an alias is written with a slash at its end where the location has one', () => {
  assert.deepEqual(mended('location /.well-known/acme-challenge { alias /srv/acme; }'), [
    'location /.well-known/acme-challenge { auth_basic off; alias /srv/acme; }',
    [],
  ]);
});
