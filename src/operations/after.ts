import { execFile } from 'node:child_process';
import type { Plan, PlannedCertificate } from '../acme/plan.ts';
import { AcmeProblem } from '../acme/problem.ts';
import type { IssuanceContext } from '../acme/steps.ts';
import { certificateId, isTrusted, removeFile, type Store, trustCommand } from '../acme/store.ts';

export interface AfterResult {
  readonly problem: AcmeProblem | undefined;
}

/** Notes that a certificate's `after` command is owed; it stays owed until it ran well. */
export async function markPending(store: Store, id: string, command: readonly string[]): Promise<void> {
  await store.writeJson(pendingPath(store, id), command);
}

function pendingPath(store: Store, id: string): string {
  return store.path('orders', `${id}.after.json`);
}

/**
 * Runs the `after` commands that new certificates owe: each distinct one once, and only if the user has trusted exactly
 * its words. @returns results by certificate name
 */
export async function runPending(
  plan: Plan,
  store: Store,
  certificates: readonly PlannedCertificate[],
  context: IssuanceContext & { readonly dryRun: boolean; readonly trust: boolean },
): Promise<ReadonlyMap<string, AfterResult>> {
  const results = new Map<string, AfterResult>();
  if (context.dryRun) return results;
  const ran = new Map<string, AfterResult>();
  for (const { name, after } of certificates) {
    const path = pendingPath(store, certificateId(plan, name));
    if ((await store.readJson<readonly string[]>(path)) === undefined) continue;
    if (after === undefined) {
      await removeFile(path);
      continue;
    }
    const key = JSON.stringify(after);
    const result = ran.get(key) ?? (await runTrusted(plan, store, name, after, context));
    ran.set(key, result);
    results.set(name, result);
    if (result.problem === undefined) await removeFile(path);
  }
  return results;
}

async function runTrusted(
  plan: Plan,
  store: Store,
  certificate: string,
  command: readonly string[],
  context: IssuanceContext & { readonly trust: boolean },
): Promise<AfterResult> {
  const text = command.join(' ');
  if (!context.trust && !(await isTrusted(store, command))) {
    if ((await context.hooks.trust?.(command)) !== true) {
      const detail = `"${text}" was not run after the new certificate: it is not trusted. Look at it, and allow it once with --trust.`;
      return { problem: new AcmeProblem('after-not-trusted', detail) };
    }
  }
  await trustCommand(store, command);
  const problem = await execute(command, plan.folder, context.signal);
  context.onStep({ kind: 'after', certificate, command, problem: problem?.detail });
  return { problem };
}

/** No shell: the words reach the program as they stand. */
function execute(
  command: readonly string[],
  cwd: string,
  signal: AbortSignal | undefined,
): Promise<AcmeProblem | undefined> {
  const [program = '', ...words] = command;
  return new Promise((resolve) => {
    execFile(
      program,
      words,
      { cwd, timeout: 120_000, ...(signal === undefined ? {} : { signal }) },
      (error, _stdout, stderr) => {
        if (error === null) return resolve(undefined);
        const last = stderr.trim().split('\n').at(-1) ?? '';
        const detail = `The certificate is in place, but "${command.join(' ')}" failed: ${last || error.message}. Run it by hand once it is mended.`;
        resolve(new AcmeProblem('after-failed', detail, { cause: error }));
      },
    );
  });
}
