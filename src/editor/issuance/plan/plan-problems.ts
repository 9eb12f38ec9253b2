import type { TextDocument } from 'vscode';
import type { Plan, PlanDiagnostic } from '../../../acme/plan/plan.ts';
import type { Files } from '../../../host/host.ts';
import type { LintSectionProblem } from '../../../operations/lint-settings.ts';
import { fileOf } from '../../uris.ts';

export type PlanProblem = Pick<PlanDiagnostic, 'severity' | 'message' | 'range' | 'instead'> & {
  readonly code: string;
};

/** A plan as the editor has it, and what is wrong in its text: in what it issues, and in how it judges configurations. */
export async function readProblems(
  document: TextDocument,
  files: Files,
): Promise<{ readonly plan: Plan; readonly problems: readonly PlanProblem[] }> {
  const text = document.getText();
  const file = fileOf(document.uri);
  const { readPlan } = await import('../../../acme/plan/file.ts');
  const { lintSectionProblems } = await import('../../../operations/lint-settings.ts');
  const { ruleIds } = await import('../../../operations/all-rules.ts');
  const { plan, diagnostics } = await readPlan(file, text);
  const found = await lintSectionProblems(text, file, ruleIds, files);
  return {
    plan,
    problems: [...diagnostics, ...found.map((problem) => ({ ...problem, ...lintProblemKinds[problem.kind] }))],
  };
}

const lintProblemKinds: Readonly<Record<LintSectionProblem['kind'], Pick<PlanProblem, 'code' | 'severity'>>> = {
  unreadable: { code: 'plan-value', severity: 'error' },
  'unknown-rule': { code: 'plan-unknown-rule', severity: 'warning' },
  'missing-folder': { code: 'plan-missing-folder', severity: 'information' },
};
