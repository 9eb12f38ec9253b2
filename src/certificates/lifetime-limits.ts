/** How long public server certificates may be valid, by their day of issue (Baseline Requirements 6.3.2). Newest first. */
export const lifetimeLimits: readonly { readonly from: Date; readonly days: number }[] = [
  { from: new Date('2029-03-15T00:00:00Z'), days: 47 },
  { from: new Date('2027-03-15T00:00:00Z'), days: 100 },
  { from: new Date('2026-03-15T00:00:00Z'), days: 200 },
  { from: new Date('2020-09-01T00:00:00Z'), days: 398 },
  { from: new Date('2018-03-01T00:00:00Z'), days: 825 },
];

/** The limit for a certificate issued at a time; undefined before there was one that is still told about. */
export function limitAt(issued: Date): (typeof lifetimeLimits)[number] | undefined {
  return lifetimeLimits.find(({ from }) => issued >= from);
}

/** The limits that begin after a time, soonest first: what a timeline shows ahead. */
export function comingLimits(now: Date): (typeof lifetimeLimits)[number][] {
  return lifetimeLimits.filter(({ from }) => from > now).reverse();
}
