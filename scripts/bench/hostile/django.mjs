import { each } from './text.mjs';

/** Settings of Django that are full of mistakes, or of depth: by what, with `count` of each. */
export const djangoInputs = {
  'lines that add to one setting': (count) =>
    `CSRF_TRUSTED_ORIGINS = []\n${each(count, (i) => `CSRF_TRUSTED_ORIGINS += ["a${i}"]\n`)}`,
  'lines that append to one setting': (count) =>
    `ALLOWED_HOSTS = []\n${each(count, (i) => `ALLOWED_HOSTS.append("a${i}.example/")\n`)}`,
  'hosts that no request has': (count) => `ALLOWED_HOSTS = [\n${each(count, (i) => `'https://a${i}.example',\n`)}]\n`,
  'operands behind many operators': (count) => each(count, (i) => (i % 900 < 899 ? 'not \\\n' : `A${i}\nB = \\\n`)),
  ...Object.fromEntries(
    Object.entries({
      parentheses: '(\n',
      brackets: '[\n',
      'nested tuples': '(1,\n',
      'strings that do not end': '"""\n',
      'assignments that break off': 'A = (\n',
      'unary operators': 'not \\\n',
      additions: 'A = 1 + 1 + 1\n',
      conditions: 'if A:\n  B = 1\nelse:\n  B = 2\n',
      'format strings': 'f"{\n',
      'imports of everything': 'from . import *\n',
      decorators: '@a\n',
      'one setting, misspelt': 'SECURE_HSTS_SECOND = 1\n',
    }).map(([what, part]) => [what, (count) => part.repeat(count)]),
  ),
};
