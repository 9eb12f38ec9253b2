import { ProgressLocation, window, workspace } from 'vscode';
import type { IssuanceContext, Step } from '../../acme/order/steps.ts';
import type { Plan } from '../../acme/plan/plan.ts';
import type { IssueServices } from './context.ts';

interface Running {
  readonly controller: AbortController;
  readonly ended: Promise<unknown>;
}

const running = new Set<Running>();

/** Cancels what runs, and waits until its challenge files are removed: for that VS Code leaves a window that closes some seconds. */
export async function cancelRunning(): Promise<void> {
  for (const { controller } of running) controller.abort();
  await Promise.allSettled([...running].map(({ ended }) => ended));
}

/**
 * Runs an operation at a CA with a notification that tells each step and can cancel it.
 * @throws Error in a workspace that is not trusted: its plan says which CA is asked and which files are written
 */
export async function withProgress<T>(
  title: string,
  plan: Plan,
  services: IssueServices,
  work: (context: IssuanceContext & { readonly state: string }) => Promise<T>,
  sentenceOf: (step: Step, sentence: string) => string = (_step, sentence) => sentence,
): Promise<T> {
  if (!workspace.isTrusted) {
    throw new Error('this workspace is not trusted. Run Workspaces: Manage Workspace Trust, then try again.');
  }
  const { contextFor } = await import('./context.ts');
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return window.withProgress(options, async (progress, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    progress.report({ message: 'Starting…' });
    const context = contextFor(plan, services, controller.signal, (step, sentence) =>
      progress.report({ message: sentenceOf(step, sentence) }),
    );
    const ended = work(context);
    const entry = { controller, ended };
    running.add(entry);
    return ended.finally(() => running.delete(entry));
  });
}
