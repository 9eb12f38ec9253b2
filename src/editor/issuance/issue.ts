import { env, window } from 'vscode';
import type { Plan } from '../../acme/plan/plan.ts';
import type { CertificateRow } from '../../operations/issue.ts';
import type { IssueServices } from './context.ts';
import { withProgress } from './progress.ts';

export interface HowToIssue {
  /** Also what is current. */
  readonly force: boolean;
  /** For trying: no live file is touched, and a CA's staging is asked where it has one. */
  readonly dryRun?: boolean;
}

/**
 * Issues or renews certificates of a plan with progress that can be cancelled. What fails is a row, with its reason.
 * @throws Error where nothing can begin
 */
export async function issueWithProgress(
  plan: Plan,
  names: readonly string[],
  { force, dryRun = false }: HowToIssue,
  services: IssueServices,
): Promise<readonly CertificateRow[]> {
  const { issueCertificates } = await import('../../operations/issue.ts');
  const what = names.length === 1 ? `Certificate ${names[0]}` : `${names.length} certificates`;
  const warnings = new Map<string, string | undefined>();
  const rows = await withProgress(
    dryRun ? `${what} (dry run)` : what,
    plan,
    services,
    (context) => {
      const options = { ...context, dryRun, force, askRenewalInfo: true, parallel: 2 };
      return issueCertificates(plan, names, options).finally(() => services.watch.finished(names));
    },
    (step, sentence) => {
      if (step.certificate === '') return sentence;
      services.watch.onStep(step, sentence);
      if (step.kind === 'warning') warnings.set(`${step.certificate}: ${step.message}`, step.command);
      return names.length === 1 ? sentence : `${step.certificate}: ${sentence}`;
    },
  );
  // What only the progress has told goes with it, such as how to have a new development CA trusted.
  for (const [warning, command] of warnings) void tell(warning, command);
  return rows;
}

/** The text of a notification cannot be marked, so that a command in it could only be typed anew. */
async function tell(message: string, command: string | undefined): Promise<void> {
  const copy = 'Copy Command';
  const chosen = await window.showInformationMessage(message, ...(command === undefined ? [] : [copy]));
  if (chosen === copy && command !== undefined) await env.clipboard.writeText(command);
}
