/** Longer texts hardly come twice, and thousands of them would take all memory. */
const longestRemembered = 1000;

/**
 * The same function of a text, which remembers its answers for as many texts as given; then it forgets all of them.
 * Configurations say the same things again and again, and what they say is bounded by nobody.
 */
export function rememberTexts<Result>(compute: (text: string) => Result, most = 4096): (text: string) => Result {
  const results = new Map<string, Result>();
  return (text) => {
    if (text.length > longestRemembered) return compute(text);
    let result = results.get(text);
    if (result === undefined) {
      const copy = copyOf(text);
      result = compute(copy);
      if (results.size >= most) results.clear();
      results.set(copy, result);
    }
    return result;
  };
}

/** The engine keeps a part of a text as a view, which would keep the whole text in memory for as long as the answer. */
export function copyOf(text: string): string {
  return ` ${text}`.slice(1);
}
