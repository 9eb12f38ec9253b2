import { X509Certificate } from 'node:crypto';
import { AcmeProblem } from '../acme/client/problem.ts';
import type { Plan, PlannedCertificate } from '../acme/plan/plan.ts';
import { placedLeaves } from '../acme/renewal/complete.ts';
import { stat } from '../acme/store/files.ts';
import type { HistoryEntry } from '../acme/store/history.ts';

/**
 * Two plans that write the same file would each order a new certificate, or write its own there again, at every run, since the file
 * holds the other's. Known by the history: what lies there came after our own, from somebody who is still there.
 * @throws AcmeProblem of type `output-shared`
 */
export async function refuseSharedOutput(
  plan: Plan,
  planned: PlannedCertificate,
  history: readonly HistoryEntry[],
): Promise<void> {
  const issued = history.filter(({ event }) => event === 'issued');
  const isOurs = (entry: HistoryEntry) => entry.plan === plan.file && entry.certificate === planned.name;
  for (const { path, pem } of await placedLeaves(planned.output)) {
    const serial = serialOf(pem);
    const at = issued.findLastIndex(({ serialNumber }) => serialNumber === serial);
    const other = issued[at];
    if (other === undefined || isOurs(other) || !issued.slice(0, at).some(isOurs)) continue;
    if (!(await isThere(plan, other))) continue;
    throw new AcmeProblem(
      'output-shared',
      `${path} holds certificate "${other.certificate}" of ${other.plan}, which took the place of this one: each would replace the other at every run. Give each its own file, or use --force.`,
    );
  }
}

/** Hex serial number of the first certificate of a PEM; undefined where none can be read. */
export function serialOf(pem: string): string | undefined {
  try {
    return new X509Certificate(pem).serialNumber;
  } catch {
    return undefined;
  }
}

/** Whether what made an entry may do so again: the plan is there, and has the certificate as far as is known. */
export async function isThere(
  plan: Plan,
  { plan: file, certificate }: Pick<HistoryEntry, 'plan' | 'certificate'>,
): Promise<boolean> {
  if (file === plan.file) return plan.certificates.has(certificate);
  return await stat(file).then(
    () => true,
    () => false,
  );
}
