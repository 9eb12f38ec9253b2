import type { Run } from '../analysis/run.ts';
import { printable } from '../report/printable.ts';
import { relativePath } from '../text/path.ts';
import type { Inputs } from './inputs.ts';
import { type CommandIo, UsageError } from './io.ts';

/** Somebody has listed them, and knows the rest. */
const mostNamed = 5;

/**
 * @param pass what lets that pass, as the end of a sentence
 * @throws UsageError where nothing was found that could be looked at: that is no clean bill of health
 */
export function refuseNothing(inputs: Inputs, paths: readonly string[], io: Pick<CommandIo, 'cwd'>, pass = ''): void {
  const { files, skipped, foreign, excluded, isPartial, leavesOut } = inputs;
  if (files.length > 0) return;
  if (excluded.length > 0 && foreign.length === 0 && skipped.length === 0)
    throw new UsageError(
      `--exclude leaves out all that is named: ${list(excluded, io)}. Name one that it does not${pass}.`,
    );
  const look = leavesOut ? 'Exclude less, or check the path.' : 'Check the path.';
  const next = isPartial ? 'Mend that, or run it as a user who may read all.' : look;
  if (foreign.length > 0) {
    throw new UsageError(
      `nothing that is named is a configuration of nginx or Apache, or settings of Django: ${list(foreign, io)}. Name one that is${pass}.`,
    );
  }
  const [only, ...more] = skipped;
  if (only !== undefined && more.length === 0) throw new UsageError(`${only}. ${next}`);
  const nothing = `no configuration of nginx or Apache and no settings of Django are below ${paths.join(', ')}${leavesOut ? ', but for what --exclude leaves out' : ''}`;
  const others = only === undefined ? '' : `; what cannot be read begins with: ${only} (and ${more.length} more)`;
  throw new UsageError(`${nothing}${others}. ${next}`);
}

/** A line for each; a line break in a name makes no second one. */
export function tellSkipped(
  { skipped, foreign }: Inputs,
  command: string,
  io: Pick<CommandIo, 'cwd' | 'stderr'>,
): void {
  for (const message of skipped) io.stderr(`tls-workbench ${command}: ${printable(message)}.\n`);
  if (foreign.length === 0) return;
  const names = printable(list(foreign, io));
  io.stderr(
    `tls-workbench ${command}: left out, being no configuration of nginx or Apache and no settings of Django: ${names}.\n`,
  );
}

/** A line for each file that a configuration includes and that could not be read. */
export function tellUnread(runs: readonly Pick<Run, 'unread'>[], command: string, io: Pick<CommandIo, 'stderr'>): void {
  const unread = new Set(runs.flatMap((run) => run.unread.map(({ message }) => message)));
  for (const message of unread)
    io.stderr(`tls-workbench ${command}: left out of what is included: ${printable(message)}.\n`);
}

/**
 * Nothing found among what could be read is no clean bill of health: says so, where something is there and could not be.
 * @returns whether that is so
 */
export function tellPartial(
  { isPartial }: Pick<Inputs, 'isPartial'>,
  runs: readonly Pick<Run, 'unread'>[],
  command: string,
  io: Pick<CommandIo, 'stderr'>,
): boolean {
  if (!isPartial && !runs.some(({ unread }) => unread.some(({ isClosed }) => isClosed === true))) return false;
  io.stderr(
    `tls-workbench ${command}: not all could be read. Mend what is named above, or run it as a user who may read it.\n`,
  );
  return true;
}

function list(files: readonly string[], { cwd }: Pick<CommandIo, 'cwd'>): string {
  const names = files.slice(0, mostNamed).map((file) => relativePath(cwd, file));
  const rest = files.length - names.length;
  return names.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
