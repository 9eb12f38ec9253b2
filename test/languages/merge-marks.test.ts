import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';

const conflict = (ours: string, theirs: string) => `<<<<<<< HEAD\n  ${ours}\n=======\n  ${theirs}\n>>>>>>> feature\n`;

const errors = (text: string, language: 'nginx' | 'apache') =>
  analyseText(text, { language }).findings.filter(({ severity, effect }) => severity === 'error' && effect === 'start');

test('nginx: what a merge has left is told at its lines, and headers between them lack no quotes', () => {
  const hsts = (age: number) => `add_header Strict-Transport-Security "max-age=${age}" always;`;
  const found = errors(
    `events {}\nhttp {\n${conflict(`ssl_protocols TLSv1.3;\n  ${hsts(600)}`, hsts(60))}}\n`,
    'nginx',
  );
  assert.deepEqual([...new Set(found.map(({ rule }) => rule))], ['unknown-directive']);
  for (const { message, fixes } of found) {
    assert.match(message, /A merge is not finished here: keep one of the versions/);
    assert.deepEqual(fixes, []);
  }
});

test('Apache: its first line is no section that has to be closed', () => {
  const found = errors(`Listen 80\n${conflict('ServerName a.test', 'ServerName b.test')}`, 'apache');
  const [first] = found;
  assert.equal(first?.rule, 'section-tags');
  assert.match(first?.message ?? '', /A merge is not finished here/);
  for (const { fixes } of found) assert.deepEqual(fixes, []);
});
