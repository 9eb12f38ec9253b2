import { factsOf } from '../facts/directives.ts';
import type { Cursor } from './cursor.ts';

/**
 * The directive that is being written: what stands between the last `;`, `{` or `}` and the offset, comments left out. What
 * quotes hold, or the braces around a variable, ends nothing.
 */
export function statementBefore({ file, item }: Cursor, offset: number): string {
  const { text } = file.document;
  const words = item ? [item.nameWord, ...item.args] : [];
  const isInWord = (at: number) =>
    words.some(({ from, to }) => item && from <= at - item.start && at - item.start < to);
  let start = offset;
  while (start > 0 && offset - start < 2000 && !(';{}'.includes(text[start - 1] as string) && !isInWord(start - 1)))
    start--;
  let statement = '';
  for (const comment of file.comments) {
    if (comment.start < start || comment.start >= offset) continue;
    statement += `${text.slice(start, comment.start)} `;
    start = comment.end;
  }
  return statement + text.slice(start, offset);
}

/** The part of a statement behind lines that said all that their directive takes: their `;` is forgotten, and another one begins. */
export function behindForgottenEnds(statement: string): string {
  const line = /^(.*?\S[ \t]*)\r?\n/s.exec(statement)?.[0];
  if (line === undefined) return statement;
  const [name = '', ...args] = line.match(/"[^"]*"|'[^']*'|\S+/g) ?? [];
  const facts = factsOf(name);
  const isWhole = facts.length > 0 && facts.every(({ block, signature: { max } }) => !block && max <= args.length);
  return isWhole ? behindForgottenEnds(statement.slice(line.length)) : statement;
}
