import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { analyseSample } from './support/analyse-sample.ts';
import { describeFinding } from './support/describe-findings.ts';
import { moreSamples, pageIds, readPage, type Sample } from './support/pages.ts';

// What the samples of each rule say, word by word, and which other rules speak. UPDATE_GOLDEN=1 writes it anew: read the
// difference.
const expected = 'test/fixtures/expected/samples';

for (const id of pageIds()) {
  test(`the samples of ${id} say what was read once`, () => {
    const told = `${[...readPage(id).samples, ...moreSamples(id)].map((sample) => describeSample(id, sample)).join('\n\n')}\n`;
    const path = `${expected}/${id}.txt`;
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, told);
    assert.equal(told, existsSync(path) ? readFileSync(path, 'utf8') : '');
  });

  test(`of the samples of ${id} the bad ones have the finding, and the good ones do not`, () => {
    for (const sample of moreSamples(id)) {
      const found = analyseSample(sample).findings.some(({ rule }) => rule === id);
      assert.equal(found, sample.kind === 'bad', sample.text);
    }
  });
}

test('every file of samples belongs to a rule', () => {
  const ids = new Set(pageIds());
  const files = [...readdirSync(expected), ...readdirSync('test/fixtures/samples')];
  assert.deepEqual(
    files.filter((file) => !ids.has(file.replace(/\.\w+$/, ''))),
    [],
  );
});

function describeSample(id: string, sample: Sample): string {
  const { findings } = analyseSample(sample);
  const settings = [...sample.settings].filter(([name]) => name !== '').map((pair) => pair.join('='));
  const others = findings.filter(({ rule }) => rule !== id).map(({ rule, severity }) => `${severity} ${rule}`);
  return [
    [sample.kind, sample.language, ...settings].join(' '),
    ...findings.filter(({ rule }) => rule === id).map((finding) => describeFinding(sample.text, finding)),
    ...(others.length > 0 ? [`others: ${[...new Set(others)].sort().join(', ')}`] : []),
  ].join('\n');
}
