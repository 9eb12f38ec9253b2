/** What a table says of a word that somebody wrote; nothing of `constructor` and what else every object has. */
export function entryOf<Entry>(table: Readonly<Record<string, Entry>>, word: string): Entry | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
