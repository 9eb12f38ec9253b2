import { X509Certificate } from 'node:crypto';
import { AcmeProblem } from '../acme/client/problem.ts';
import { discardOrder, keyPath, type Obtained, type OrderRecord, saveOrder } from '../acme/order/order.ts';
import type { Plan, PlannedCertificate } from '../acme/plan/plan.ts';
import { withKeptParameters } from '../acme/renewal/kept-parameters.ts';
import type { SolverContext } from '../acme/solvers/solver.ts';
import { readIfThere } from '../acme/store/atomic.ts';
import { appendHistory, readHistory } from '../acme/store/history.ts';
import {
  commitOutput,
  outputContents,
  planOutput,
  type StagedFile,
  stageOutput,
  unstageOutput,
} from '../acme/store/output.ts';
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
  { chain, key, record }: Obtained,
  before: string | undefined,
  context: SolverContext,
): Promise<readonly string[]> {
  const changes = before === undefined ? [] : compareCertificates(before, chain);
  // Whoever is asked may take the time, or say no: the chain is kept meanwhile.
  if (context.hooks.replace !== undefined) await saveOrder(context.store, context.certificateId, record);
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
  const contents = await withKeptParameters(outputContents(chain, key), planned.output);
  const staged = await planOutput(planned.output, contents);
  const ready = await saveOrder(context.store, context.certificateId, { ...record, staged });
  await stageOutput(staged, planned.output, contents).catch(async (error: unknown) => {
    // The next run may find other places in the plan.
    await saveOrder(context.store, context.certificateId, record);
    throw error;
  });
  await commitOutput(staged);
  await close(plan, planned, ready, context);
  return changes.map(({ message }) => message);
}

/** Goes on where an earlier run was killed while it wrote the files; does nothing twice. */
export async function finishInstall(
  plan: Plan,
  planned: PlannedCertificate,
  record: OrderRecord,
  context: SolverContext,
): Promise<void> {
  const { staged = [], chain = '' } = record;
  const key = await readIfThere(keyPath(context.store, context.certificateId));
  const contents = await withKeptParameters(outputContents(chain, key), planned.output);
  await unstageOutput(staged);
  const wanted = await planOutput(planned.output, contents);
  if (wanted.length !== staged.length || wanted.some(({ path }, index) => path !== staged[index]?.path)) {
    // The plan names other files now: the certificate is installed there.
    await saveOrder(context.store, context.certificateId, { ...record, staged: undefined });
    return;
  }
  const left: StagedFile[] = [];
  for (const file of staged) if ((await readIfThere(file.path)) !== contents[file.kind]) left.push(file);
  await stageOutput(left, planned.output, contents);
  await commitOutput(left);
  await close(plan, planned, record, context);
}

/** The files are in place: notes it, and forgets the order. */
async function close(
  plan: Plan,
  planned: PlannedCertificate,
  record: OrderRecord,
  context: SolverContext,
): Promise<void> {
  const { store, certificateId } = context;
  const { staged = [], chain = '' } = record;
  const certificate = new X509Certificate(chain);
  const { serialNumber } = certificate;
  if (!(await readHistory(store)).some((entry) => entry.serialNumber === serialNumber)) {
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
      ...(record.wishes === undefined ? {} : { wishes: record.wishes }),
    });
  }
  await markPending(store, plan, planned, chain);
  await discardOrder(store, certificateId);
  context.onStep({ kind: 'install', certificate: planned.name, files: staged.map(({ path }) => path) });
}
