import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasPlaceholder } from '../../src/text/placeholders.ts';
import { hostile } from '../support/hostile.ts';

test('placeholders in any text', () => {
  for (const text of ['<DOMAIN>', 'a/<A-B>/b', '@@X@@', '%name%', '__NAME__', '!NAME!:!PORT!', '%(name)s', 'a%(port)d'])
    assert.ok(hasPlaceholder(text), text);
});

test('what Apache and nginx write themselves is none', () => {
  for (const text of [
    '<b>ok</b>',
    '(?<NAME>x)',
    '%h %l %u',
    '%(name)x',
    '%{Host}i',
    '%2Fa%20',
    '%1/%2',
    'mail@example.com',
    '__init__',
    'HIGH:!aNULL:!MD5:!RC4',
    '!-f',
    '^(?!WP)!',
  ]) {
    assert.ok(!hasPlaceholder(text), text);
  }
});

test('hostile texts are read to their end', () => {
  for (const textOf of hostile.placeholders)
    assert.equal(hasPlaceholder(textOf(100_000)), hasPlaceholder(textOf(3)), textOf(3));
});
