import assert from 'node:assert/strict';
import { test } from 'node:test';
import { typedWord } from '../../src/tls/typed-word.ts';

test('a word of a list begins behind its separator and its sign', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['', '', ''],
    ['HIGH:ECDHE-RSA-', 'ECDHE-RSA-', ''],
    ['HIGH:-', '', '-'],
    ["'HIGH:!aN", 'aN', '!'],
    ['HIGH,-RC', 'RC', '-'],
    ['"HIGH\n  :+3D', '3D', '+'],
    ['ECDHE+AES', 'AES', ''],
    ['HIGH:@SECLEVEL=', 'SECLEVEL=', '@'],
    ['X25519:P-', 'P-', ''],
    ['X25519/P-2', 'P-2', ''],
    ['X25519:?*P-2', 'P-2', '?'],
    ['-all +TLS', 'TLS', '+'],
  ];
  for (const [list, word, sign] of cases) assert.deepEqual(typedWord(list), { word, sign }, list);
});
