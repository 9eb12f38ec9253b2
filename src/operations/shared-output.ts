import { AcmeProblem } from '../acme/client/problem.ts';
import type { Plan, PlannedCertificate } from '../acme/plan/plan.ts';
import type { InventoryItem } from '../acme/renewal/inventory.ts';
import { stat } from '../acme/store/files.ts';
import type { HistoryEntry } from '../acme/store/history.ts';

/**
 * Two plans that write the same file would each order a new certificate at every run, since the file holds the other's. Known by
 * the history: what lies there came after our own, from somebody who is still there.
 * @throws AcmeProblem of type `output-shared`
 */
export async function refuseSharedOutput(
  plan: Plan,
  planned: PlannedCertificate,
  item: InventoryItem,
  history: readonly HistoryEntry[],
): Promise<void> {
  const issued = history.filter(({ event }) => event === 'issued');
  const isOurs = (entry: HistoryEntry) => entry.plan === plan.file && entry.certificate === planned.name;
  const at = issued.findLastIndex(({ serialNumber }) => serialNumber === item.serialNumber);
  const other = issued[at];
  if (other === undefined || isOurs(other) || !issued.slice(0, at).some(isOurs)) return;
  const isThere =
    other.plan === plan.file
      ? plan.certificates.has(other.certificate)
      : await stat(other.plan).then(
          () => true,
          () => false,
        );
  if (!isThere) return;
  const { files } = planned.output;
  const file = files.certificate ?? files.fullchain ?? files.combined;
  throw new AcmeProblem(
    'output-shared',
    `${file} holds certificate "${other.certificate}" of ${other.plan}, which took the place of this one: each would replace the other at every run. Give each its own file, or use --force.`,
  );
}
