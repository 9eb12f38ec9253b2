import { AcmeProblem } from '../client/problem.ts';
import type { Identifier } from '../order/identifiers.ts';
import type { ChallengePlan } from '../plan/plan.ts';
import { sweepTemporaries } from '../store/atomic.ts';
import { changeRecord, checkDns, presentRecord } from './dns.ts';
import { leftNotes } from './journal.ts';
import { checkListen, presentOverHttp, presentOverTls } from './listen.ts';
import type { Solver, SolverContext } from './solver.ts';
import { checkFolder, presentFile, removeChallengeFile } from './webroot.ts';

/** The solver that the plan asks for. */
export function createSolver(plan: ChallengePlan): Solver {
  switch (plan.type) {
    case 'dns-01':
      return (task, context) => presentRecord(plan.how, task, context);
    case 'tls-alpn-01':
      return (task, context) => presentOverTls(plan.address, task, context);
    case 'http-01':
      if (plan.how === 'listen') return (task, context) => presentOverHttp(plan.address, task, context);
      return async (task, context) => await presentFile(folderFor(plan, task.identifier), task, context);
  }
}

/**
 * Tells before an order is spent what stands against its proofs on this machine: folders that cannot be written, ports that
 * may not be opened, commands that are not trusted. What may have passed when it is needed, such as a port in use, is left.
 * @throws AcmeProblem
 */
export async function checkChallenge(
  plan: ChallengePlan,
  identifiers: readonly Identifier[],
  context: SolverContext,
): Promise<void> {
  if (plan.type === 'dns-01') return await checkDns(plan.how, context);
  if (plan.type === 'tls-alpn-01' || plan.how === 'listen') return await checkListen(plan.address);
  for (const folder of new Set(identifiers.map((identifier) => folderFor(plan, identifier)))) await checkFolder(folder);
}

function folderFor({ folders }: Extract<ChallengePlan, { how: 'folder' }>, { value }: Identifier): string {
  const folder = folders.get(value);
  if (folder !== undefined) return folder;
  throw new AcmeProblem('no-webroot', `No webroot in the plan serves ${value}. Add it to the certificate's challenge.`);
}

/** Removes what an earlier run of this certificate left behind when it was killed, under the certificate's lock. Never throws for one of them. */
export async function removeLeftovers(context: SolverContext): Promise<void> {
  await sweepTemporaries(context.store.path('challenges'), `${context.certificateId}.`);
  for (const { entry, remove } of await leftNotes(context.store, context.certificateId)) {
    if (entry.kind === 'file') await removeChallengeFile(entry, context.store);
    else if (entry.kind === 'record') {
      try {
        await changeRecord(entry.how, 'remove', entry.name, entry.value, context);
      } catch (error) {
        const reason = error instanceof AcmeProblem ? error.detail : String(error);
        context.onStep({
          kind: 'warning',
          certificate: '',
          message: `${entry.name} TXT "${entry.value}" is left from a run that was killed: ${reason}`,
        });
      }
    }
    await remove();
  }
}
