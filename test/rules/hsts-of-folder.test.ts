import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';

function found(text: string) {
  const { findings } = analyseText(text, { language: 'apache', file: '/srv/www/.htaccess' });
  return findings.filter(({ rule }) => rule.startsWith('hsts'));
}

const within = (lines: string) => `<IfModule mod_headers.c>\n${lines}</IfModule>\n`;

test('HSTS of a .htaccess by itself is read as browsers read it, and mended where it stands', () => {
  const text = within('Header set Strict-Transport-Security "max-age=31536000, includeSubDomains" env=HTTPS\n');
  const [report, ...others] = found(text);
  assert.deepEqual([report?.rule, report?.severity, others.length], ['hsts-invalid', 'warning', 0]);
  const mended = applyEdits(text, report?.fixes[0]?.edits ?? []);
  assert.match(mended, /"max-age=63072000" env=HTTPS$/m);
  assert.deepEqual(found(mended), []);
  const short = found('Header always set Strict-Transport-Security "max-age=8640000"\n');
  assert.deepEqual(
    short.map(({ rule, severity }) => `${rule} ${severity}`),
    ['hsts-short warning'],
  );
});

test('what a request decides, and a folder without it, is left alone', () => {
  assert.deepEqual(found('Header set Strict-Transport-Security "max-age=5" env=SECURE\n'), []);
  assert.deepEqual(found('Header set X-Frame-Options DENY\n'), []);
  assert.deepEqual(found('Header unset Strict-Transport-Security\n'), []);
});
