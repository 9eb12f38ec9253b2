import type { AnalysisSettings } from '../analysis/settings.ts';
import { ruleIds } from '../operations/all-rules.ts';
import { findPlan } from './settings.ts';

/** Sentences about rules that the plan gives a severity and that do not exist, each with file and line. */
export async function unknownRules({ rules }: AnalysisSettings, cwd: string): Promise<readonly string[]> {
  if ([...rules.keys()].every((id) => ruleIds.has(id))) return [];
  const plan = await findPlan(cwd);
  if (plan === undefined) return [];
  const { lintSectionProblems } = await import('../operations/lint-settings.ts');
  const problems = await lintSectionProblems(plan.text, plan.file, ruleIds);
  return problems.map(({ line, message }) => `${plan.file}:${line}: ${message}`);
}
