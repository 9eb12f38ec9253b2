import { X509Certificate } from 'node:crypto';
import { AcmeProblem } from '../acme/client/problem.ts';
import { discardOrder, loadOrder, type Obtained, type OrderRecord, saveOrder } from '../acme/order/order.ts';
import type { Plan, PlannedCertificate } from '../acme/plan/plan.ts';
import type { SolverContext } from '../acme/solvers/solver.ts';
import { commitOutput, outputContents, planOutput, stageOutput, unstageOutput } from '../acme/store/output.ts';
import { appendHistory, readHistory } from '../acme/store/store.ts';
import { markPending } from './after.ts';
import { compareCertificates } from './compare-certificates.ts';

/**
 * Puts a new certificate in place of the old one: all files written beside their places first, then renamed. Killed
 * between, the next run goes on by the order record. Where nobody is there to be asked, what clients may notice is told
 * and the files are replaced all the same: names, issuer and key type are the plan's.
 * @param before PEM of the certificate that is replaced
 * @returns what changes for clients, a sentence each
 */
export async function install(
  plan: Plan,
  planned: PlannedCertificate,
  { chain, key }: Obtained,
  before: string | undefined,
  context: SolverContext,
): Promise<readonly string[]> {
  const changes = before === undefined ? [] : compareCertificates(before, chain);
  if (before !== undefined && (await context.hooks.replace?.(before, chain, planned.name)) === false) {
    throw new AcmeProblem(
      'declined',
      `The files of "${planned.name}" were left as they are. The new certificate waits for the next run.`,
    );
  }
  if (context.hooks.replace === undefined) {
    for (const { isNotable, message } of changes)
      if (isNotable) context.onStep({ kind: 'warning', certificate: planned.name, message });
  }
  const keyFile = planned.output.files.key ?? planned.output.files.combined;
  if (key !== undefined && keyFile !== undefined) await context.hooks.keyFile?.(keyFile);
  const record = await loadOrder(context.store, context.certificateId);
  if (record === undefined)
    throw new AcmeProblem('internal', `The order of "${planned.name}" vanished from the state folder. Run it again.`);
  const contents = outputContents(chain, key);
  const staged = await planOutput(planned.output, contents);
  await saveOrder(context.store, context.certificateId, { ...record, staged, isStaged: false });
  await stageOutput(staged, planned.output, contents);
  const ready = await saveOrder(context.store, context.certificateId, { ...record, staged, isStaged: true });
  await finishInstall(plan, planned, ready, context);
  return changes.map(({ message }) => message);
}

/** From the staged files on; does nothing twice. */
export async function finishInstall(
  plan: Plan,
  planned: PlannedCertificate,
  record: OrderRecord,
  context: SolverContext,
): Promise<void> {
  const { store, certificateId } = context;
  const { staged, chain } = record;
  if (staged === undefined || chain === undefined) return;
  if (!record.isStaged) {
    await unstageOutput(staged);
    await saveOrder(store, certificateId, { ...record, staged: undefined });
    return;
  }
  await commitOutput(staged);
  const certificate = new X509Certificate(chain);
  const { serialNumber } = certificate;
  if (!(await readHistory(store)).some((entry) => entry.event === 'issued' && entry.serialNumber === serialNumber)) {
    await appendHistory(store, {
      time: context.now().toISOString(),
      certificate: planned.name,
      plan: plan.file,
      directory: record.directory,
      names: planned.identifiers.map(({ value }) => value),
      event: 'issued',
      serialNumber,
      notAfter: new Date(certificate.validTo).toISOString(),
      ...(record.replaces === undefined ? {} : { replaces: true }),
    });
  }
  if (planned.after !== undefined) await markPending(store, certificateId, planned.after);
  await discardOrder(store, certificateId);
  context.onStep({ kind: 'install', certificate: planned.name, files: staged.map(({ path }) => path) });
}
