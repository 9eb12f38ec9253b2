import { resolve } from 'node:path';
import type { ParseArgsConfig } from 'node:util';
import { describeStep, type IssuanceContext } from '../../acme/order/steps.ts';
import { planFileName } from '../../acme/plan/file.ts';
import { defaultStateFolder } from '../../acme/store/store.ts';
import type { CommandIo } from '../io.ts';
import { type Arguments, now, text } from '../options.ts';
import { hungUp } from '../output.ts';

/** What an issuance command needs of its process. */
export interface IssuanceIo extends Pick<CommandIo, 'stdout' | 'stderr' | 'cwd' | 'env'> {
  /** Cancels; without it, an interrupt of the process does. */
  readonly signal?: AbortSignal;
}

/** One of the issuance commands, its arguments read. */
export interface IssuanceCommand {
  readonly help: string;
  /** What it takes beside `commonOptions`. */
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** @returns exit code. @throws UsageError or AcmeProblem where it cannot run */
  run(args: Arguments, io: IssuanceIo): Promise<number>;
}

/** Options that every issuance command takes, beside those of every command. */
export const commonOptions = {
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

export function isJson({ values }: Arguments): boolean {
  return values['format'] === 'json';
}

/** `--now`, or the machine's clock. */
function clockOf({ values }: Arguments): () => Date {
  if (text(values, 'now') === undefined) return () => new Date();
  const fixed = now(values);
  return () => fixed;
}

export function stateOf({ values }: Arguments, io: IssuanceIo): string {
  const named = text(values, 'state');
  return named === undefined ? defaultStateFolder(io.env) : resolve(io.cwd, named);
}

/** What every operation at a CA needs of a call: nobody is there to be asked, and only waits are told. */
export function contextOf(
  args: Arguments,
  io: IssuanceIo,
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

/** An interrupt, the end of a service, and that of the terminal, as where a connection to the machine breaks off. */
const interrupts = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs with a signal that an interrupt gives, so that challenge files are removed before the process ends. */
export async function cancellable<T>(io: IssuanceIo, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  if (io.signal !== undefined) return await run(io.signal);
  const controller = new AbortController();
  const stop = (interrupt: NodeJS.Signals): void => {
    if (interrupt === 'SIGHUP') process.exitCode = hungUp;
    controller.abort();
  };
  for (const interrupt of interrupts) process.once(interrupt, stop);
  try {
    return await run(controller.signal);
  } finally {
    for (const interrupt of interrupts) process.removeListener(interrupt, stop);
  }
}
