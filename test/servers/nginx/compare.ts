import { analyseFile } from '../../../src/analysis/run.ts';
import { defaultSettings } from '../../../src/analysis/settings.ts';
import { nodeHost } from '../../../src/host/node.ts';
import { nginx } from '../../../src/languages/nginx/index.ts';
import { rules } from '../../../src/rules/index.ts';
import type { Finding } from '../../../src/text/finding.ts';
import type { Location } from '../../../src/text/range.ts';
import { type Judge, targetOfNginx, type Verdict } from './judge.ts';
import type { Mutant } from './mutants.ts';

const target = targetOfNginx();

/** Findings that say "nginx does not start", in the order of the text, but for what `nginx -t` does not try. */
export async function refusals(judge: Judge, text: string): Promise<readonly Finding[]> {
  const settings = { ...defaultSettings, target, paths: 'here' as const };
  const run = await analyseFile(judge.file, text, nginx, { host: nodeHost, settings, rules, now: new Date() });
  return run.findings.filter(
    ({ rule, effect, severity }) => effect === 'start' && severity === 'error' && rule !== 'address-in-use',
  );
}

/**
 * In what findings and nginx differ about a mutant, in one line: accepted or refused, or a line that nginx names and no
 * finding holds, in its range or in its related places. Undefined where they agree.
 */
export async function disagreement(judge: Judge, mutant: Mutant, verdict: Verdict): Promise<string | undefined> {
  const found = await refusals(judge, mutant.text);
  const accepted = found.length === 0;
  if (verdict.accepted === accepted && (accepted || isNamed(judge.file, mutant.text, verdict, found))) return undefined;
  const at = verdict.line === undefined ? '' : ` (line ${verdict.line})`;
  const here = found.map(({ message }) => message).join(' | ') || 'ok';
  const around = mutant.text.split('\n').slice(Math.max(0, (verdict.line ?? 0) - 2), (verdict.line ?? 0) + 1);
  return `[${mutant.kind}] nginx: ${verdict.message || 'ok'}${at}; here: ${here}; there: ${JSON.stringify(around)}`;
}

function isNamed(file: string, text: string, { line }: Verdict, findings: readonly Finding[]): boolean {
  if (line === undefined) return true;
  // nginx counts line feeds alone, where editors see a line's end in a carriage return too.
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length;
  const holds = ({ file: other, range }: Location) =>
    other === file && lineAt(range.start) <= line && line <= lineAt(range.end);
  return findings.some(({ location, related }) => [location, ...related.map((one) => one.location)].some(holds));
}
