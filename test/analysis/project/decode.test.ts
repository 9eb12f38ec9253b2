import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeText, encodeText } from '../../../src/analysis/project/decode.ts';

const latin1 = Uint8Array.from([0x23, 0x20, 0xfc, 0xdf, 0x80, 0x81, 0x0a]);

test('a text goes back into the bytes that it came from', () => {
  for (const bytes of [latin1, new TextEncoder().encode('\uFEFF# grüße €\r\n'), new Uint8Array()]) {
    assert.deepEqual(encodeText(decodeText(bytes), bytes), bytes);
  }
  assert.deepEqual([...encodeText('ü', latin1)], [0xfc]);
  assert.deepEqual([...encodeText('ü', new Uint8Array())], [0xc3, 0xbc]);
  assert.deepEqual(encodeText('→', latin1), new TextEncoder().encode('→'));
});
