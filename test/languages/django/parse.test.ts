import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseDjango } from '../../../src/languages/django/parse/parse.ts';
import { createDocument } from '../../../src/text/document.ts';
import { analyseFiles, found, usual } from './project.ts';

describe('hostile texts', () => {
  const parts: Readonly<Record<string, string>> = {
    parentheses: '(',
    brackets: '[',
    'nested tuples': '(1, ',
    strings: '"""',
    'broken lines': 'A = (\n',
    'unary operators': 'not ',
    additions: 'A = 1 + 1 + 1\n',
    blocks: 'if A:\n ',
    conditions: 'if A:\n  B = 1\nelse:\n  B = 2\n',
    'format strings': 'f"{',
    'star imports': 'from . import *\n',
    backslashes: '\\\n',
    decorators: '@a\n',
    nulls: '\0',
  };
  for (const [name, part] of Object.entries(parts)) {
    test(`${name} without end are read`, () => {
      assert.equal(analyseFiles({ '/site/settings.py': part.repeat(2_000) }).language.id, 'django');
    });
  }
});

test('a file that Python would not take says nothing of what follows the mistake', () => {
  assert.deepEqual(found(`${usual}SECURE_SSL_REDIRECT = True\nSESSION_COOKIE_SECURE = \nCSRF_COOKIE_SECURE = (\n`), []);
});

test('each beginning of a settings file is read', () => {
  const text = `${usual}if not DEBUG:\n    SECURE_HSTS_SECONDS = 60 * (1 + 2)\nX = {'a': [1, f"{b}"], **c}\nSESSION_COOKIE_SECURE = a if b else c\n`;
  for (let end = 0; end <= text.length; end++) {
    analyseFiles({ '/site/settings.py': text.slice(0, end) });
  }
});

test('a text with more "not" before an operand than Python takes is not read', () => {
  const read = (count: number) =>
    parseDjango(createDocument('/site/settings.py', `A = ${'not '.repeat(count)}B\nC = 1\n`)).body.length;
  assert.equal(read(2_900), 2);
  assert.equal(read(3_100), 0);
  // So many are more than a regular expression counts.
  assert.equal(read(5_000_000), 0);
});

test('a docstring of many lines of nothing but dashes is read over', () => {
  const text = `"""\n${`${'-'.repeat(80)}\n`.repeat(60)}"""\nDEBUG = False\n`;
  assert.equal(parseDjango(createDocument('/site/settings.py', text)).body.length, 2);
});
