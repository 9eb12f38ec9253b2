import { dirname, join, resolve } from 'node:path';
import { planFileName, readPlan } from '../../acme/plan/file.ts';
import type { Plan, PlanDiagnostic } from '../../acme/plan/plan.ts';
import { isUnreadable } from '../../host/host.ts';
import { fromSystem } from '../../host/system-paths.ts';
import { createDocument, positionAt } from '../../text/document.ts';
import { encloses } from '../../text/range.ts';
import { host } from '../host.ts';
import { UsageError } from '../io.ts';
import { type Arguments, text as textArgument } from '../options.ts';
import { planText } from '../plan-text.ts';
import type { IssuanceIo } from './arguments.ts';

/**
 * The plan of a call. Its warnings go to standard error.
 * @throws UsageError where there is none or it has errors; each is one line with file, line and column
 */
export async function loadPlan(args: Arguments, io: IssuanceIo): Promise<Plan> {
  const { plan, broken, brokenIssuers } = await loadPlanInParts(args, io);
  const lines = [...brokenIssuers.values(), ...broken.values()].flat();
  if (lines.length > 0) throw new UsageError(firstLines(lines));
  return plan;
}

export interface PlanInParts {
  readonly plan: Plan;
  /** Lines about each certificate whose entry, or that of its issuer, is wrong: the others can be worked on. */
  readonly broken: ReadonlyMap<string, readonly string[]>;
  /** The same for issuers. */
  readonly brokenIssuers: ReadonlyMap<string, readonly string[]>;
}

/** As `loadPlan`, but errors within single entries are handed back. */
export async function loadPlanInParts(args: Arguments, io: IssuanceIo): Promise<PlanInParts> {
  const { file, text } = await findPlan(textArgument(args.values, 'plan'), io.cwd);
  const { plan, diagnostics, entries } = await readPlan(fromSystem(file), text);
  const broken = new Map<string, string[]>();
  const brokenIssuers = new Map<string, string[]>();
  const fatal: string[] = [];
  // Behind an anchor stands what several certificates use, and is told once.
  const told = new Set<string>();
  for (const diagnostic of diagnostics) {
    const line = diagnosticLine(diagnostic, text);
    const [enclosing] = [...entries].find(([, range]) => encloses(range, diagnostic.range)) ?? [];
    const name = diagnostic.certificate ?? enclosing;
    const { issuer } = diagnostic;
    if (diagnostic.severity === 'information' && args.values['quiet'] === true) continue;
    if (diagnostic.severity !== 'error') told.add(line);
    else if (name !== undefined) broken.set(name, [...(broken.get(name) ?? []), line]);
    else if (issuer === undefined) fatal.push(line);
    else brokenIssuers.set(issuer, [...(brokenIssuers.get(issuer) ?? []), line]);
  }
  for (const planned of plan.certificates.values()) {
    const issuer = plan.issuers.get(planned.issuer);
    for (const name of [planned.issuer, issuer?.type === 'acme' ? issuer.fallback : undefined]) {
      const lines = name === undefined ? undefined : brokenIssuers.get(name);
      if (lines !== undefined) broken.set(planned.name, [...lines, ...(broken.get(planned.name) ?? [])]);
    }
  }
  for (const line of told) io.stderr(`${line}\n`);
  if (fatal.length > 0)
    throw new UsageError(firstLines([...fatal, ...[...brokenIssuers.values(), ...broken.values()].flat()]));
  return { plan, broken, brokenIssuers };
}

/** Each line once. What is no YAML has a mistake in every line; whoever mends the first ones sees the rest. */
export function firstLines(all: readonly string[]): string {
  const lines = [...new Set(all)];
  const more = lines.length - mostLines;
  if (more <= 1) return lines.join('\n');
  return [...lines.slice(0, mostLines), `and ${more} more. Correct these first.`].join('\n');
}

const mostLines = 20;

function diagnosticLine({ file, range, message }: PlanDiagnostic, text: string): string {
  const { line, character } = positionAt(createDocument(file, text), range.start);
  return `${file}:${line + 1}:${character + 1}: ${message}`;
}

async function findPlan(named: string | undefined, cwd: string): Promise<{ file: string; text: string }> {
  if (named !== undefined) {
    const file = resolve(cwd, named);
    const text = await readOrUndefined(file);
    if (text === undefined) throw new UsageError(`The plan ${file} does not exist. Name another one with --plan.`);
    return { file, text };
  }
  for (let folder = cwd; ; folder = dirname(folder)) {
    const file = join(folder, planFileName);
    const text = await readOrUndefined(file);
    if (text !== undefined) return { file, text };
    if (dirname(folder) === folder) break;
  }
  throw new UsageError(
    `There is no ${planFileName} in ${cwd} or above. Name one with --plan, or make one with "tls-workbench import".`,
  );
}

/** The text of a plan file, or undefined where there is none. @throws UsageError where it cannot be read */
export async function readOrUndefined(file: string): Promise<string | undefined> {
  const bytes = await host.files.read(fromSystem(file));
  if (!isUnreadable(bytes)) return planText(file, bytes);
  if (bytes.error === 'missing') return undefined;
  const next = bytes.error === 'forbidden' ? 'Run as one who may.' : 'Name the file of a plan with --plan.';
  throw new UsageError(`The plan ${bytes.message}. ${next}`);
}
