import type { AcmeClient } from '../acme/client/client.ts';
import { fetchRenewalInfo, longestUnasked, type RenewalInfo } from '../acme/renewal/ari.ts';
import { sweepTemporaries } from '../acme/store/atomic.ts';
import type { Store } from '../acme/store/store.ts';

interface Saved {
  readonly start: string;
  readonly end: string;
  readonly explanation?: string;
  readonly askAfter: string;
}

/** What the CA last said of a certificate. */
export async function savedRenewalInfo(store: Store, identifier: string | undefined): Promise<RenewalInfo | undefined> {
  const all = await store.readJson<Readonly<Record<string, Saved>>>(store.path('renewal-info.json'));
  const known = identifier === undefined ? undefined : all?.[identifier];
  if (known === undefined) return undefined;
  const { start, end, askAfter, explanation } = known;
  return { start: new Date(start), end: new Date(end), askAfter: new Date(askAfter), explanation };
}

/** What the CA says of a certificate, asked again only when it wants to be asked again. @throws AcmeProblem */
export async function renewalInfo(
  store: Store,
  identifier: string,
  now: Date,
  open: () => Promise<AcmeClient>,
): Promise<RenewalInfo | undefined> {
  const known = await savedRenewalInfo(store, identifier);
  const left = known === undefined ? 0 : known.askAfter.getTime() - now.getTime();
  // What was said to a clock that was wrong by a year would else hold for a year.
  if (left > 0 && left <= longestUnasked) return known;
  const info = await fetchRenewalInfo(await open(), identifier);
  if (info === undefined) return undefined;
  const path = store.path('renewal-info.json');
  const lock = await store.lock('renewal-info', 'The renewal information', 10_000);
  try {
    await sweepTemporaries(store.folder, 'renewal-info.');
    const all = (await store.readJson<Readonly<Record<string, unknown>>>(path)) ?? {};
    // Certificates that ended are asked about no more.
    const current = Object.entries(all).filter(
      ([, saved]) => new Date((saved as Saved).end).getTime() > now.getTime() - 400 * 86_400_000,
    );
    await store.writeJson(path, { ...Object.fromEntries(current), [identifier]: info });
  } finally {
    await lock.release();
  }
  return info;
}
