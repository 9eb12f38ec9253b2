import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { languages } from '../../src/analysis/languages.ts';
import { rules } from '../../src/rules/index.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseSample } from './support/analyse-sample.ts';
import { readPage } from './support/pages.ts';

const model = new Set(rules.map(({ id }) => id));
/** Rules about the text of one language; those about the model have a test of their own. */
const ids = [...new Set(languages.flatMap((language) => language.rules).map(({ id }) => id))].filter(
  (id) => !model.has(id),
);

for (const id of ids) {
  describe(id, () => {
    const bad = readPage(id).samples.filter(({ kind }) => kind === 'bad');
    bad.forEach((sample, index) => {
      const before = analyseSample(sample).findings;
      const known = new Set(before.map(({ rule }) => rule));
      const own = before.filter(({ rule }) => rule === id);
      for (const fix of own.flatMap(({ fixes }) => fixes)) {
        test(`“${fix.title}” in bad sample ${index + 1} takes its finding away and adds none that stops the server`, () => {
          const text = applyEdits(sample.text, fix.edits);
          const after = analyseSample({ ...sample, text }).findings;
          assert.ok(after.filter(({ rule }) => rule === id).length < own.length, text);
          // What is only seen now that the text is read is no fault of the fix.
          const added = after.filter(({ rule, effect }) => effect === 'start' && !known.has(rule));
          assert.deepEqual(
            added.map(({ rule, message }) => `${rule}: ${message}`),
            [],
            text,
          );
        });
      }
    });
  });
}
