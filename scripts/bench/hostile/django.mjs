/** Settings of Django that are full of mistakes, or of depth: by what, with `count` of each. */
export const djangoInputs = Object.fromEntries(
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
);
