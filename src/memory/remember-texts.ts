/** Thousands of longer texts would take all memory. */
const longestRemembered = 1000;

/** But one list of suites may stand above thousands of names, which all ask for it in a row. */
const mostLong = 4;

/**
 * The same function of a text, which remembers its answers for as many texts as given; then it forgets all of them.
 * Configurations say the same things again and again, and what they say is bounded by nobody.
 */
export function rememberTexts<Result>(compute: (text: string) => Result, most = 4096): (text: string) => Result {
  const short = new Map<string, Result>();
  const long = new Map<string, Result>();
  return (text) => {
    const isLong = text.length > longestRemembered;
    const results = isLong ? long : short;
    let result = results.get(text);
    if (result === undefined) {
      const copy = copyOf(text);
      result = compute(copy);
      if (results.size >= (isLong ? mostLong : most)) results.clear();
      results.set(copy, result);
    }
    return result;
  };
}

/** The engine keeps a part of a text as a view, which would keep the whole text in memory for as long as the answer. */
export function copyOf(text: string): string {
  return ` ${text}`.slice(1);
}
