import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeStatus } from '../../src/certificates/status.ts';

const now = new Date('2026-11-25T12:00:00Z');
const until = (notAfter: string) =>
  describeStatus({ notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date(notAfter) }, now);

test('the last day that a certificate can name stands for no end', () => {
  assert.match(until('9999-12-31T23:59:59Z'), /^Valid without an end: 9999-12-31 stands for none/);
  assert.match(until('9999-12-30T23:59:59Z'), /^Valid for \d+ more days, until 9999-12-30/);
});
