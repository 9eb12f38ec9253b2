import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { createDocument, positionAt } from '../../src/text/document.ts';
import type { Program } from '../../src/tls/target.ts';
import { analyseText } from '../support/analyse.ts';
import { sampleTime } from './support/sample-files.ts';

const expected = 'test/fixtures/expected/as-written.txt';

/** Servers and templates as people have them, each finding of which was looked at: anything else is a false alarm or a miss. */
test('configurations as people write them have the findings that were looked at, and no others', () => {
  const lines = (['nginx', 'apache', 'django'] as const).flatMap((language) =>
    readdirSync(`test/fixtures/${language}/as-written`)
      .sort()
      .flatMap((name) => linesOf(name, language)),
  );
  const found = `${lines.join('\n')}\n`;
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(expected, found);
  assert.equal(found, readFileSync(expected, 'utf8'));
});

function linesOf(name: string, language: Program): readonly string[] {
  const text = readFileSync(`test/fixtures/${language}/as-written/${name}`, 'utf8');
  const file = name.endsWith('.htaccess') ? '/work/.htaccess' : `/work/${name}`;
  const document = createDocument(file, text);
  const { findings } = analyseText(text, { language, file, now: sampleTime });
  return findings.map(({ rule, severity, location }) => {
    const { line } = positionAt(document, location.range.start);
    return `${name}:${line + 1}: ${severity} ${rule}`;
  });
}
