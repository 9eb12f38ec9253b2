import type { Plan, PlannedCertificate } from '../acme/plan/plan.ts';
import { contentsAtHand, missingFiles } from '../acme/renewal/complete.ts';
import { withKeptParameters } from '../acme/renewal/kept-parameters.ts';
import type { SolverContext } from '../acme/solvers/solver.ts';
import {
  alignAccess,
  checkKeyStays,
  checkWritable,
  commitOutput,
  planOutput,
  stageOutput,
} from '../acme/store/output.ts';
import { markPending } from './after.ts';

/**
 * Has the files of a certificate that is current be as the plan says by now.
 * @param leaf PEM of the certificate in place
 * @returns what was done, or would be in a dry run, as sentences; empty where nothing was
 */
export async function alignOutput(
  plan: Plan,
  planned: PlannedCertificate,
  leaf: string,
  context: SolverContext & { readonly dryRun: boolean },
): Promise<readonly string[]> {
  const written = await completeOutput(plan, planned, leaf, context);
  const opened = (await alignAccess(planned.output, !context.dryRun)).join(', ');
  if (opened !== '' && !context.dryRun) await markPending(context.store, plan, planned, leaf);
  const would = context.dryRun ? 'Dry run: would give' : 'Gave';
  return [
    ...(written === undefined ? [] : [written]),
    ...(opened === '' ? [] : [`${would} ${opened} the mode and group of the plan.`]),
  ];
}

/**
 * Writes what the plan names and what is not there, or holds another certificate, out of the files that are: no CA need be asked
 * for an output that was added to the plan.
 * @returns what was done, or would be in a dry run, as a sentence
 */
async function completeOutput(
  plan: Plan,
  planned: PlannedCertificate,
  leaf: string,
  context: SolverContext & { readonly dryRun: boolean },
): Promise<string | undefined> {
  const missing = await missingFiles(planned, leaf);
  if (missing.size === 0) return undefined;
  // The key itself is there, and not among what is missing.
  await checkKeyStays(planned.output);
  const names = [...missing.values()].join(', ');
  if (context.dryRun) return `Dry run: ${names} would be written out of the other files.`;
  const output = { ...planned.output, files: Object.fromEntries(missing) };
  await checkWritable(output);
  const keyFile = missing.get('combined');
  if (keyFile !== undefined && planned.csr === undefined) await context.hooks.keyFile?.(keyFile);
  const contents = await withKeptParameters(await contentsAtHand(planned, leaf), output);
  const staged = await planOutput(output, contents);
  await stageOutput(staged, output, contents);
  await commitOutput(staged);
  await markPending(context.store, plan, planned, leaf);
  context.onStep({ kind: 'install', certificate: planned.name, files: staged.map(({ path }) => path) });
  return `Wrote ${names} out of the other files.`;
}
