import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { disagreement, refusals } from './nginx/compare.ts';
import { fixture, Judge } from './nginx/judge.ts';
import { kinds, mutantsOf } from './nginx/mutants.ts';

const seed = Number(process.env['SEED'] ?? 20_261_125);
/** A few by default: the judge of messages takes as many more; `JUDGE=full` runs all. */
const count = process.env['JUDGE'] === 'full' ? 2000 : 120;

let judge: Judge;
let texts: readonly string[];

before(() => {
  judge = new Judge();
  texts = [fixture('web.conf'), fixture('services.conf'), debian()];
});

after(() => judge.remove());

/** Debian's own main file, without what it includes of other packages. */
function debian(): string {
  const text = readFileSync('/etc/nginx/nginx.conf', 'utf8');
  return text
    .replace(/^\s*include .*(?:modules-enabled|sites-enabled|conf\.d).*$/gm, '')
    .replace('/run/nginx.pid', 'run/debian.pid');
}

test('nginx accepts the fixtures, and no finding says otherwise', async () => {
  for (const text of texts) {
    const verdict = judge.test(text);
    assert.ok(verdict.accepted || verdict.cause, verdict.message);
    assert.deepEqual(
      (await refusals(judge, text)).map(({ message }) => message),
      [],
    );
  }
});

test(`of ${count} mutants we refuse those that nginx -t refuses, and name its line`, {
  timeout: 1_800_000,
}, async (t) => {
  const counts = new Map<string, number>();
  const add = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  const disagreements: string[] = [];
  const each = Math.ceil(count / texts.length);
  for (const [index, text] of texts.entries()) {
    for (const mutant of mutantsOf(text, each, seed + index)) {
      const verdict = judge.test(mutant.text);
      add(verdict.cause ?? (verdict.accepted ? 'accepted' : 'refused'));
      if (verdict.cause !== undefined) continue;
      const difference = await disagreement(judge, mutant, verdict);
      if (difference !== undefined) disagreements.push(difference);
    }
  }
  t.diagnostic(`${kinds.length} kinds of mistakes; ${JSON.stringify(Object.fromEntries(counts))}`);
  for (const said of disagreements) t.diagnostic(said);
  assert.deepEqual(disagreements, []);
});

test(`of ${count / 4} texts with two mistakes we refuse those that nginx -t refuses`, {
  timeout: 900_000,
}, async () => {
  const disagreements: string[] = [];
  const each = Math.ceil(count / 4 / texts.length);
  for (const [index, text] of texts.entries()) {
    for (const [at, first] of [...mutantsOf(text, each, seed + 10 + index)].entries()) {
      // Of the mutants of a mutant each time another kind.
      const second = [...mutantsOf(first.text, ((at * 7) % kinds.length) + 1, seed + at)].at(-1);
      if (!second) continue;
      const verdict = judge.test(second.text);
      if (verdict.cause !== undefined) continue;
      // Which of the two is a consequence of the other is a matter of opinion, so that any place will do.
      const difference = await disagreement(judge, second, { ...verdict, line: undefined });
      if (difference !== undefined) disagreements.push(`${first.kind}, ${difference}`);
    }
  }
  assert.deepEqual(disagreements, []);
});
