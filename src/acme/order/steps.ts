import { shellLine } from '../../text/shell.ts';
import { timeText } from '../time-text.ts';

/** What an issuance is doing, told as it happens. `certificate` is the name in the plan. */
export type Step =
  | { readonly kind: 'account'; readonly certificate: string; readonly directory: string; readonly isNew: boolean }
  | { readonly kind: 'key'; readonly certificate: string }
  | { readonly kind: 'order'; readonly certificate: string; readonly url: string; readonly resumed: boolean }
  | { readonly kind: 'challenge'; readonly certificate: string; readonly identifier: string; readonly place: string }
  | {
      readonly kind: 'check';
      readonly certificate: string;
      readonly identifier: string;
      readonly url: string;
      readonly problem: string | undefined;
    }
  | { readonly kind: 'validate'; readonly certificate: string; readonly identifier: string }
  | { readonly kind: 'validated'; readonly certificate: string; readonly identifier: string }
  | { readonly kind: 'wait'; readonly certificate: string; readonly until: Date; readonly reason: string }
  | { readonly kind: 'finalize'; readonly certificate: string }
  | { readonly kind: 'download'; readonly certificate: string; readonly url: string }
  | { readonly kind: 'install'; readonly certificate: string; readonly files: readonly string[] }
  | {
      readonly kind: 'after';
      readonly certificate: string;
      readonly command: readonly string[];
      readonly problem: string | undefined;
    }
  | {
      readonly kind: 'warning';
      readonly certificate: string;
      readonly message: string;
      /** What to run next, which the message says too. */
      readonly command?: string;
    };

/** One step as a sentence for a log or a progress notification. */
export function describeStep(step: Step): string {
  switch (step.kind) {
    case 'account':
      return step.isNew ? `Registered a new account at ${step.directory}.` : `Using the account at ${step.directory}.`;
    case 'key':
      return 'Made a new private key and the signing request.';
    case 'order':
      return step.resumed ? `Going on with the order ${step.url}.` : `Placed the order ${step.url}.`;
    case 'challenge':
      return `Put the proof for ${step.identifier} in place: ${step.place}.`;
    case 'check':
      return step.problem === undefined ? `${step.url} shows the proof.` : step.problem;
    case 'validate':
      return `Asked the CA to validate ${step.identifier}.`;
    case 'validated':
      return `${step.identifier} is validated.`;
    case 'wait':
      return `${step.reason}: waiting until ${timeText(step.until)}.`;
    case 'finalize':
      return 'Sent the signing request.';
    case 'download':
      return 'Downloading the certificate.';
    case 'install':
      return `Wrote ${step.files.join(', ')}.`;
    case 'after':
      return step.problem ?? `Ran ${shellLine(step.command)}.`;
    case 'warning':
      return step.message;
  }
}

/** Where the user is asked. Left out: nobody is there, and the safe default holds. */
export interface IssuanceHooks {
  /**
   * A challenge file was written; on which machine the web server runs is not known. `problem`: why the last check
   * failed. Without this hook the check is advice only.
   */
  readonly published?: (file: string, url: string, problem: string | undefined) => Promise<'check' | 'skip' | 'cancel'>;
  /**
   * Before an order: what stands against the proof, as the web server's configuration has it. Undefined: nothing does, or
   * the user goes on all the same.
   */
  readonly prove?: (certificate: string) => Promise<string | undefined>;
  /** A limit of the CA is foreseen: true asks it all the same. Without it: no. */
  readonly limit?: (message: string) => Promise<boolean>;
  /** The issuer is down, and why: true asks the fallback of the plan. Without it: yes, as the plan says. */
  readonly fallback?: (message: string, issuer: string) => Promise<boolean>;
  /** A TXT record must be set by hand. */
  readonly record?: (name: string, value: string) => Promise<'continue' | 'cancel'>;
  /** Before live files are replaced: the old certificate and the new chain, PEM. Without it they are replaced. */
  readonly replace?: (before: string, after: string, certificate: string) => Promise<boolean>;
  /** Before the first key is written to a file inside the plan's folder; here the editor offers `.gitignore`. */
  readonly keyFile?: (file: string) => Promise<void>;
  /** Whether an `after` command that is not yet trusted may run. Without it: no. */
  readonly trust?: (command: readonly string[]) => Promise<boolean>;
  /** Secret of an external account (base64url), asked once for a new account. */
  readonly eabSecret?: (issuer: string, kid: string) => Promise<string | undefined>;
  /** The CA did not take the key id with its secret: whoever keeps the secret asks for it again the next time. */
  readonly eabRefused?: (issuer: string, kid: string) => Promise<void>;
}

/** What every part of one issuance needs of its surroundings. */
export interface IssuanceContext {
  readonly now: () => Date;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
  readonly onStep: (step: Step) => void;
  readonly hooks: IssuanceHooks;
  /** `auto`: not for a CA on this machine, which sees other names than the rest of the world. */
  readonly selfCheck: 'auto' | 'on' | 'off';
}
