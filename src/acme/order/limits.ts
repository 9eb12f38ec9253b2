import { isIP } from 'node:net';
import { AcmeProblem } from '../client/problem.ts';
import { findPreset } from '../plan/presets.ts';
import type { HistoryEntry } from '../store/history.ts';
import { timeText } from '../time-text.ts';
import { registeredDomain } from './registered-domain.ts';

/** One limit of a CA, and how the local history counts for it. */
interface Limit {
  readonly what: (key: string) => string;
  readonly count: number;
  /** Milliseconds. */
  readonly window: number;
  /** One more is allowed after this. */
  readonly refill: number;
  /** Whether a renewal that names the certificate it replaces is outside of it (RFC 9773 section 5). */
  readonly sparesRenewals: boolean;
  /** What an order for these names is counted under, each by itself. */
  keys(names: readonly string[]): readonly string[];
  /** What an entry of the history has counted for. */
  spent(entry: HistoryEntry): readonly string[];
}

const hour = 3_600_000;
const week = 7 * 24 * hour;

const setOf = (names: readonly string[]): string => [...names].sort().join(' ');

/** Let's Encrypt production, https://letsencrypt.org/docs/rate-limits/ as of 2026. */
const letsEncrypt: readonly Limit[] = [
  {
    what: () => '5 certificates for exactly these names in 7 days',
    count: 5,
    window: week,
    refill: 34 * hour,
    sparesRenewals: true,
    keys: (names) => [setOf(names)],
    spent: ({ event, names }) => (event === 'issued' ? [setOf(names)] : []),
  },
  {
    what: (domain) => `50 certificates for ${domain} in 7 days`,
    count: 50,
    window: week,
    refill: 202 * 60_000,
    sparesRenewals: true,
    keys: domainsOf,
    spent: ({ event, names }) => (event === 'issued' ? domainsOf(names) : []),
  },
  {
    what: (name) => `5 failed validations of ${name} in an hour`,
    count: 5,
    window: hour,
    refill: 12 * 60_000,
    sparesRenewals: false,
    // Of a wildcard the name below it is looked at.
    keys: (names) => names.map((name) => name.replace(/^\*\./, '')),
    spent: ({ error = '', failedNames = [] }) =>
      /^urn:.*:(unauthorized|dns|connection|caa|tls|incorrectResponse)$/.test(error) ? failedNames : [],
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
    const spent = history
      .filter(({ time, ...entry }) => {
        const ago = now.getTime() - Date.parse(time);
        return (
          entry.directory === directory && ago >= 0 && ago < limit.window && !(limit.sparesRenewals && entry.replaces)
        );
      })
      .map((entry) => ({ time: Date.parse(entry.time), keys: limit.spent(entry) }));
    for (const key of limit.keys(names)) {
      const times = spent.filter(({ keys }) => keys.includes(key)).map(({ time }) => time);
      if (times.length < limit.count) continue;
      const retryAt = new Date(Math.max(...times) + limit.refill);
      if (retryAt <= now) continue;
      return new AcmeProblem(
        'rate-limit-foreseen',
        `Let's Encrypt would refuse: ${limit.what(key)} are used up. Try again after ${timeText(retryAt)}, or practise with letsencrypt-staging.`,
        { retryAt },
      );
    }
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
  const last = history.findLast((entry) => entry.directory === directory && setOf(entry.names) === setOf(names));
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
