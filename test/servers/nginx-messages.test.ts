import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { disagreement } from './nginx/compare.ts';
import { fixture, Judge } from './nginx/judge.ts';
import { type Message, mutantsFor, patternOf, readMessages, readUnreachable } from './nginx/messages.ts';
import { wordsOfNginx } from './nginx/words.ts';

const seed = Number(process.env['SEED'] ?? 20_261_126);
/** Mutants for each message of nginx. */
const each = process.env['JUDGE'] === 'full' ? 20 : 1;
const messages = readMessages();

let judge: Judge;
let texts: readonly string[];

before(() => {
  judge = new Judge();
  texts = [fixture('web.conf'), fixture('services.conf')];
});

after(() => judge.remove());

test(`each of ${messages.length} messages of nginx is provoked ${each} times, and a finding says the same`, {
  timeout: 1_800_000,
}, async (t) => {
  const disagreements: string[] = [];
  const missed: string[] = [];
  let compared = 0;
  for (const [index, message] of messages.entries()) {
    const { provoked, said } = await provoke(message, seed + index * 1000);
    compared += provoked;
    disagreements.push(...said);
    if (provoked < each) missed.push(`${message.text}: only ${provoked}`);
  }
  t.diagnostic(`${compared} mutants compared, ${disagreements.length} judged otherwise`);
  for (const said of [...missed, ...disagreements]) t.diagnostic(said);
  assert.deepEqual(missed, []);
  assert.deepEqual(disagreements, []);
});

/** Tries mutants until enough of them have led to the message; what led elsewhere is for the other judge. */
async function provoke(message: Message, seedOfMessage: number) {
  const seen = new Set<string>();
  const said: string[] = [];
  let provoked = 0;
  let tries = 0;
  for (const mutant of mutantsFor(message, texts, seedOfMessage)) {
    if (provoked === each || ++tries > each * 10) break;
    if (seen.has(mutant.text)) continue;
    seen.add(mutant.text);
    const verdict = judge.test(mutant.text);
    if (!message.pattern.test(verdict.message)) continue;
    const difference = await disagreement(judge, mutant, verdict);
    // A host that nobody knows here may be known elsewhere; only what can be no host is told.
    if (difference !== undefined && verdict.cause === 'names') continue;
    provoked++;
    if (difference !== undefined) said.push(difference);
  }
  return { provoked, said };
}

test('the messages of the catalogue are in the nginx that is installed, and those of other builds are not', (t) => {
  const words = wordsOfNginx();
  const unreachable = readUnreachable();
  const filledIn = words.filter((word) => word.includes('…') && word.length > 15).map(patternOf);
  // What a setter returns is printed behind the directive's name, and what reads an address before where it stands.
  const isThere = (text: string) =>
    [text, text.replace(/^".*?" directive /, '')]
      .map(patternOf)
      .some((part) => words.some((word) => part.test(word))) || filledIn.some((word) => word.test(text));
  const invented = messages.map(({ text }) => text).filter((text) => !isThere(text));
  const misjudged = unreachable.filter(({ text, reason }) => isThere(text) === /^(?:build|platform)$/.test(reason));
  assert.deepEqual({ invented, misjudged }, { invented: [], misjudged: [] });
  const counts = new Map<string, number>();
  for (const { reason } of unreachable) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  t.diagnostic(`${messages.length} messages about the text; of others: ${JSON.stringify(Object.fromEntries(counts))}`);
});
