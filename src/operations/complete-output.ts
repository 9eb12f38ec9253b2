import type { Plan, PlannedCertificate } from '../acme/plan/plan.ts';
import { contentsAtHand, missingFiles } from '../acme/renewal/complete.ts';
import type { SolverContext } from '../acme/solvers/solver.ts';
import { checkWritable, commitOutput, planOutput, stageOutput } from '../acme/store/output.ts';
import { certificateId } from '../acme/store/store.ts';
import { markPending } from './after.ts';

/**
 * Writes what the plan names and what is not there out of the files that are: no CA need be asked for an output that was
 * added to the plan.
 * @param leaf PEM of the certificate in place
 * @returns what was done, or would be in a dry run, as a sentence
 */
export async function completeOutput(
  plan: Plan,
  planned: PlannedCertificate,
  leaf: string,
  context: SolverContext & { readonly dryRun: boolean },
): Promise<string | undefined> {
  const missing = await missingFiles(planned);
  if (missing.size === 0) return undefined;
  const names = [...missing.values()].join(', ');
  if (context.dryRun) return `Dry run: ${names} would be written out of the other files.`;
  const output = { ...planned.output, files: Object.fromEntries(missing) };
  await checkWritable(output);
  const keyFile = missing.get('combined');
  if (keyFile !== undefined && planned.csr === undefined) await context.hooks.keyFile?.(keyFile);
  const contents = await contentsAtHand(planned, leaf);
  const staged = await planOutput(output, contents);
  await stageOutput(staged, output, contents);
  await commitOutput(staged);
  if (planned.after !== undefined) await markPending(context.store, certificateId(plan, planned.name), planned.after);
  context.onStep({ kind: 'install', certificate: planned.name, files: staged.map(({ path }) => path) });
  return `Wrote ${names} out of the other files.`;
}
