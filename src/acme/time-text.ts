/** A time as messages show it: ISO 8601 in UTC, to the second. */
export function timeText(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
