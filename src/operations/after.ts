import { AcmeProblem } from '../acme/client/problem.ts';
import { ensureTrusted } from '../acme/client/trust.ts';
import type { IssuanceContext } from '../acme/order/steps.ts';
import type { Plan, PlannedCertificate } from '../acme/plan/plan.ts';
import { runCommand } from '../acme/run-command.ts';
import { removeFile } from '../acme/store/files.ts';
import type { Lock } from '../acme/store/lock.ts';
import { writeReason } from '../acme/store/reasons.ts';
import { certificateId, type Store } from '../acme/store/store.ts';
import { shellLine } from '../text/shell.ts';

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
  context: IssuanceContext & { readonly dryRun: boolean },
): Promise<ReadonlyMap<string, AfterResult>> {
  if (context.dryRun) return new Map();
  const owed = await owing(plan, store, certificates);
  if (owed.length === 0) return new Map();
  let lock: Lock;
  try {
    // Several processes may have found the same certificate in place: one of them runs its command.
    lock = await store.lock('after', 'What follows new certificates', patience, context.signal);
  } catch (error) {
    // What became of the certificates is told all the same.
    return new Map(
      owed.flatMap(({ name, after }) => (after === undefined ? [] : [[name, { problem: notRun(after, error) }]])),
    );
  }
  try {
    return await runLocked(plan, store, owed, context);
  } finally {
    await lock.release();
  }
}

/** Commands such as the reload of a server may take their time. */
const patience = 300_000;

async function owing(
  plan: Plan,
  store: Store,
  certificates: readonly PlannedCertificate[],
): Promise<readonly PlannedCertificate[]> {
  const owed: PlannedCertificate[] = [];
  for (const certificate of certificates) {
    const path = pendingPath(store, certificateId(plan, certificate.name));
    if ((await store.readJson(path)) !== undefined) owed.push(certificate);
  }
  return owed;
}

async function runLocked(
  plan: Plan,
  store: Store,
  certificates: readonly PlannedCertificate[],
  context: IssuanceContext,
): Promise<ReadonlyMap<string, AfterResult>> {
  const results = new Map<string, AfterResult>();
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
  context: IssuanceContext,
): Promise<AfterResult> {
  try {
    await ensureTrusted(store, command, plan.folder, context.hooks);
    await runCommand(command, { cwd: plan.folder, signal: context.signal });
    context.onStep({ kind: 'after', certificate, command, problem: undefined });
    return { problem: undefined };
  } catch (error) {
    const problem = error instanceof AcmeProblem ? error : failed(command, error);
    context.onStep({ kind: 'after', certificate, command, problem: problem.detail });
    return { problem };
  }
}

function failed(command: readonly string[], error: unknown): AcmeProblem {
  const reason = error instanceof Error ? error.message : String(error);
  const detail = `The certificate is in place, but "${shellLine(command)}" failed: ${reason}. It is tried again at the next run.`;
  return new AcmeProblem('after-failed', detail, { cause: error });
}

function notRun(command: readonly string[], error: unknown): AcmeProblem {
  const isCancelled = error instanceof AcmeProblem && error.type === 'cancelled';
  const reason = isCancelled ? 'it was interrupted' : error instanceof AcmeProblem ? error.detail : writeReason(error);
  const detail = `The certificate is in place, but "${shellLine(command)}" was not run: ${reason.replace(/\.$/, '')}. It is tried again at the next run.`;
  return new AcmeProblem('after-failed', detail, { cause: error });
}
