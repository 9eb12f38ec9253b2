import { type ParseArgsConfig, parseArgs } from 'node:util';
import { atLeast, type Severity, severities } from '../text/finding.ts';
import { describeArgumentError } from './argument-error.ts';
import { UsageError } from './io.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

export interface Arguments {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
}

/** Options that every command takes. */
const common: Options = { help: { type: 'boolean', short: 'h' }, now: { type: 'string' } };

/** Their help, for the end of each command's. `column` is where the sentences begin. */
export function commonHelp(column: number): string {
  const line = (option: string, sentence: string) => `  ${option.padEnd(column - 2)}${sentence}\n`;
  return line('--now ISO-TIME', 'judge as if it were that time') + line('-h, --help', 'show this');
}

/** Of the commands that judge. */
export const judgingExitCodes = 'Exit code: 0 nothing at or above --fail-on, 1 something, 2 could not run.\n';

/** Reads a command's arguments. @throws UsageError that names the argument */
export function readArguments(args: readonly string[], options: Options): Arguments {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ...common, ...options },
      allowPositionals: true,
    });
    // What may be said several times says all of it.
    const joined = Object.entries(values).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : value,
    ]);
    const empty = joined.find(([, value]) => value === '');
    if (empty !== undefined) {
      throw new UsageError(
        `--${empty[0]} is empty, as a variable leaves it that is not set. Give it a value, or leave it out.`,
      );
    }
    return { values: Object.fromEntries(joined), positionals };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(describeArgumentError(error, Object.keys({ ...common, ...options })));
  }
}

export function text(values: Arguments['values'], name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/** One of a few words. @throws UsageError that lists them */
export function choice<T extends string>(
  values: Arguments['values'],
  name: string,
  allowed: readonly T[],
  fallback: T,
): T {
  const value = text(values, name);
  if (value === undefined) return fallback;
  const found = allowed.find((word) => word === value);
  if (found === undefined) throw new UsageError(`--${name} "${value}" is not known. Use ${allowed.join(', ')}.`);
  return found;
}

/** A date, with or without a time of day, as ISO 8601 and `date --rfc-3339` write them. */
const isoTime = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: ?(?:Z|[+-]\d\d:?\d\d))?)?$/i;

/** `--now`, or the machine's clock. @throws UsageError where it is no time */
export function now(values: Arguments['values']): Date {
  const value = text(values, 'now');
  if (value === undefined) return new Date();
  const date = new Date(value);
  if (!isoTime.test(value) || Number.isNaN(date.getTime()) || !isDay(value.slice(0, 10))) {
    throw new UsageError(`--now "${value}" is not a time with its full date. Write it as 2026-11-25T00:00:00Z.`);
  }
  return date;
}

/** JavaScript takes 31 February for a day of March. */
function isDay(day: string): boolean {
  return new Date(day).toISOString().startsWith(day);
}

/** Never: for reports that another step reads, whatever is found. */
export type Threshold = Severity | 'never';

export function failOn(values: Arguments['values']): Threshold {
  return choice(values, 'fail-on', [...severities, 'never'], 'warning');
}

export function reaches(severity: Severity, threshold: Threshold): boolean {
  return threshold !== 'never' && atLeast(severity, threshold);
}
