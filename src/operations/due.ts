import type { Plan } from '../acme/plan/plan.ts';
import type { RenewalInfo } from '../acme/renewal/ari.ts';
import { takeInventory } from '../acme/renewal/inventory.ts';
import { type Action, planRenewals } from '../acme/renewal/renewal.ts';
import { readHistory } from '../acme/store/history.ts';
import { openStore } from '../acme/store/store.ts';
import { savedRenewalInfo } from './renewal-info.ts';

export interface DueRow extends Action {
  /** End of the certificate that is there; undefined where there is none. */
  readonly notAfter: Date | undefined;
}

/**
 * What is due among the certificates of a plan, judged without any network: by what lies in the output files and by what
 * the CAs said when they were last asked. Writes nothing.
 */
export async function listDue(plan: Plan, state: string, now: Date): Promise<readonly DueRow[]> {
  const store = await openStore(state, false);
  const history = await readHistory(store);
  const inventory = await Promise.all(
    [...plan.certificates.values()].map((planned) => takeInventory(planned, history)),
  );
  const info = new Map<string, RenewalInfo>();
  for (const { name, ariIdentifier } of inventory) {
    const saved = await savedRenewalInfo(store, ariIdentifier);
    if (saved !== undefined) info.set(name, saved);
  }
  return planRenewals(now, plan, inventory, info).map((action) => {
    const item = inventory.find(({ name }) => name === action.name);
    return { ...action, notAfter: item?.state === 'present' ? item.notAfter : undefined };
  });
}
