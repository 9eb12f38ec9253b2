import { languages } from '../analysis/languages.ts';
import { suppressionRules } from '../analysis/suppression.ts';
import { rules } from '../rules/index.ts';
import type { RuleInfo } from '../text/finding.ts';

/** Every rule that a setting may name: about the model, about a language's own text, about comments. */
export const allRules: readonly RuleInfo[] = [
  ...languages.flatMap((language) => language.rules),
  ...rules,
  ...suppressionRules,
];

export const ruleIds: ReadonlySet<string> = new Set(allRules.map(({ id }) => id));
