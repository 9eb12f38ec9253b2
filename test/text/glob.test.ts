import assert from 'node:assert/strict';
import { test } from 'node:test';
import { segmentPattern, starPattern, wildcardSource } from '../../src/text/glob.ts';

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

test('a wildcard stands for what it is told to', () => {
  const within = (text: string) => new RegExp(`^${wildcardSource(text, '[^/]')}$`);
  for (const text of ['a*c', 'a?c', 'a[!b]c', 'a[+-z]c']) {
    assert.match('axc', within(text));
    assert.doesNotMatch('a/c', within(text));
  }
});

test('in names of hosts brackets are what they are, and stars take in dots', () => {
  assert.match('www.a.example.com', starPattern('w?w.*.com'));
  assert.match('[::1]', starPattern('[::?]'));
  assert.doesNotMatch('wwwxcom', starPattern('www.com'));
});
