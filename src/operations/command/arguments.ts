import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { describeStep, type IssuanceContext } from '../../acme/order/steps.ts';
import { planFileName, readPlan } from '../../acme/plan/file.ts';
import type { Plan, PlanDiagnostic } from '../../acme/plan/plan.ts';
import { errorCode } from '../../acme/store/atomic.ts';
import { defaultStateFolder } from '../../acme/store/store.ts';
import { describeArgumentError } from '../../text/argument-error.ts';
import { createDocument, positionAt } from '../../text/document.ts';
import { encloses } from '../../text/range.ts';

/** What a command needs of its process. */
export interface CliIo {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Cancels; without it, an interrupt of the process does. */
  readonly signal?: AbortSignal;
}

/** A call that cannot be run: exit code 2, one line that says why. */
export class UsageProblem extends Error {
  override readonly name = 'UsageProblem';
}

export interface CliArguments {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
}

/** One of the issuance commands, its arguments read. */
export interface IssuanceCommand {
  readonly help: string;
  /** What it takes beside `commonOptions`. */
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** @returns exit code. @throws UsageProblem or AcmeProblem where it cannot run */
  run(args: CliArguments, io: CliIo): Promise<number>;
}

/** Options that every issuance command takes. */
export const commonOptions = {
  help: { type: 'boolean', short: 'h' },
  now: { type: 'string' },
  plan: { type: 'string' },
  state: { type: 'string' },
  format: { type: 'string' },
  'dry-run': { type: 'boolean' },
  verbose: { type: 'boolean', short: 'v' },
} as const satisfies ParseArgsConfig['options'];

export const commonHelp = `  --plan FILE          plan file (default: ${planFileName} here or in a folder above)
  --state FOLDER       accounts, orders, history and locks (default: this user's state folder, shared with the editor)
  --dry-run            try without touching live files
  --format text|json   default: text
  --now ISO-TIME       judge and record as if it were that time
  -v, --verbose        tell each step on standard error
  -h, --help           show this`;

/** @throws UsageProblem that names the argument */
export function parse(args: readonly string[], options: NonNullable<ParseArgsConfig['options']>): CliArguments {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ...commonOptions, ...options },
      allowPositionals: true,
    });
    const format = values['format'];
    if (format !== undefined && format !== 'text' && format !== 'json') {
      throw new UsageProblem(`--format "${String(format)}" is not known. Use text or json.`);
    }
    return { values: values as CliArguments['values'], positionals };
  } catch (error) {
    if (error instanceof UsageProblem) throw error;
    throw new UsageProblem(describeArgumentError(error, Object.keys({ ...commonOptions, ...options })));
  }
}

export function textValue({ values }: CliArguments, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

export function isJson({ values }: CliArguments): boolean {
  return values['format'] === 'json';
}

/** `--now`, or the machine's clock. */
export function clockOf(args: CliArguments): () => Date {
  const text = textValue(args, 'now');
  if (text === undefined) return () => new Date();
  const fixed = new Date(text);
  if (Number.isNaN(fixed.getTime()))
    throw new UsageProblem(`--now "${text}" is not a time. Write it as 2026-11-25T00:00:00Z.`);
  return () => fixed;
}

export function stateOf(args: CliArguments, io: CliIo): string {
  const named = textValue(args, 'state');
  return named === undefined ? defaultStateFolder(io.env) : resolve(io.cwd, named);
}

/** What every operation at a CA needs of a call: nobody is there to be asked, and only waits are told. */
export function contextOf(
  args: CliArguments,
  io: CliIo,
  signal: AbortSignal,
): IssuanceContext & { readonly state: string } {
  return {
    state: stateOf(args, io),
    now: clockOf(args),
    env: io.env,
    signal,
    hooks: {},
    selfCheck: 'off',
    onStep: (step) => void (step.kind === 'wait' && io.stderr(`${describeStep(step)}\n`)),
  };
}

/**
 * The plan of a call. Its warnings go to standard error.
 * @throws UsageProblem where there is none or it has errors; each is one line with file, line and column
 */
export async function loadPlan(args: CliArguments, io: CliIo): Promise<Plan> {
  const { plan, broken } = await loadPlanInParts(args, io);
  if (broken.size > 0) throw new UsageProblem([...broken.values()].flat().join('\n'));
  return plan;
}

export interface PlanInParts {
  readonly plan: Plan;
  /** Lines about each certificate whose entry is wrong: the others can be worked on. */
  readonly broken: ReadonlyMap<string, readonly string[]>;
}

/** As `loadPlan`, but errors within single certificates are handed back. */
export async function loadPlanInParts(args: CliArguments, io: CliIo): Promise<PlanInParts> {
  const { file, text } = await findPlan(textValue(args, 'plan'), io.cwd);
  const { plan, diagnostics, entries } = await readPlan(file.replaceAll('\\', '/'), text);
  const broken = new Map<string, string[]>();
  const fatal: string[] = [];
  for (const diagnostic of diagnostics) {
    const line = diagnosticLine(diagnostic, text);
    const [name] = [...entries].find(([, range]) => encloses(range, diagnostic.range)) ?? [];
    if (diagnostic.severity !== 'error') io.stderr(`${line}\n`);
    else if (name === undefined) fatal.push(line);
    else broken.set(name, [...(broken.get(name) ?? []), line]);
  }
  if (fatal.length > 0) throw new UsageProblem([...fatal, ...[...broken.values()].flat()].join('\n'));
  return { plan, broken };
}

export function diagnosticLine({ file, range, message }: PlanDiagnostic, text: string): string {
  const { line, character } = positionAt(createDocument(file, text), range.start);
  return `${file}:${line + 1}:${character + 1}: ${message}`;
}

async function findPlan(named: string | undefined, cwd: string): Promise<{ file: string; text: string }> {
  if (named !== undefined) {
    const file = resolve(cwd, named);
    const text = await readOrUndefined(file);
    if (text === undefined) throw new UsageProblem(`The plan ${file} does not exist. Name another one with --plan.`);
    return { file, text };
  }
  for (let folder = cwd; ; folder = dirname(folder)) {
    const file = join(folder, planFileName);
    const text = await readOrUndefined(file);
    if (text !== undefined) return { file, text };
    if (dirname(folder) === folder) break;
  }
  throw new UsageProblem(
    `There is no ${planFileName} in ${cwd} or above. Name one with --plan, or make one with "tls-workbench import".`,
  );
}

/** The text of a plan file, or undefined where there is none. @throws UsageProblem where it cannot be read */
export async function readOrUndefined(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (code === 'EISDIR') throw new UsageProblem(`The plan ${file} is a folder. Name the file in it with --plan.`);
    if (code === 'EACCES') throw new UsageProblem(`The plan ${file} may not be read by this user. Run as one who may.`);
    throw new UsageProblem(`The plan ${file} cannot be read (${code ?? String(error)}).`);
  }
}

/** Runs with a signal that an interrupt gives, so that challenge files are removed before the process ends. */
export async function cancellable<T>(io: CliIo, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  if (io.signal !== undefined) return await run(io.signal);
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    return await run(controller.signal);
  } finally {
    process.removeListener('SIGINT', stop);
    process.removeListener('SIGTERM', stop);
  }
}
