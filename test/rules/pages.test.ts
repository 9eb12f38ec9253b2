import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { suppressionRules } from '../../src/analysis/comments/suppression.ts';
import { languages } from '../../src/analysis/languages.ts';
import { rules } from '../../src/rules/index.ts';
import type { RuleInfo } from '../../src/text/finding.ts';
import { atLeast } from '../../src/text/finding.ts';
import { analyseSample } from './support/analyse-sample.ts';
import { pageIds, readPage } from './support/pages.ts';

const headings = ['What it means', 'Why it matters', 'How to fix', 'Exceptions', 'Sources'];

const all = new Map<string, RuleInfo>(
  [...rules, ...languages.flatMap((language) => language.rules), ...suppressionRules].map((rule) => [rule.id, rule]),
);

test('every rule of every language has a page, and every page a rule', () => {
  const pages = pageIds();
  const withoutPage = [...all.keys()].filter((id) => !pages.includes(id));
  const withoutRule = pages.filter((id) => !all.has(id));
  assert.deepEqual({ withoutPage, withoutRule }, { withoutPage: [], withoutRule: [] });
});

test('rules stand in the order of their ids, which are in kebab-case', () => {
  const ids = rules.map(({ id }) => id);
  assert.deepEqual(ids, [...ids].sort());
  for (const id of ids) assert.match(id, /^[a-z0-9]+(-[a-z0-9]+)*$/);
});

for (const id of pageIds()) {
  describe(id, () => {
    const page = readPage(id);
    const rule = all.get(id);

    test('the page says what the rule says, under the usual headings', () => {
      assert.ok(rule !== undefined);
      assert.equal(page.title, rule.title);
      assert.deepEqual(page.facts, [rule.id, rule.severity, rule.effect]);
      assert.deepEqual(page.headings, headings);
      assert.ok(page.samples.some(({ kind }) => kind === 'bad'));
      assert.ok(page.samples.some(({ kind }) => kind === 'good'));
    });

    page.samples.forEach((sample, index) => {
      test(`sample ${index + 1} (${sample.kind}, ${sample.language})`, () => {
        const { findings } = analyseSample(sample);
        const found = findings.filter((finding) => finding.rule === id);
        if (sample.kind === 'bad') {
          assert.notEqual(found.length, 0, `${id} is not found in:\n${sample.text}`);
          return;
        }
        assert.deepEqual(found, []);
        const others = findings.filter(({ severity }) => atLeast(severity, 'warning'));
        assert.deepEqual(
          others.map(({ rule: other, message }) => `${other}: ${message}`).filter((line) => !isUsual(line, id)),
          [],
        );
      });
    });
  });
}

/** What short samples leave out on purpose; whole configurations would have it. */
function isUsual(line: string, id: string): boolean {
  return line.startsWith('hsts-missing:') && id !== 'hsts-missing';
}
