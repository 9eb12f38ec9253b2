import { type TextDocument, workspace } from 'vscode';
import type { Plan, PlanDiagnostic } from '../../../acme/plan/plan.ts';
import type { Files } from '../../../host/host.ts';
import type { LintSectionProblem } from '../../../operations/lint-settings.ts';
import { displayPath, fileOf, planFileOf, uriOf } from '../../uris.ts';

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
  const { distinctDiagnostics } = await import('../../../acme/plan/distinct.ts');
  const { lintSectionProblems } = await import('../../../operations/lint-settings.ts');
  const { ruleIds } = await import('../../../operations/all-rules.ts');
  const { plan, diagnostics } = await readPlan(file, text);
  const found = await lintSectionProblems(text, file, ruleIds, files);
  return {
    plan,
    problems: [
      ...notRead(file, text),
      ...distinctDiagnostics(diagnostics),
      ...found.map((problem) => ({ ...problem, ...lintProblemKinds[problem.kind] })),
    ],
  };
}

/** A plan that lies deeper: somebody wrote it for the files beside it. */
function notRead(file: string, text: string): readonly PlanProblem[] {
  const folder = workspace.getWorkspaceFolder(uriOf(file));
  const read = folder && planFileOf(fileOf(folder.uri));
  const key = /^\w+(?=\s*:)/m.exec(text);
  if (read === undefined || read === file || key === null) return [];
  const range = { start: key.index, end: key.index + key[0].length };
  const message = `The editor reads ${displayPath(read)}, the plan of the workspace folder, so nothing of this one counts here. Write it there, or add this folder to the workspace.`;
  return [{ code: 'plan-not-read', severity: 'information', message, range }];
}

const lintProblemKinds: Readonly<Record<LintSectionProblem['kind'], Pick<PlanProblem, 'code' | 'severity'>>> = {
  unreadable: { code: 'plan-value', severity: 'error' },
  'unknown-rule': { code: 'plan-unknown-rule', severity: 'warning' },
  'missing-folder': { code: 'plan-missing-folder', severity: 'information' },
};
