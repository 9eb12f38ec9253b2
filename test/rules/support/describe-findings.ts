import { createDocument, positionAt } from '../../../src/text/document.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import type { Finding, Fix } from '../../../src/text/finding.ts';
import type { Range } from '../../../src/text/range.ts';

/** All that a finding tells, for people to read: where, what, which other places, and what each of its fixes makes of the lines. */
export function describeFinding(
  text: string,
  { severity, effect, message, location, related, fixes }: Finding,
): string {
  const place = (range: Range) => `${lineOf(text, range.start)}: ${marked(text, range)}`;
  return [
    `${severity} ${effect} ${place(location.range)}`,
    `  ${message}`,
    ...related.map((other) => `  see ${place(other.location.range)}: ${other.message}`),
    ...fixes.flatMap((fix) => [`  ${fix.safe ? 'safe fix' : 'fix'}: ${fix.title}`, ...changedLines(text, fix)]),
  ].join('\n');
}

function lineOf(text: string, offset: number): number {
  return positionAt(createDocument('', text), offset).line + 1;
}

/** The first line of what a range marks. */
function marked(text: string, { start, end }: Range): string {
  const [first = '', second] = text.slice(start, end).split('\n', 2);
  return second === undefined ? first : `${first} …`;
}

function changedLines(text: string, { edits }: Fix): readonly string[] {
  const before = text.split('\n');
  const after = applyEdits(text, edits).split('\n');
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < Math.min(before.length, after.length) - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const cut = (lines: readonly string[], mark: string) =>
    lines.slice(start, lines.length - end).map((line) => `    ${mark} ${line}`.trimEnd());
  return [...cut(before, '-'), ...cut(after, '+')];
}
