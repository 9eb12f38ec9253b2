import assert from 'node:assert/strict';
import { test } from 'node:test';
import { segmentPattern } from '../../src/text/glob.ts';

/** Which of some names a pattern matches, as glob(3) answers for files of these names. */
const names = ['a', 'b', 'm', 'z', '-', ']', '^', '!', '\\', 'a]', 'ab', '.a', '[a'];
const cases: readonly (readonly [pattern: string, matched: readonly string[]])[] = [
  ['*', names.filter((name) => name !== '.a')],
  ['.*', ['.a']],
  ['[a-m]', ['a', 'b', 'm']],
  ['[!a-m]', ['z', '-', ']', '^', '!', '\\']],
  ['[^a-m]', ['z', '-', ']', '^', '!', '\\']],
  ['[z-a]', []],
  ['[bz-a]', ['b']],
  ['[!z-a]', ['a', 'b', 'm', 'z', '-', ']', '^', '!', '\\']],
  ['[]a]', ['a', ']']],
  ['[!]a]', ['b', 'm', 'z', '-', '^', '!', '\\']],
  ['[a-]', ['a', '-']],
  ['[a^]', ['a', '^']],
  ['[a', ['[a']],
  ['a\\]', ['a]']],
  ['?b', ['ab']],
];
for (const [pattern, matched] of cases) {
  test(`${pattern} matches ${matched.join(' ')}`, () => {
    assert.deepEqual(
      names.filter((name) => segmentPattern(pattern).test(name)),
      matched,
    );
  });
}
