import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseSample } from './support/analyse-sample.ts';
import { pageIds, readPage } from './support/pages.ts';

const samples = pageIds().flatMap((id) => readPage(id).samples.map((sample) => ({ id, ...sample })));

test('fixes end lines as the text does that they go into', () => {
  for (const { id, ...sample } of samples) {
    if (sample.kind === 'good') continue;
    const text = sample.text.replaceAll('\n', '\r\n');
    const { findings } = analyseSample({ ...sample, text });
    for (const { rule, fixes } of findings) {
      if (rule !== id) continue;
      for (const { title, edits } of fixes) {
        const fixed = applyEdits(text, edits);
        assert.doesNotMatch(fixed, /(?<!\r)\n|\r(?!\n)/, `${id}: ${title}\n${JSON.stringify(fixed)}`);
      }
    }
  }
});
