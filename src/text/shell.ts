/** A word as sh(1) takes it: in quotes where it would else be several, or mean something. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** A command as it can be typed, so that nobody takes one word for two. */
export function shellLine(words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}
