import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endpointsText } from '../../src/report/endpoints-text.ts';

test('names that a terminal would act on are shown as pictures', () => {
  const row = { listen: '*:80', name: 'a\u001b[2J', default: false, file: 'x', line: 1, tls: false, unknown: {} };
  assert.equal(endpointsText([row]), '*:80 a␛[2J  x:1\n  plain, no TLS');
});
