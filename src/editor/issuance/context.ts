import { CancellationError, env, type LogOutputChannel, type SecretStorage, window, workspace } from 'vscode';
import { cancelled } from '../../acme/client/problem.ts';
import { describeStep, type IssuanceContext, type IssuanceHooks, type Step } from '../../acme/order/steps.ts';
import type { Plan } from '../../acme/plan/plan.ts';
import { defaultStateFolder } from '../../acme/store/store.ts';
import type { Host } from '../../host/host.ts';
import { type ProxyEnvironment, type ProxySettings, withProxySettings } from '../../network/proxy.ts';
import { shellLine } from '../../text/shell.ts';
import type { Analyses } from '../configurations/workspace/analyses.ts';
import type { EditorSettings } from '../settings.ts';
import { askAboutPath } from './request/challenge-question.ts';
import { offerGitignore } from './request/gitignore.ts';
import { askToPublish } from './request/publish.ts';

export interface IssueServices {
  readonly host: Host;
  readonly log: LogOutputChannel;
  readonly secrets: SecretStorage;
  readonly analyses: Analyses;
  readonly settings: EditorSettings;
  /** Each step as it happens, and the end, for the view. */
  readonly watch: {
    onStep(step: Step, sentence: string): void;
    finished(names: readonly string[]): void;
  };
}

/** What every operation at a CA needs of the editor: state folder, clock, proxies, cancelling, log and questions. */
export function contextFor(
  plan: Plan,
  services: IssueServices,
  signal: AbortSignal,
  told: (step: Step, sentence: string) => void,
): IssuanceContext & { readonly state: string } {
  const { host, log } = services;
  return {
    state: defaultStateFolder(process.env),
    now: host.clock.now,
    env: proxyEnvironment(),
    signal,
    onStep(step) {
      const sentence = describeStep(step);
      log.info(step.certificate === '' ? sentence : `${step.certificate}: ${sentence}`);
      told(step, sentence);
    },
    hooks: endingWithTheWindow(hooksFor(plan, services, signal)),
    selfCheck: 'auto',
  };
}

/** VS Code lends its proxies to what CommonJS extensions `require`, and this one is a module: its settings are read here. */
function proxyEnvironment(): ProxyEnvironment {
  const http = workspace.getConfiguration('http');
  const settings: ProxySettings = {
    proxySupport: http.get('proxySupport'),
    proxy: http.get('proxy'),
    noProxy: http.get('noProxy'),
    proxyAuthorization: http.get('proxyAuthorization'),
  };
  return withProxySettings(process.env, settings);
}

/**
 * A window that is reloaded or closed takes its questions along, which is no failure: the request ends like a cancelled one, and
 * its order waits.
 */
function endingWithTheWindow(hooks: IssuanceHooks): IssuanceHooks {
  const entries = Object.entries(hooks).map(([name, ask]: [string, (...args: never[]) => Promise<unknown>]) => [
    name,
    (...args: never[]) =>
      ask(...args).catch((error: unknown) => {
        throw isGone(error) ? cancelled() : error;
      }),
  ]);
  return Object.fromEntries(entries);
}

/** Across the boundary to the window an error keeps its name alone. */
function isGone(error: unknown): boolean {
  return error instanceof CancellationError || (error instanceof Error && error.name === 'Canceled');
}

function hooksFor(plan: Plan, services: IssueServices, signal: AbortSignal): IssuanceHooks {
  return {
    prove: (certificate) => askAboutPath(plan, certificate, services),
    published: (file, url, problem) => askToPublish(file, url, problem, signal),
    keyFile: (file) => offerGitignore(plan.folder, file),
    limit: (message) => ask(message, 'The order would probably be refused, and counts all the same.', 'Ask the CA'),
    fallback: (message, issuer) => ask(message, `The plan names ${issuer} for this case.`, `Ask ${issuer}`),
    async replace(before, after, certificate) {
      const { compareCertificates } = await import('../../operations/compare-certificates.ts');
      const changes = compareCertificates(before, after);
      if (!changes.some(({ isNotable }) => isNotable)) return true;
      const detail = changes.map(({ message }) => message).join('\n');
      return ask(`The new certificate ${certificate} differs from the one that it replaces.`, detail, 'Replace');
    },
    async record(name, value) {
      const detail = `${name}. IN TXT "${value}"`;
      const [go, copy] = ['Continue', 'Copy Value'];
      for (;;) {
        const chosen = await window.showInformationMessage(
          `Set this TXT record, wait until it is published, then continue.`,
          { modal: true, detail },
          go,
          copy,
        );
        if (chosen !== copy) return chosen === go ? 'continue' : 'cancel';
        // The text of a dialogue cannot be marked on every system, and nobody types 43 random characters.
        await env.clipboard.writeText(value);
      }
    },
    async trust(command) {
      if (!workspace.isTrusted) return false;
      const detail = `${shellLine(command)}\n\nIt runs on this machine with your rights. It is asked for again only when it changes.`;
      return ask('The plan wants to run a command.', detail, 'Run');
    },
    async eabSecret(issuer, kid) {
      const key = secretKey(issuer, kid);
      const known = await services.secrets.get(key);
      if (known !== undefined) return known;
      const secret = await window.showInputBox({
        title: `External account of ${issuer}`,
        prompt: `HMAC key that the CA gave you with the key id ${kid}. It is kept in the editor's secret storage, not in the plan.`,
        password: true,
        ignoreFocusOut: true,
      });
      if (secret !== undefined && secret !== '') await services.secrets.store(key, secret);
      return secret;
    },
    eabRefused: async (issuer, kid) => services.secrets.delete(secretKey(issuer, kid)),
  };
}

function secretKey(issuer: string, kid: string): string {
  return `eab/${issuer}/${kid}`;
}

/** A question that is answered by one button or by leaving it. */
async function ask(message: string, detail: string, yes: string): Promise<boolean> {
  return (await window.showWarningMessage(message, { modal: true, detail }, yes)) === yes;
}
