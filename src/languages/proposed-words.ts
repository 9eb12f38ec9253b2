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
 * Rows of directives by comma, which may be told apart by their first argument (`return 301`); the argument, from 0, with a
 * `+` where others follow that take the same; and words by tab: `word@since: what it means`. Most commands never ask.
 */
export function wordTable(rows: string): WordTable {
  let table: ReadonlyMap<string, Places> | undefined;
  return {
    wordsOf(name, before) {
      table ??= read(rows);
      const places = table.get(`${name} ${before[0]?.toLowerCase()}`) ?? table.get(name);
      return places && at(places, before);
    },
  };
}

/** Words by the argument, as the row has it. */
type Places = ReadonlyMap<string, readonly ProposedWord[]>;

function read(rows: string): ReadonlyMap<string, Places> {
  const table = new Map<string, Map<string, readonly ProposedWord[]>>();
  for (const row of rows.trim().split('\n')) {
    const [names = '', position = '', ...words] = row.split('\t');
    const known = words.map(readWord);
    for (const name of names.split(',')) {
      const found = table.get(name) ?? new Map<string, readonly ProposedWord[]>();
      table.set(name, found.set(position, known));
    }
  }
  return table;
}

function at(places: Places, before: readonly string[]): readonly ProposedWord[] {
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

/** What of a word goes between quotes that are there already; empty where nothing does. */
export function withinQuotes(word: string): string {
  return /^(["'])(.*)\1$/.exec(word)?.[2] ?? word;
}

function readWord(text: string): ProposedWord {
  const [, word = text, since, detail] = /^(.*?)(?:@(\d[\d.]*))?(?:: (.*))?$/.exec(text) ?? [];
  return { word, ...(since === undefined ? {} : { since }), ...(detail === undefined ? {} : { detail }) };
}
