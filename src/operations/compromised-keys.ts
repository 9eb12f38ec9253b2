import { createPublicKey } from 'node:crypto';
import { AcmeProblem } from '../acme/client/problem.ts';
import { readOwnRequest } from '../acme/keys/own-request.ts';
import type { PlannedCertificate } from '../acme/plan/plan.ts';
import { keyToKeep } from '../acme/renewal/placed.ts';
import type { SolverContext } from '../acme/solvers/solver.ts';
import type { HistoryEntry } from '../acme/store/history.ts';

/**
 * The key that the plan wants used again, but for one that somebody else may have: it was revoked as compromised. No CA may certify
 * that again (Baseline Requirements 6.1.1.3), and some would.
 * @throws AcmeProblem of type `key-compromised` for the user's own signing request by such a key
 */
export async function keyToUseAgain(
  planned: PlannedCertificate,
  history: readonly HistoryEntry[],
  context: SolverContext,
): Promise<string | undefined> {
  const lost = history.flatMap(({ compromisedKey }) =>
    compromisedKey === undefined ? [] : [Buffer.from(compromisedKey, 'base64')],
  );
  if (planned.csr !== undefined && lost.length > 0) {
    const names = planned.identifiers.map(({ value }) => value);
    const request = await readOwnRequest(planned.csr, names);
    if (lost.some((key) => request.includes(key))) {
      const next = 'Make a new key, and a request by it.';
      throw new AcmeProblem(
        'key-compromised',
        `The key of ${planned.csr} was revoked as compromised: anyone who has it could still impersonate this site. ${next}`,
      );
    }
  }
  const key = await keyToKeep(planned);
  if (key === undefined || lost.length === 0) return key;
  const own = createPublicKey(key).export({ type: 'spki', format: 'der' });
  if (!lost.some((each) => each.equals(own))) return key;
  const message = 'Its key was revoked as compromised, and is not used again: a new one is made.';
  context.onStep({ kind: 'warning', certificate: planned.name, message });
  return undefined;
}
