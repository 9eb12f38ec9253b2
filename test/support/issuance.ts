import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type IssuanceCommandName, issuanceCommand } from '../../src/cli/issuance/commands.ts';
import type { Pebble } from './pebble.ts';

/** A folder with a plan and a state folder, and the issuance commands run in it, in this process. */
export interface Workplace {
  readonly folder: string;
  /** Writes the plan: issuer `pebble` with these further fields, and the certificates as YAML, indented by two. */
  plan(pebble: Pebble, certificates: string, issuerFields?: string): void;
  run(command: IssuanceCommandName, ...args: readonly string[]): Promise<Outcome>;
  /** With `signal` and `env`. */
  runWith(
    how: { signal?: AbortSignal; env?: Readonly<Record<string, string>> },
    command: IssuanceCommandName,
    ...args: readonly string[]
  ): Promise<Outcome>;
  remove(): void;
}

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export function createWorkplace(): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'issue-'));
  const runWith: Workplace['runWith'] = async ({ signal, env = {} }, command, ...args) => {
    let stdout = '';
    let stderr = '';
    const code = await issuanceCommand(command, ['--state', join(folder, 'state'), ...args], {
      stdout: (text) => {
        stdout += text;
      },
      stderr: (text) => {
        stderr += text;
      },
      cwd: folder,
      env,
      ...(signal === undefined ? {} : { signal }),
    });
    return { code, stdout, stderr };
  };
  return {
    folder,
    plan(pebble, certificates, issuerFields = '') {
      const issuer = `{ directory: "${pebble.directory}", ca: ${pebble.caFile}, agreeToTerms: true${issuerFields} }`;
      writeFileSync(
        join(folder, 'tls-workbench.yaml'),
        `issuers:\n  pebble: ${issuer}\ncertificates:\n${certificates}`,
      );
    },
    run: (command, ...args) => runWith({}, command, ...args),
    runWith,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The only row of a JSON result. */
export function onlyRow(outcome: Outcome): Readonly<Record<string, unknown>> & {
  readonly error: { readonly type: string; readonly detail: string; readonly retryAt: string | null } | null;
} {
  const { certificates } = JSON.parse(outcome.stdout);
  return certificates[0];
}
