import type { ChallengePlan } from '../plan.ts';
import { AcmeProblem } from '../problem.ts';
import type { Solver } from './solver.ts';
import { presentFile } from './webroot.ts';

/** The solver that the plan asks for. */
export function createSolver(plan: ChallengePlan): Solver {
  if (plan.type === 'http-01' && plan.how === 'folder') {
    return async (task, context) => {
      const folder = plan.folders.get(task.identifier.value);
      if (folder !== undefined) return await presentFile(folder, task, context);
      throw new AcmeProblem(
        'no-webroot',
        `No webroot in the plan serves ${task.identifier.value}. Add it to the certificate's challenge.`,
      );
    };
  }
  throw new AcmeProblem('not-supported', `Challenges of type ${plan.type} are not supported here yet.`);
}
