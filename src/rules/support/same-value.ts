/** True where both are the same data, however deep. Cheap where they share their parts. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [mine, other] = [Object.entries(a), Object.entries(b)];
  const others = new Map(other);
  return (
    mine.length === other.length && mine.every(([key, value]) => others.has(key) && sameValue(value, others.get(key)))
  );
}
