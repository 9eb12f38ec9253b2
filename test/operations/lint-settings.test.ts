import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSettings } from '../../src/analysis/settings.ts';
import { readLintSettings } from '../../src/operations/lint-settings.ts';

const read = (text: string) => readLintSettings(text, '/w/p.yaml', defaultSettings);

test('the lint section of a plan changes the settings, and a plan without one leaves them', async () => {
  assert.equal((await read('lint: { profile: modern }')).profile.name, 'modern');
  assert.equal((await read('lint: { map: { /srv: here } }')).map.get('/srv'), '/w/here');
  assert.equal(await read('issuers: {}'), defaultSettings);
  assert.equal(await read(''), defaultSettings);
});

const mistakes: readonly (readonly [text: string, message: string])[] = [
  ['a: 1\nb: [', '/w/p.yaml:2: this is not YAML'],
  ['issuers: {}\nlint: 3', '/w/p.yaml:2: lint must hold keys and values, but is 3.'],
  ['lint:\n  paths: here\n  profle: modern', '/w/p.yaml:3: lint.profle is not known. Use profile,'],
  ['lint:\n  profile: modernn', '/w/p.yaml:2: Profile "modernn" is not known. Use modern,'],
  ['lint:\n  target:\n    debian: 99', '/w/p.yaml:2: Target debian 99 is not known. Known releases:'],
  [
    'lint:\n  rules:\n    hsts-short: off\n    hsts-missing: sometimes',
    '/w/p.yaml:4: lint.rules hsts-missing: "sometimes"',
  ],
];

for (const [text, message] of mistakes) {
  test(`the line of a mistake is named: ${message}`, async () => {
    await assert.rejects(read(text), (error: Error) => error.message.startsWith(message) || assert.fail(error.message));
  });
}
