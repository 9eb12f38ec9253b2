import { AcmeProblem } from '../acme/client/problem.ts';
import { ensureTrusted } from '../acme/client/trust.ts';
import type { IssuanceContext } from '../acme/order/steps.ts';
import type { Plan, PlannedCertificate } from '../acme/plan/plan.ts';
import { placedLeaves } from '../acme/renewal/complete.ts';
import { runCommand } from '../acme/run-command.ts';
import { readdir, removeFile } from '../acme/store/files.ts';
import type { Lock } from '../acme/store/lock.ts';
import { writeReason } from '../acme/store/reasons.ts';
import { certificateId, type Store } from '../acme/store/store.ts';
import { shellLine } from '../text/shell.ts';
import { isThere, serialOf } from './shared-output.ts';

export interface AfterResult {
  readonly problem: AcmeProblem | undefined;
}

/** The note that a command is owed. Older versions noted the command alone. */
interface Note {
  readonly path: string;
  readonly plan?: string;
  readonly certificate?: string;
  readonly serialNumber?: string;
}

/**
 * Notes that a certificate's `after` command is owed; it stays owed until it ran well.
 * @param leaf PEM of what is in place
 */
export async function markPending(store: Store, plan: Plan, planned: PlannedCertificate, leaf: string): Promise<void> {
  const { name: certificate, after } = planned;
  if (after === undefined) return;
  const note = { plan: plan.file, certificate, serialNumber: serialOf(leaf) };
  await store.writeJson(notePath(store, plan, certificate), note);
}

function notePath(store: Store, plan: Plan, name: string): string {
  return store.path('orders', `${certificateId(plan, name)}${noteEnding}`);
}

const noteEnding = '.after.json';

/** What is owed, by the files of the notes. */
interface Notes {
  readonly paths: ReadonlySet<string>;
  /** Those of a plan that has been moved, or of a name that is in it no more. */
  readonly abandoned: readonly Note[];
}

async function readNotes(plan: Plan, store: Store): Promise<Notes> {
  // A folder that is closed has failed each certificate, which is told.
  const names = (await readdir(store.path('orders')).catch((): string[] => [])).filter((name) =>
    name.endsWith(noteEnding),
  );
  const paths = names.map((name) => store.path('orders', name));
  const abandoned: Note[] = [];
  for (const path of paths) {
    // One that may not be read is another user's, of another plan.
    const note = await store.readJson<Omit<Note, 'path'>>(path).catch(() => undefined);
    const { plan: file, certificate } = note ?? {};
    if (file === undefined || certificate === undefined) continue;
    if (!(await isThere(plan, { plan: file, certificate }))) abandoned.push({ ...note, path });
  }
  return { paths: new Set(paths), abandoned };
}

/** Abandoned notes of what is in the place of a certificate, with its PEM. */
async function notesInPlace({ output }: PlannedCertificate, { abandoned }: Notes) {
  const placed = abandoned.length === 0 ? [] : await placedLeaves(output);
  return placed.flatMap(({ pem }) => {
    const serial = serialOf(pem);
    return serial === undefined
      ? []
      : abandoned.filter(({ serialNumber }) => serialNumber === serial).map(({ path }) => ({ path, pem }));
  });
}

/**
 * Has each certificate owe by itself what is abandoned: of copies in several places, the command of one may fail.
 * @returns the files of all notes
 */
async function adopt(plan: Plan, store: Store): Promise<ReadonlySet<string>> {
  const notes = await readNotes(plan, store);
  const paths = new Set(notes.paths);
  const adopted = new Set<string>();
  for (const certificate of plan.certificates.values()) {
    for (const { path, pem } of await notesInPlace(certificate, notes)) {
      await markPending(store, plan, certificate, pem);
      paths.add(notePath(store, plan, certificate.name));
      adopted.add(path);
    }
  }
  for (const path of adopted) {
    await removeFile(path).catch((error: unknown) => {
      const detail = `${path} cannot be removed: ${writeReason(error)}. Let this user remove it`;
      throw new AcmeProblem('state-unusable', detail, { cause: error });
    });
  }
  return paths;
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
  let lock: Lock | undefined;
  try {
    // Several processes may have found the same certificate in place: one of them runs its command.
    lock = await store.lock('after', 'What follows new certificates', patience, context.signal);
    return await runLocked(plan, store, owed, context);
  } catch (error) {
    // What became of the certificates is told all the same.
    return new Map(
      owed.flatMap(({ name, after }) => (after === undefined ? [] : [[name, { problem: notRun(after, error) }]])),
    );
  } finally {
    await lock?.release();
  }
}

/** Commands such as the reload of a server may take their time. */
const patience = 300_000;

async function owing(
  plan: Plan,
  store: Store,
  certificates: readonly PlannedCertificate[],
): Promise<readonly PlannedCertificate[]> {
  const notes = await readNotes(plan, store);
  const owed: PlannedCertificate[] = [];
  for (const certificate of certificates) {
    const isNoted = notes.paths.has(notePath(store, plan, certificate.name));
    if (isNoted || (await notesInPlace(certificate, notes)).length > 0) owed.push(certificate);
  }
  return owed;
}

/** @throws before any command is run */
async function runLocked(
  plan: Plan,
  store: Store,
  certificates: readonly PlannedCertificate[],
  context: IssuanceContext,
): Promise<ReadonlyMap<string, AfterResult>> {
  const results = new Map<string, AfterResult>();
  const ran = new Map<string, AfterResult>();
  const paths = await adopt(plan, store);
  for (const { name, after } of certificates) {
    if (!paths.has(notePath(store, plan, name))) continue;
    if (after !== undefined) {
      const key = JSON.stringify(after);
      const result = ran.get(key) ?? (await runTrusted(plan, store, name, after, context));
      ran.set(key, result);
      results.set(name, result);
      if (result.problem !== undefined) continue;
    }
    const path = notePath(store, plan, name);
    await removeFile(path).catch((error: unknown) => {
      const detail = `What follows "${name}" would be run again each time: ${path} cannot be removed: ${writeReason(error)}. Remove it.`;
      results.set(name, { problem: new AcmeProblem('state-unusable', detail, { cause: error }) });
    });
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
