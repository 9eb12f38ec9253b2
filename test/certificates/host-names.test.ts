import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coversHost, matchesName } from '../../src/certificates/host-names.ts';

const cases: readonly (readonly [pattern: string, host: string, matches: boolean])[] = [
  ['example.com', 'example.com', true],
  ['Example.COM', 'example.com.', true],
  ['*.example.com', 'www.example.com', true],
  ['*.example.com', 'example.com', false],
  ['*.example.com', 'a.b.example.com', false],
  ['w*.example.com', 'www.example.com', false],
  ['*.*.example.com', 'a.b.example.com', false],
  ['www.*.com', 'www.example.com', false],
  ['*', 'localhost', false],
  ['*.local', 'printer.local', false],
  ['*.example.com', '.example.com', false],
];

for (const [pattern, host, matches] of cases) {
  test(`${pattern} ${matches ? 'covers' : 'does not cover'} ${host}`, () => {
    assert.equal(matchesName(pattern, host), matches);
  });
}

test('addresses are compared as addresses, and only with IP entries', () => {
  assert.equal(coversHost({ subjectAltNames: ['IP:2001:db8::1'] }, '[2001:DB8:0:0::1]'), true);
  assert.equal(coversHost({ subjectAltNames: ['IP:192.0.2.1'] }, '192.0.2.1'), true);
  assert.equal(coversHost({ subjectAltNames: ['DNS:192.0.2.1'] }, '192.0.2.1'), false);
});
