import type { FileEdit } from '../../../text/edit.ts';
import type { Fix, RuleInfo } from '../../../text/finding.ts';
import type { Project, TextReport } from '../../language.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import type { Statement } from '../evaluate/statement.ts';
import type { ApacheFile } from '../syntax.ts';

export interface ApacheContext {
  readonly project: Project<ApacheFile>;
  readonly evaluation: Evaluation;
}

export type ApacheReport = Omit<TextReport, 'rule'> & {
  /** What it is about: under a condition that nobody can decide here, an error is only a possible one. */
  readonly statement?: Pick<Statement, 'branches' | 'parents'>;
};

/** A rule about the text of Apache configuration. Reports without a severity have the rule's own. */
export interface ApacheRule extends RuleInfo {
  check(context: ApacheContext): Iterable<ApacheReport>;
}

export function fix(title: string, safe: boolean, ...edits: readonly FileEdit[]): Fix {
  return { title, safe, edits };
}
