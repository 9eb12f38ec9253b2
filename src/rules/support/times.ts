const dayLength = 86_400_000;

/** Whole days from `from` to `to`, rounded down; negative where `to` lies before. */
export function daysBetween(from: Date, to: Date): number {
  return Math.floor((to.getTime() - from.getTime()) / dayLength);
}

/** `2026-11-24`, in UTC. */
export function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}
