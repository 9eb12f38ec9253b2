import assert from 'node:assert/strict';
import { test } from 'node:test';
import { whyBroken } from '../../../src/languages/apache/rules/values/broken-pattern.ts';

test('a pattern that PCRE refuses is told with the reason', () => {
  for (const [pattern, why] of [
    ['^(?!a', 'a "(" is not closed'],
    ['^(?:a|b/x))', 'there is no "(" for a ")"'],
    ['^a($', 'a "(" is not closed'],
    ['^[a-z', 'a "[" is not closed'],
    ['^[]', 'a "[" is not closed'],
    ['^[\\c]', 'a "[" is not closed'],
    ['^(?:a)\\1', '\\1 stands for a group that is not there'],
    ['^\\(a\\)\\1', '\\1 stands for a group that is not there'],
    ['^[(]a\\1', '\\1 stands for a group that is not there'],
    ['^(a)\\2$', '\\2 stands for a group that is not there'],
    ['(?z)a', 'PCRE does not know (?z)'],
    ['(?iu:a)', 'PCRE does not know (?iu:'],
  ] as const)
    assert.equal(whyBroken(pattern), `, ${why}`, pattern);
  assert.equal(whyBroken('*a'), '');
});

test('what PCRE takes is left alone, and what is not looked at', () => {
  for (const pattern of [
    ...[
      '^(a)\\1',
      '^\\1(a)',
      '^(?<n>a)\\1',
      "^(?'n'a)\\1",
      '^(?P<n>a)\\1',
      '^(?=(a))\\1',
      '^(.*?/)(.*)::\\2$',
      '^a\\\\1',
    ],
    ...[
      '^a[\\1]',
      '^a\\10',
      'a\\12',
      '^a[(]',
      '^[^]()]+$',
      '^[[:alpha:])]+$',
      '^[\\](]+$',
      '^[a[(]+$',
      '^\\c(',
      '^[\\c\\]a',
      '^\\(',
    ],
    ...['(?i-s:a)(?ims)b', '(?U)(?J)a', '(?)a', '(?-i)a', '(?a)a', '(?<!a)b', '(?<=a)b', '(?>a)', '(?R)?', '(a(?1)?)'],
    ...[
      '^(?#a(b)c',
      '^\\Qa(b\\E',
      '(?x) a # (',
      '^(a)?(?(1)b|c)',
      '^(?(?=a)b|c)',
      '(*UCP)a',
      '(?|(a)|(b))\\2',
      'a++',
      '^\\x{41}*$',
      '\\Aa\\z',
    ],
  ])
    assert.equal(whyBroken(pattern), undefined, pattern);
});
