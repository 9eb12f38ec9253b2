import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseSample } from '../rules/support/analyse-sample.ts';
import { pageIds, readPage, type Sample } from '../rules/support/pages.ts';
import { askDjango, type DjangoAnswer } from './django/ask.ts';
import { djangoProbes } from './django/probes.ts';

interface Case {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly shows: boolean;
}

/** Samples of all pages, and the bad ones after each of their fixes. */
const cases = pageIds().flatMap((id) =>
  readPage(id)
    .samples.filter(({ language, settings }) => language === 'django' && !settings.has('target'))
    .flatMap((sample, index) => casesOf(id, sample, index)),
);

function casesOf(id: string, sample: Sample, index: number): readonly Case[] {
  const name = `sample ${index + 1} in Python (${sample.kind})`;
  const found = analyseSample(sample).findings.filter(({ rule }) => rule === id);
  const fixed = found.flatMap(({ fixes }) => fixes);
  return [
    { id, title: name, text: sample.text, shows: sample.kind === 'bad' },
    ...fixed.map((fix) => ({
      id,
      title: `${name}, “${fix.title}”`,
      text: applyEdits(sample.text, fix.edits),
      // One fix of several findings mends its own alone.
      shows: found.length > 1,
    })),
  ];
}

const answers = askDjango(
  cases.map(({ text }) => [['settings.py', text]]),
  ['DATABASES'],
);

for (const [index, { id, title, text, shows }] of cases.entries()) {
  describe(id, () => {
    test(title, () => {
      const answer = answers[index] as DjangoAnswer;
      const probe = djangoProbes[id];
      if (id !== 'foreign-character') assert.equal(answer.unread, undefined, text);
      assert.ok(probe, 'What Django does of it is asked in test/servers/django/probes.ts.');
      assert.equal(probe(answer, text), shows, `${text}\n${JSON.stringify(answer)}`);
    });
  });
}
