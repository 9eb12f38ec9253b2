/** What became of work that nobody wanted any more. */
export const outdated = Symbol('outdated');

/** Milliseconds of work after which others are let in: a key that is pressed meanwhile waits no longer. */
const stretch = 20;

/**
 * Long work that lets others in between its steps (completion, the next key press), and ends early where it is outdated.
 * @param work calls `rest` between its steps; what that throws ends it
 */
export async function whileWanted<T>(
  isOutdated: () => boolean,
  work: (rest: () => Promise<void>) => Promise<T>,
): Promise<T | typeof outdated> {
  // Who asked for less than this work, and waits for the same, goes first.
  let since = Number.NEGATIVE_INFINITY;
  const rest = async (): Promise<void> => {
    if (performance.now() < since + stretch) return;
    await new Promise((resolve) => setImmediate(resolve));
    if (isOutdated()) throw outdated;
    since = performance.now();
  };
  try {
    await rest();
    return await work(rest);
  } catch (error) {
    if (error === outdated) return outdated;
    throw error;
  }
}
