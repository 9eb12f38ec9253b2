import { type LogOutputChannel, ProgressLocation, type SecretStorage, window, workspace } from 'vscode';
import type { IssuanceHooks, Step } from '../../acme/order/steps.ts';
import type { Plan } from '../../acme/plan/plan.ts';
import type { Host } from '../../host/host.ts';
import type { CertificateRow } from '../../operations/issue.ts';
import { offerGitignore } from './request/gitignore.ts';
import { askToPublish } from './request/publish.ts';

export interface IssueServices {
  readonly host: Host;
  readonly log: LogOutputChannel;
  readonly secrets: SecretStorage;
  /** Each step as it happens, and the end, for the view. */
  readonly watch: {
    onStep(step: Step, sentence: string): void;
    finished(names: readonly string[]): void;
  };
}

/**
 * Issues or renews certificates of a plan with progress that can be cancelled. What fails is a row, with its reason.
 * @throws Error where nothing can begin
 */
export async function issueWithProgress(
  plan: Plan,
  names: readonly string[],
  force: boolean,
  services: IssueServices,
): Promise<readonly CertificateRow[]> {
  const { issueCertificates } = await import('../../operations/issue.ts');
  const { describeStep } = await import('../../acme/order/steps.ts');
  const { defaultStateFolder } = await import('../../acme/store/store.ts');
  const title = names.length === 1 ? `Certificate ${names[0]}` : `${names.length} certificates`;
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      progress.report({ message: 'Starting…' });
      const rows = issueCertificates(plan, names, {
        state: defaultStateFolder(process.env),
        now: services.host.clock.now,
        env: process.env,
        signal: controller.signal,
        onStep(step) {
          const sentence = describeStep(step);
          services.log.info(`${step.certificate}: ${sentence}`);
          progress.report({ message: names.length === 1 ? sentence : `${step.certificate}: ${sentence}` });
          services.watch.onStep(step, sentence);
        },
        hooks: hooksFor(plan, services, controller.signal),
        selfCheck: 'auto',
        dryRun: false,
        force,
        askRenewalInfo: true,
        parallel: 2,
      });
      return rows.finally(() => services.watch.finished(names));
    },
  );
}

export function hooksFor(plan: Plan, { secrets }: IssueServices, signal: AbortSignal): IssuanceHooks {
  return {
    published: (file, url, problem) => askToPublish(file, url, problem, signal),
    keyFile: (file) => offerGitignore(plan.folder, file),
    async replace(before, after, certificate) {
      const { compareCertificates } = await import('../../operations/compare-certificates.ts');
      const changes = compareCertificates(before, after);
      if (!changes.some(({ isNotable }) => isNotable)) return true;
      const replace = 'Replace';
      const chosen = await window.showWarningMessage(
        `The new certificate ${certificate} differs from the one that it replaces.`,
        { modal: true, detail: changes.map(({ message }) => message).join('\n') },
        replace,
      );
      return chosen === replace;
    },
    async record(name, value) {
      const chosen = await window.showInformationMessage(
        `Set this TXT record, wait until it is published, then continue.`,
        { modal: true, detail: `${name}. IN TXT "${value}"` },
        'Continue',
      );
      return chosen === 'Continue' ? 'continue' : 'cancel';
    },
    async trust(command) {
      if (!workspace.isTrusted) return false;
      const run = 'Run';
      const chosen = await window.showWarningMessage(
        'The plan wants to run a command after the new certificate is in place.',
        {
          modal: true,
          detail: `${command.join(' ')}\n\nIt runs on this machine with your rights. It is asked for again only when it changes.`,
        },
        run,
      );
      return chosen === run;
    },
    async eabSecret(issuer, kid) {
      const key = `eab/${issuer}/${kid}`;
      const known = await secrets.get(key);
      if (known !== undefined) return known;
      const secret = await window.showInputBox({
        title: `External account of ${issuer}`,
        prompt: `HMAC key that the CA gave you with the key id ${kid}. It is kept in the editor's secret storage, not in the plan.`,
        password: true,
        ignoreFocusOut: true,
      });
      if (secret !== undefined && secret !== '') await secrets.store(key, secret);
      return secret;
    },
  };
}
