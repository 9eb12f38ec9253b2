/** Rules that speak of every directive which somebody has only begun to write. */
const ofWhatIsMissing = /^(?:missing-semicolon|argument-count|unexpected-token|block-form)$/;

/** Pairs of which the editor writes the second by itself. */
const pairs: ReadonlySet<string> = new Set(['""', "''", '()', '[]']);

/** Where somebody types, in columns of one line. */
export interface Typed {
  readonly line: number;
  readonly column: number;
  /** The word that the cursor is in or beside, where it is one. */
  readonly word?: Columns | undefined;
  /** What is written of the directive, where that is more than its name; `open` within a parenthesis. */
  readonly begun?: (Columns & { readonly open: boolean }) | undefined;
}

interface Columns {
  readonly start: number;
  readonly end: number;
}

interface Place {
  readonly line: number;
  readonly character: number;
}

/**
 * What goes on after a key: nothing where it has ended a directive.
 * @param inserted what the key has brought, empty where it took something away
 * @param text the line as it is now, with the cursor at `column`
 */
export function typedBy(inserted: string, line: number, text: string, column: number): Typed | undefined {
  if (inserted.length > 1 && !pairs.has(inserted)) return undefined;
  const word = wordAt(text, column);
  if (word === undefined && !/^[ \t:"']/.test(inserted)) return undefined;
  return { line, column, word, begun: begunAt(text.slice(0, column)) };
}

/** What a list of ciphers or an address is made of is a word each. */
export function wordAt(text: string, column: number): Columns | undefined {
  for (const { index, 0: found } of text.matchAll(/[^\s;{}"'<>:]+/g)) {
    if (index <= column && column <= index + found.length) return { start: index, end: index + found.length };
  }
  return undefined;
}

function begunAt(before: string): Typed['begun'] {
  const [written] = /[^;{}]*$/.exec(before.trimEnd()) ?? [''];
  const directive = written.trimStart();
  const end = before.trimEnd().length;
  const open = directive.split('(').length > directive.split(')').length;
  return /\s/.test(directive) ? { start: end - directive.length, end, open } : undefined;
}

/** Whether a finding may be there only because somebody has not written all yet. */
export function isUnfinished(
  rule: string,
  range: { readonly start: Place; readonly end: Place },
  typed: Typed,
): boolean {
  const { line, column, word = { start: column, end: column }, begun } = typed;
  if (line < range.start.line || line > range.end.line) return false;
  if (ofWhatIsMissing.test(rule)) return true;
  const start = range.start.line < line ? 0 : range.start.character;
  const end = range.end.line > line ? Number.POSITIVE_INFINITY : range.end.character;
  if (start <= word.end && word.start <= end) return true;
  if (begun === undefined || range.start.line < line || start < begun.start) return false;
  return begun.open || (start === begun.start && end >= begun.end);
}
