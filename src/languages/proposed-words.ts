/** A word that an argument may be. */
export interface ProposedWord {
  readonly word: string;
  /** What it means, where that is told. */
  readonly detail?: string;
  /** First release that takes it; absent: all do. */
  readonly since?: string;
  /** True where another directive has taken its place. */
  readonly isOld?: boolean;
}

/** Words by directive and argument. */
export interface WordTable {
  /** Undefined where the table does not have the directive. `before`: its arguments so far */
  readonly wordsOf: (name: string, before: readonly string[]) => readonly ProposedWord[] | undefined;
}

/**
 * Reads rows of directives by comma, which may be told apart by their first argument (`return 301`); the argument, from 0, with a
 * `+` where others follow that take the same; and words by tab: `word@since: what it means`.
 */
export function wordTable(rows: string): WordTable {
  const table = new Map<string, Map<string, readonly ProposedWord[]>>();
  for (const row of rows.trim().split('\n')) {
    const [names = '', position = '', ...words] = row.split('\t');
    const read = words.map(readWord);
    for (const name of names.split(',')) {
      const found = table.get(name) ?? new Map<string, readonly ProposedWord[]>();
      table.set(name, found.set(position, read));
    }
  }
  return {
    wordsOf(name, before) {
      const places = table.get(`${name} ${before[0]?.toLowerCase()}`) ?? table.get(name);
      return places && at(places, before);
    },
  };
}

function at(places: ReadonlyMap<string, readonly ProposedWord[]>, before: readonly string[]): readonly ProposedWord[] {
  const exact = places.get(String(before.length));
  if (exact) return exact;
  for (let first = before.length; first >= 0; first--) {
    const words = places.get(`${first}+`);
    if (words) return words.filter(({ word }) => !before.some((said) => isSame(word, said)));
  }
  return [];
}

/** `backlog=` is said by `backlog=512`. */
export function isSame(word: string, said: string): boolean {
  return word.endsWith('=') ? said.startsWith(word) : said === word;
}

function readWord(text: string): ProposedWord {
  const [, word = text, since, detail] = /^(.*?)(?:@(\d[\d.]*))?(?:: (.*))?$/.exec(text) ?? [];
  return { word, ...(since === undefined ? {} : { since }), ...(detail === undefined ? {} : { detail }) };
}
