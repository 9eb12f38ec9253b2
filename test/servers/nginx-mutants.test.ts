import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { analyseFile } from '../../src/analysis/run.ts';
import { defaultSettings } from '../../src/analysis/settings.ts';
import { nodeHost } from '../../src/host/node.ts';
import { nginx } from '../../src/languages/nginx/index.ts';
import { rules } from '../../src/rules/index.ts';
import { createDocument, type Document, positionAt } from '../../src/text/document.ts';
import type { Finding } from '../../src/text/finding.ts';
import type { Location } from '../../src/text/range.ts';
import { fixture, Judge, type Verdict } from './nginx/judge.ts';
import { kinds, mutantsOf } from './nginx/mutants.ts';

const seed = 20_261_125;
/** A tenth by default; `JUDGE=full` runs all. */
const count = process.env['JUDGE'] === 'full' ? 2000 : 200;
/** Share of the mutants that may be judged otherwise: messages of nginx that nobody meets in practice are not imitated. */
const tolerated = 0.02;

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

/** Findings that say "nginx does not start". */
async function refusals(text: string): Promise<readonly Finding[]> {
  const settings = { ...defaultSettings, paths: 'here' as const };
  const run = await analyseFile(judge.file, text, nginx, { host: nodeHost, settings, rules, now: new Date() });
  return run.findings.filter(({ effect, severity }) => effect === 'start' && severity === 'error');
}

/** True where the line that nginx names lies in a finding or in one of its related places. */
function names(document: Document, verdict: Verdict, findings: readonly Finding[]): boolean {
  const { line } = verdict;
  if (line === undefined) return true;
  const holds = ({ file, range }: Location) =>
    file === document.file &&
    positionAt(document, range.start).line < line &&
    line <= positionAt(document, range.end).line + 1;
  return findings.some(({ location, related }) => [location, ...related.map((one) => one.location)].some(holds));
}

test('nginx accepts the fixtures, and no finding says otherwise', async () => {
  for (const text of texts) {
    const verdict = judge.test(text);
    assert.ok(verdict.accepted || verdict.machine, verdict.message);
    assert.deepEqual(
      (await refusals(text)).map(({ message }) => message),
      [],
    );
  }
});

test(`of ${count} mutants we refuse those that nginx -t refuses, and name its line`, {
  timeout: 900_000,
}, async (t) => {
  const counts = { accepted: 0, refused: 0, machine: 0, several: 0 };
  const disagreements: string[] = [];
  const falseAlarms: string[] = [];
  const each = Math.ceil(count / texts.length);
  for (const [index, text] of texts.entries()) {
    for (const mutant of mutantsOf(text, each, seed + index)) {
      const verdict = judge.test(mutant.text);
      if (verdict.machine) {
        counts.machine++;
        continue;
      }
      const found = await refusals(mutant.text);
      const said = `[${mutant.kind}] nginx: ${verdict.message || 'ok'}; here: ${found.map(({ message }) => message).join(' | ') || 'ok'}`;
      if (verdict.accepted && found.length > 0) falseAlarms.push(said);
      else if (verdict.accepted !== (found.length === 0)) disagreements.push(said);
      else if (!verdict.accepted && !names(createDocument(judge.file, mutant.text), verdict, found)) {
        disagreements.push(`(line ${verdict.line}) ${said}`);
      } else if (verdict.accepted) counts.accepted++;
      else counts.refused++;
      if (found.length > 1) counts.several++;
    }
  }
  t.diagnostic(
    `${kinds.length} kinds of mistakes; ${JSON.stringify(counts)}; ${disagreements.length} judged otherwise`,
  );
  for (const said of [...falseAlarms, ...disagreements]) t.diagnostic(said);
  assert.ok(falseAlarms.length <= count * (tolerated / 4), `False alarms:\n${falseAlarms.join('\n')}`);
  assert.ok(disagreements.length <= count * tolerated, disagreements.join('\n'));
});
