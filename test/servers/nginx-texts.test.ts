import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { disagreement } from './nginx/compare.ts';
import { Judge } from './nginx/judge.ts';
import type { Mutant } from './nginx/mutants.ts';
import { nested, randomExpressions, randomTexts } from './nginx/texts.ts';

const seed = Number(process.env['SEED'] ?? 20_261_127);
const count = process.env['JUDGE'] === 'full' ? 1500 : 60;

let judge: Judge;

before(() => {
  judge = new Judge();
});

after(() => judge.remove());

for (const [name, texts] of [
  ['texts', randomTexts(seed)],
  ['regular expressions', randomExpressions(seed)],
] as const) {
  test(`${count} random ${name} are read as nginx reads them`, { timeout: 1_800_000 }, async (t) => {
    const counts = { accepted: 0, refused: 0, machine: 0 };
    const disagreements: string[] = [];
    for (let made = 0; made < count; made++) {
      const text = texts.next().value as Mutant;
      const verdict = judge.test(text.text);
      counts[verdict.cause ? 'machine' : verdict.accepted ? 'accepted' : 'refused']++;
      const difference = verdict.cause ? undefined : await disagreement(judge, text, verdict);
      if (difference !== undefined) disagreements.push(`${difference}\n${JSON.stringify(text.text)}`);
    }
    t.diagnostic(JSON.stringify(counts));
    assert.deepEqual(disagreements, []);
  });
}

test('blocks may be nested deeply', async () => {
  for (const depth of [10, 60, 90]) {
    const mutant = { kind: `nested ${depth}`, text: nested(depth) };
    assert.equal(await disagreement(judge, mutant, judge.test(mutant.text)), undefined);
  }
});
