import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { hereDocuments, withoutShell } from '../../src/analysis/project/here-documents.ts';

const seed = Number(process.env['SEED'] ?? 20_261_127);
const count = process.env['JUDGE'] === 'full' ? 1500 : 150;
const parts = [
  '\\$host',
  '\\$',
  '\\\\',
  '\\`',
  '\\"',
  '\\.php',
  '\\\n',
  '$',
  ' ',
  '\n',
  '{',
  '}',
  ';',
  '"',
  "'",
  'a',
  '#',
];

/** Numbers from 0 up to a limit, the same for a seed. */
function* numbers(from: number, limit: number): Generator<number, never> {
  for (let state = from >>> 0; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield Math.floor((state / 2 ** 32) * limit);
  }
}

/** Where a name or a brace follows a "$", the shell puts something in. */
function isFilledIn(text: string): boolean {
  return /\$[\w{(@*#?$!-]/.test(text.replace(/\\([$\\`\n])/g, (_, sign: string) => (sign === '\n' ? '' : ' ')));
}

test('texts are read as the shell writes them', () => {
  const picks = numbers(seed, parts.length);
  let judged = 0;
  while (judged < count) {
    const body = Array.from({ length: 12 }, () => parts[picks.next().value]).join('');
    // A backslash before the last line end joins the end mark to it.
    if (isFilledIn(body) || /(?<!\\)(?:\\\\)*\\(?:\n*$)/.test(body)) continue;
    judged++;
    const script = `cat <<EOF\n${body}\nEOF\n`;
    const { stdout, status } = spawnSync('sh', { input: script, encoding: 'utf8' });
    assert.equal(status, 0, script);
    const [here] = hereDocuments(script);
    assert.ok(here, script);
    const { start, end } = here.range;
    const read = withoutShell(script.slice(start, end));
    // Where lines are joined, a blank stands for the line end.
    const written = stdout.replace(/\n$/, '');
    assert.equal(read.replaceAll('\uE000 ', '').replaceAll('\uE000', ''), written, JSON.stringify(script));
  }
});
