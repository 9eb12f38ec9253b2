import { AcmeProblem } from '../client/problem.ts';
import type { ChallengePlan } from '../plan/plan.ts';
import { sweepTemporaries } from '../store/atomic.ts';
import { changeRecord, presentRecord } from './dns.ts';
import { leftNotes } from './journal.ts';
import { presentOverHttp, presentOverTls } from './listen.ts';
import type { Solver, SolverContext } from './solver.ts';
import { presentFile, removeChallengeFile } from './webroot.ts';

/** The solver that the plan asks for. */
export function createSolver(plan: ChallengePlan): Solver {
  switch (plan.type) {
    case 'dns-01':
      return (task, context) => presentRecord(plan.how, task, context);
    case 'tls-alpn-01':
      return (task, context) => presentOverTls(plan.address, task, context);
    case 'http-01':
      if (plan.how === 'listen') return (task, context) => presentOverHttp(plan.address, task, context);
      return async (task, context) => {
        const folder = plan.folders.get(task.identifier.value);
        if (folder !== undefined) return await presentFile(folder, task, context);
        throw new AcmeProblem(
          'no-webroot',
          `No webroot in the plan serves ${task.identifier.value}. Add it to the certificate's challenge.`,
        );
      };
  }
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
