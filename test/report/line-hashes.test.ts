import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineHashes } from '../../src/report/line-hashes.ts';

// What github/codeql-action's own tests expect of these texts.
test('hashes are those that GitHub computes where a report has none', () => {
  assert.deepEqual(lineHashes(''), ['c129715d7a2bc9a3:1']);
  assert.deepEqual(lineHashes(' a\nb\n  \t\tc\n d'), [
    '271789c17abda88f:1',
    '54703d4cd895b18:1',
    '180aee12dab6264:1',
    'a23a3dc5e078b07b:1',
  ]);
  const hello = [
    'e9496ae3ebfced30:1',
    'fb7c023a8b9ccb3f:1',
    'ce8ba1a563dcdaca:1',
    'e20e36e16fcb0cc8:1',
    'b3edc88f2938467e:1',
    'c8e28b0b4002a3a0:1',
    'c129715d7a2bc9a3:1',
  ];
  for (const end of ['\n', '\r', '\r\n'])
    assert.deepEqual(lineHashes([' hello; \t', 'world!!!', '', '', '  \t\tGreetings', ' End', ''].join(end)), hello);
});

test('a line keeps its hash when lines above it change, and lines that read the same are counted', () => {
  const below = 'listen 443 ssl;\n'.repeat(30);
  const before = lineHashes(`# one\n${below}`).slice(1);
  assert.deepEqual(lineHashes(`# two\n# three\n${below}`).slice(2), before);
  assert.equal(new Set(before).size, before.length);
  assert.ok(before.includes(`${before[0]?.split(':')[0]}:2`));
});
