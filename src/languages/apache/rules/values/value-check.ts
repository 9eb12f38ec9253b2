import type { Fix } from '../../../../text/finding.ts';
import type { Statement } from '../../evaluate/statement.ts';
import type { Argument } from '../../syntax.ts';
import type { ApacheContext, ApacheReport } from '../rule.ts';

/** What a value check finds: the argument, the message, and the right word where there is one. */
export interface BadValue {
  readonly argument: Argument | undefined;
  readonly message: string;
  readonly instead?: string;
  /** The first and the last of several words in whose place that comes. */
  readonly from?: Argument;
  readonly through?: Argument;
  /** What it asks for is nothing to want any more, and the words beside it say enough. */
  readonly needless?: boolean;
  /** Of what Apache lets pass, although it does not mean what it says. */
  readonly gravity?: Pick<ApacheReport, 'severity' | 'effect'>;
  /** The module that brings what is named, and is not loaded. */
  readonly module?: string;
  /** What else would mend it. */
  readonly fixes?: readonly Fix[];
}

export type ValueCheck = (statement: Statement, context: ApacheContext) => BadValue | undefined;
export type ValueChecks = Readonly<Record<string, ValueCheck>>;

/** The words of a comment count like any others where a directive takes as many as come. */
export function commented(
  words: readonly Argument[],
  message: string,
  gravity: NonNullable<BadValue['gravity']>,
): BadValue | undefined {
  const argument = words.find(({ value, quote }, index) => index > 0 && quote === '' && value.startsWith('#'));
  return argument && { argument, message: `The words from "${argument.value}" on are ${message}`, gravity };
}
