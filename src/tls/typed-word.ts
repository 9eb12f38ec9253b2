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
