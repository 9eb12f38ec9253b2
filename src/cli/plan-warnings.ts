import type { AnalysisSettings } from '../analysis/settings.ts';
import { ruleIds } from '../operations/all-rules.ts';
import { host } from './host.ts';
import { findPlan } from './settings.ts';

/** Sentences about what the plan names and does not exist, each with file and line: rules, and folders of `lint.map`. */
export async function planWarnings({ rules, map }: AnalysisSettings, cwd: string): Promise<readonly string[]> {
  // Most plans name nothing that would have to be looked for.
  if (map.size === 0 && [...rules.keys()].every((id) => ruleIds.has(id))) return [];
  const plan = await findPlan(cwd);
  if (plan === undefined) return [];
  const { lintSectionProblems } = await import('../operations/lint-settings.ts');
  const problems = await lintSectionProblems(plan.text, plan.file, ruleIds, host.files);
  return problems.map(({ line, message }) => `${plan.file}:${line}: ${message}`);
}
