import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forgetLines } from '../../../../src/languages/nginx/parse/lines.ts';
import { parse } from '../../../../src/languages/nginx/parse/parse.ts';
import { PlainLine } from '../../../../src/languages/nginx/parse/plain-line.ts';
import type { Directive } from '../../../../src/languages/nginx/parse/tree.ts';
import { createDocument } from '../../../../src/text/document.ts';
import { randomNumbers } from '../../../support/random.ts';

const reader = new PlainLine();

const names = ['listen', 'root', 'location', 'map', 'if', 'default', 'unknown_name', 'content_by_lua_block', 'http2'];
const pieces = [
  ...['a', '/srv/www', '443', 'ssl', '=', '~*', '^~', '__NAME__', 'a__b', '@name', '%name%', '!NAME!', '<name>'],
  ...['"a b"', "'", 'a"b', '$host', '\\.php', 'a{2}', '{name}', '{', '}', ';', ';;', '#', '\t', '  ', 'ü', '|', '('],
];

test('a line that is read in one go says what the lexer says of it', () => {
  const random = randomNumbers(11);
  const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)] ?? '';
  let inOneGo = 0;
  for (let turn = 0; turn < 1500; turn++) {
    const words = Array.from({ length: random() * 4 }, () => pick(pieces)).join(random() < 0.8 ? ' ' : '');
    const line = `${pick(names)} ${words}${random() < 0.7 ? ';' : ' {'}${random() < 0.1 ? ' a b;' : ''}`;
    if (/\{[{%#]|<%/.test(line)) continue;
    if (reader.read(line, 0, line.length)) inOneGo++;
    const text = `events {\n}\n${turn % 3 === 0 ? 'map $a $b {\n' : ''}  ${line}\n`;
    // With marks of a template no line is taken whole; these stand in a comment.
    assert.deepEqual(outlineOf(text), outlineOf(`${text}# {{ x }}`), line);
  }
  assert.ok(inOneGo > 150, String(inOneGo));
});

test('words that may be more than they look like are left to the lexer', () => {
  for (const line of ['location /a{', 'proxy_pass {name};', 'root a__b;', 'set $a b;', 'root "a";', 'root a']) {
    assert.equal(reader.read(line, 0, line.length), false, line);
  }
});

/** Directives, and where something is wrong but for the end of the text. */
function outlineOf(text: string): unknown {
  forgetLines();
  const { directives, problems } = parse(createDocument('/site.conf', text));
  return { directives: directives.map(plain), problems: problems.map(({ kind, message }) => ({ kind, message })) };
}

function plain({ start, nameWord, args, block, ending }: Directive): unknown {
  return { start, nameWord, args, ending, content: block?.content, directives: block?.directives.map(plain) };
}
