/** What is typed at the end of a list for OpenSSL. */
export interface TypedWord {
  readonly word: string;
  /** The sign in front of the word, or nothing. */
  readonly sign: string;
}

/**
 * The last word of a list of ciphers, groups or options, behind its separator and its sign. A `-` is a sign in front of a word
 * alone: `ECDHE-RSA-AES128-SHA` and `P-256` have it in their names.
 */
export function typedWord(list: string): TypedWord {
  const [, sign = '', word = ''] = /(?:^|[\s:,;"'/+!@?*])([-+!@?*]?)[-+!@?*]*([^\s:,;"'/+!@?*]*)$/.exec(list) ?? [];
  return { word, sign };
}

/**
 * Words without those that the list has already behind the same sign.
 * @param list what stands before the word, signs and separators too, and what stands behind it
 * @param sign in front of the word that is typed
 */
export function notYetIn<T>(
  list: string,
  sign: string,
  words: readonly T[],
  wordOf: (each: T) => string,
): readonly T[] {
  const said = new Set(list.toLowerCase().split(/[\s:,;"'/]+/));
  return words.filter((each) => !said.has(sign + wordOf(each).toLowerCase()));
}
