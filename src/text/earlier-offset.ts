import { type Document, offsetAt, positionAt } from './document.ts';

/**
 * Where the line of an offset stood in an earlier edition of its text, at the same column; undefined where that cannot be told.
 * Lines that are equal from the start and from the end on are the same ones; of those between, the ones in the same place
 * where there are as many, else the only one that begins with the same word.
 */
export function earlierOffset(now: Document, earlier: Document, offset: number): number | undefined {
  const { line, character } = positionAt(now, offset);
  const [lines, others] = [now.text.split('\n'), earlier.text.split('\n')];
  const earlierLine = matchLine(lines, others, line);
  const text = earlierLine === undefined ? undefined : others[earlierLine];
  if (earlierLine === undefined || text === undefined || text.length < character) return undefined;
  return offsetAt(earlier, { line: earlierLine, character });
}

function matchLine(lines: readonly string[], others: readonly string[], line: number): number | undefined {
  const shorter = Math.min(lines.length, others.length);
  let start = 0;
  while (start < shorter && lines[start] === others[start]) start++;
  if (line < start) return line;
  let end = 0;
  while (end < shorter - start && lines.at(-1 - end) === others.at(-1 - end)) end++;
  if (line >= lines.length - end || lines.length === others.length) return line + others.length - lines.length;
  const word = firstWord(lines[line]);
  const between = others.slice(start, others.length - end);
  const found = between.flatMap((text, index) => (word !== '' && firstWord(text) === word ? [start + index] : []));
  return found.length === 1 ? found[0] : undefined;
}

function firstWord(line = ''): string {
  return /^\s*(\S*)/.exec(line)?.[1] ?? '';
}
