import type { FileEdit } from './edit.ts';
import type { Location } from './range.ts';

export const severities = ['error', 'warning', 'information', 'hint'] as const;
export type Severity = (typeof severities)[number];

/** What a finding does to the server: it does not start, clients cannot connect, protection is weaker, or nothing yet. */
export type Effect = 'start' | 'connect' | 'security' | 'advice';

export interface Related {
  readonly location: Location;
  readonly message: string;
  /** Where the finding's own mistake stands again: here, and at the places that "and 5 more" speaks of. */
  readonly alike?: readonly Location[];
}

/** A `safe` fix keeps what every client sees or only repairs it, and may be applied unseen; the others want a look. */
export interface Fix {
  readonly title: string;
  readonly safe: boolean;
  readonly edits: readonly FileEdit[];
}

/** What is wrong, where, how bad, and what to do. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly effect: Effect;
  readonly message: string;
  readonly location: Location;
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
}

/** What a rule is, for tables, settings and reports. `severity` and `effect` are the gravest that it reports. */
export interface RuleInfo {
  readonly id: string;
  /** One line, sentence case, no full stop. */
  readonly title: string;
  readonly severity: Severity;
  readonly effect: Effect;
}

/** True where `severity` is at least as grave as `threshold`. */
export function atLeast(severity: Severity, threshold: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(threshold);
}
