import type { RuleInfo } from '../../../text/finding.ts';
import type { Project, TextReport } from '../../language.ts';
import type { Scope } from '../evaluate/scope.ts';
import type { DjangoFile } from '../parse/tree.ts';

export interface DjangoContext {
  readonly project: Project<DjangoFile>;
  /** What the names of the settings are in the end. */
  readonly settings: Scope;
}

/** A rule about what settings of Django say. Reports without a severity have the rule's own. */
export interface DjangoRule extends RuleInfo {
  check(context: DjangoContext): Iterable<Omit<TextReport, 'rule'>>;
}
