import { isIP } from 'node:net';
import { AcmeProblem } from '../client/problem.ts';
import { findPreset } from '../plan/presets.ts';
import type { HistoryEntry } from '../store/store.ts';
import { timeText } from '../time-text.ts';
import { registeredDomain } from './registered-domain.ts';

/** One limit of a CA, and how the local history counts for it. */
interface Limit {
  readonly what: string;
  readonly count: number;
  /** Milliseconds. */
  readonly window: number;
  /** One more is allowed after this. */
  readonly refill: number;
  /** Whether a renewal that names the certificate it replaces is outside of it (RFC 9773 section 5). */
  readonly sparesRenewals: boolean;
  counts(entry: HistoryEntry, names: readonly string[]): boolean;
}

const hour = 3_600_000;
const week = 7 * 24 * hour;

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  [...a].sort().join(' ') === [...b].sort().join(' ');

/** Let's Encrypt production, https://letsencrypt.org/docs/rate-limits/ as of 2026. */
const letsEncrypt: readonly Limit[] = [
  {
    what: '5 certificates for exactly these names in 7 days',
    count: 5,
    window: week,
    refill: 34 * hour,
    sparesRenewals: true,
    counts: (entry, names) => entry.event === 'issued' && sameSet(entry.names, names),
  },
  {
    what: '50 certificates for one registered domain in 7 days',
    count: 50,
    window: week,
    refill: 202 * 60_000,
    sparesRenewals: true,
    counts: (entry, names) =>
      entry.event === 'issued' && domainsOf(entry.names).some((domain) => domainsOf(names).includes(domain)),
  },
  {
    what: '5 failed validations of one name in an hour',
    count: 5,
    window: hour,
    refill: 12 * 60_000,
    sparesRenewals: false,
    counts: (entry, names) =>
      entry.event === 'failed' &&
      /^urn:.*:(unauthorized|dns|connection|caa|tls|incorrectResponse)$/.test(entry.error ?? '') &&
      entry.names.some((name) => names.includes(name)),
  },
];

/**
 * Foresees from the local history that a CA would refuse, before an order is spent: by what it said itself, and by the limits
 * that are known. Knows only what this state folder saw,
 * so that the CA may still refuse.
 * @param isRenewal the order names the certificate that it replaces
 * @returns a problem of type `rate-limit-foreseen` with `retryAt`; undefined where nothing is foreseen
 */
export function checkLimits(
  directory: string,
  names: readonly string[],
  history: readonly HistoryEntry[],
  now: Date,
  isRenewal: boolean,
): AcmeProblem | undefined {
  const asked = askedToWait(directory, names, history, now);
  if (asked !== undefined || findPreset(directory)?.id !== 'letsencrypt') return asked;
  for (const limit of letsEncrypt) {
    if (limit.sparesRenewals && isRenewal) continue;
    const times = history
      .filter(
        (entry) =>
          entry.directory === directory && limit.counts(entry, names) && !(limit.sparesRenewals && entry.replaces),
      )
      .map(({ time }) => new Date(time).getTime())
      .filter((time) => time > now.getTime() - limit.window && time <= now.getTime())
      .sort((a, b) => a - b);
    if (times.length < limit.count) continue;
    const retryAt = new Date((times.at(-1) ?? 0) + limit.refill);
    if (retryAt <= now) continue;
    return new AcmeProblem(
      'rate-limit-foreseen',
      `Let's Encrypt would refuse: ${limit.what} are used up. Try again after ${timeText(retryAt)}, or practise with letsencrypt-staging.`,
      { retryAt },
    );
  }
  return undefined;
}

/** The CA itself named a time for these names, which has not come: whoever runs every hour does not ask every hour. */
function askedToWait(
  directory: string,
  names: readonly string[],
  history: readonly HistoryEntry[],
  now: Date,
): AcmeProblem | undefined {
  const last = history.findLast((entry) => entry.directory === directory && sameSet(entry.names, names));
  if (last?.retryAt === undefined || last.error !== 'urn:ietf:params:acme:error:rateLimited') return undefined;
  const retryAt = new Date(last.retryAt);
  if (!(retryAt > now) || new Date(last.time) > now) return undefined;
  return new AcmeProblem(
    'rate-limit-foreseen',
    `${new URL(directory).host} refused these names for now, and takes them after ${timeText(retryAt)}. Run it again then.`,
    { retryAt },
  );
}

function domainsOf(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name) => isIP(name) === 0).map(registeredDomain))];
}
