import { suppressionRules } from '../analysis/comments/suppression.ts';
import { languages } from '../analysis/languages.ts';
import { rules } from '../rules/index.ts';
import type { RuleInfo } from '../text/finding.ts';

/** Languages share rules, such as `unknown-directive`: each is one rule. */
const byId = new Map<string, RuleInfo>(
  [...languages.flatMap((language) => language.rules), ...rules, ...suppressionRules].map((rule) => [rule.id, rule]),
);

/** Every rule that a setting may name: about the model, about a language's own text, about comments. */
export const allRules: readonly RuleInfo[] = [...byId.values()];

export const ruleIds: ReadonlySet<string> = new Set(byId.keys());
