import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { rules } from '../../src/rules/index.ts';
import type { Effect, Severity } from '../../src/text/finding.ts';
import { analyseSample } from './support/analyse-sample.ts';
import { readPage } from './support/pages.ts';

/** What a finding of a severity may do to the server. */
const effects: Readonly<Record<Severity, readonly Effect[]>> = {
  error: ['start', 'connect', 'security'],
  warning: ['security'],
  information: ['advice'],
  hint: ['advice'],
};

test('the list holds every rule of the folder', () => {
  const files = readdirSync('src/rules').filter((file) => file.endsWith('.ts'));
  const ids = files.map((file) => file.slice(0, -'.ts'.length)).filter((id) => id !== 'index' && id !== 'rule');
  assert.deepEqual(rules.map(({ id }) => id).sort(), ids.sort());
});

test('a rule about the model knows no configuration language', () => {
  const words = /nginx|apache|\bssl_[a-z]+|\bSSL[A-Z][A-Za-z]+/i;
  for (const { id } of rules) {
    const line = readFileSync(`src/rules/${id}.ts`, 'utf8')
      .split('\n')
      .find((text) => words.test(text));
    assert.equal(line, undefined, id);
  }
});

for (const { id } of rules) {
  describe(id, () => {
    const findings = readPage(id)
      .samples.flatMap((sample) => analyseSample(sample).findings)
      .filter(({ rule }) => rule === id);

    test('severity and effect go together', () => {
      for (const { severity, effect } of findings)
        assert.ok(effects[severity].includes(effect), `${severity} ${effect}`);
    });

    test('messages are sentences that end with the next step', () => {
      for (const { message } of findings) {
        assert.match(message, /^[^a-z].*[.?]$|^[a-z]+[^ ]* .*\.$/s);
        assert.doesNotMatch(message, /[!“”’]|undefined|\[object|NaN/);
      }
    });
  });
}
