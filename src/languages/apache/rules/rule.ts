import type { RuleInfo } from '../../../text/finding.ts';
import type { Project, TextReport } from '../../language.ts';
import type { Evaluation } from '../evaluate/evaluate.ts';
import type { ApacheFile } from '../syntax.ts';

export interface ApacheContext {
  readonly project: Project<ApacheFile>;
  readonly evaluation: Evaluation;
}

/** A rule about the text of Apache configuration. Reports without a severity have the rule's own. */
export interface ApacheRule extends RuleInfo {
  check(context: ApacheContext): Iterable<Omit<TextReport, 'rule'>>;
}
