/** Longest lifetime of certificates that are issued from a day on. */
export interface Lifetime {
  readonly from: string;
  readonly days: number;
}

/** Of all public certificates (CA/Browser Forum, Baseline Requirements 6.3.2, ballot SC-081v3). */
const publicLifetimes: readonly Lifetime[] = [
  { from: '2026-03-15', days: 200 },
  { from: '2027-03-15', days: 100 },
  { from: '2029-03-15', days: 47 },
];

/** Of Let's Encrypt's default profile ("Decreasing Certificate Lifetimes to 45 Days", 2025-12-02). */
const letsEncryptLifetimes: readonly Lifetime[] = [
  { from: '2027-02-10', days: 64 },
  { from: '2028-02-16', days: 45 },
];

/** Oldest first. */
export function announcedLifetimes(isLetsEncrypt: boolean): readonly Lifetime[] {
  return isLetsEncrypt ? letsEncryptLifetimes : publicLifetimes;
}
