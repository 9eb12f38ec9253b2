/**
 * Each run of some work begins when the last one has ended, however that was: one that began earlier and ends later would put
 * what it has read over what is newer.
 */
export function inTurn<Arguments extends unknown[]>(
  work: (...args: Arguments) => Promise<void>,
): (...args: Arguments) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return (...args) => {
    const next = last.then(() => work(...args));
    last = next.catch(() => undefined);
    return next;
  };
}
