/** A time as messages show it, and as the panel does: `2027-01-25 12:00:30 UTC`. */
export function timeText(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
