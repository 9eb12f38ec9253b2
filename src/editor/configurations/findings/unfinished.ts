/** Rules that speak of every directive which somebody has only begun to write. */
const ofWhatIsMissing = /^(?:missing-semicolon|argument-count|unexpected-token|block-form)$/;

/** Rules that may only want one more word. */
const ofWhatMayGoOn = /^(?:invalid-value|protocol-none)$/;

/** Rules about a block that is not closed, or has not yet what it needs: who writes in it has more to write. */
const ofBlocks = /^(?:section-tags|unbalanced-brace|incomplete-block)$/;

/** Pairs of which the editor writes the second by itself. */
const pairs: ReadonlySet<string> = new Set(['""', "''", '()', '[]', '{}', '<>']);

/** Where somebody types, in columns of one line. */
export interface Typed {
  readonly line: number;
  readonly column: number;
  /** The word that the cursor is in or beside, where it is one. */
  readonly word?: Columns | undefined;
  /** What is written of the directive; `open` within a parenthesis, `isName` where it is only its name. */
  readonly begun?: (Columns & { readonly open: boolean; readonly isName: boolean }) | undefined;
  /** The directive ends before the cursor, and only its block goes on. */
  readonly isEnded?: boolean;
  /** Whether a block begins on a line that the cursor is in. */
  readonly isInBlockOf?: (line: number) => boolean;
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
 * What goes on after a key: where it has ended a directive, the block around that.
 * @param inserted what the key has brought, or the sign of the editor's that it stepped over; empty where it took something away
 * @param text the line as it is now, with the cursor at `column`
 */
export function typedBy(inserted: string, line: number, text: string, column: number): Typed | undefined {
  const isNewLine = /^\r?\n[ \t]*(?:\r?\n[ \t]*)?$/.test(inserted);
  if (inserted.length > 1 && !pairs.has(inserted) && !isNewLine) return undefined;
  const word = wordAt(text, column);
  const before = text.slice(0, column);
  const goesOn = /^[ \t:"'<>{)\]]/.test(inserted) || isNewLine || (/^[;}]/.test(inserted) && isInQuotes(before));
  if (word === undefined && !goesOn) return inserted === ';' ? { line, column, isEnded: true } : undefined;
  return { line, column, word, begun: begunAt(before) };
}

function isInQuotes(before: string): boolean {
  const rest = before.replaceAll(/\\.|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g, '');
  return /["']/.test(rest);
}

/** What a list of ciphers or an address is made of is a word each. */
export function wordAt(text: string, column: number): Columns | undefined {
  for (const { index, 0: found } of text.matchAll(/(?:[$%]\{[^\s{}"']*\}?|[^\s;{}"'<>:])+/g)) {
    if (index <= column && column <= index + found.length) return { start: index, end: index + found.length };
  }
  return undefined;
}

function begunAt(before: string): Typed['begun'] {
  const text = before.trimEnd();
  const end = text.length;
  let start = 0;
  // Matches to the end of the line would be tried at each of its signs.
  for (const { index, 0: sign } of text.matchAll(/[$%]\{[^\s{}"']*\}|[;{}]/g)) if (sign.length === 1) start = index + 1;
  const directive = text.slice(start).trimStart();
  if (directive === '') return undefined;
  const open = directive.split('(').length > directive.split(')').length;
  return { start: end - directive.length, end, open, isName: !/\s/.test(directive) };
}

/** Lines down to that of the cursor on which blocks begin that do not end above it; the first one of each is told by its brace. */
export function linesOfBlocks(lineAt: (line: number) => string, line: number, column: number): ReadonlySet<number> {
  const lines = new Set<number>();
  let closed = 0;
  for (let at = line; at >= 0; at--) {
    const text = at === line ? lineAt(at).slice(0, column) : lineAt(at);
    if (/^\s*#/.test(text)) continue;
    if (/^\s*(?:<\/|\})/.test(text) && at < line) closed++;
    else if (!/^\s*<\w(?!.*<\/)|(?:^|[^$%{])\{\s*(?:#.*)?$/.test(text)) continue;
    else if (closed > 0) closed--;
    else {
      lines.add(at);
      if (/^\s*\{/.test(text)) lines.add(at - 1);
    }
  }
  return lines;
}

/** Whether a finding may be there only because somebody has not written all yet. */
export function isUnfinished(
  rule: string,
  range: { readonly start: Place; readonly end: Place },
  typed: Typed,
): boolean {
  const { line, column, word = { start: column, end: column }, begun, isInBlockOf } = typed;
  if (ofBlocks.test(rule) && isInBlockOf?.(range.start.line) === true) return true;
  if (typed.isEnded === true || line < range.start.line || line > range.end.line) return false;
  if (ofWhatIsMissing.test(rule)) return true;
  const start = range.start.line < line ? 0 : range.start.character;
  const end = range.end.line > line ? Number.POSITIVE_INFINITY : range.end.character;
  if (start <= word.end && word.start <= end) return true;
  if (begun === undefined || range.start.line < line || start < begun.start) return false;
  if (ofWhatMayGoOn.test(rule) && end === begun.end) return true;
  return !begun.isName && (begun.open || (start === begun.start && end >= begun.end));
}
