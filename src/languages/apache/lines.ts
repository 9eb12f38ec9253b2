import { isBlank, LogicalLine } from './words.ts';

const newline = 10;
const carriageReturn = 13;
const backslash = 92;

/** Stands for a character that a shell takes away before httpd sees the text. */
const takenAway = '\uE000';

/**
 * Calls back for every logical line that is not blank, comments included: a backslash right before the line end joins
 * the next line, in comments too (httpd's `ap_cfg_getline`). The text comes without blanks around it.
 */
export function eachLine(text: string, visit: (line: LogicalLine) => void): void {
  if (text.includes(takenAway)) eachJoinedLine(text, (line) => visit(asTheShellLeaves(line)));
  else eachJoinedLine(text, visit);
}

/** Without what a shell takes away. */
function asTheShellLeaves(line: LogicalLine): LogicalLine {
  if (!line.text.includes(takenAway)) return line;
  const kept: number[] = [];
  for (let index = 0; index < line.text.length; index++) if (line.text[index] !== takenAway) kept.push(index);
  const text = line.text.replaceAll(takenAway, '');
  const leading = text.length - text.trimStart().length;
  return new LogicalLine(text.trim(), (index) => line.offset(kept[index + leading] ?? line.text.length));
}

function eachJoinedLine(text: string, visit: (line: LogicalLine) => void): void {
  const { length } = text;
  let start = hasByteOrderMark(text) ? 1 : 0;
  while (start < length) {
    let end = lineEnd(text, start);
    let from = start;
    while (from < end && isBlank(text.charCodeAt(from))) from++;
    start = afterLine(text, end);
    if (end > from && text.charCodeAt(end - 1) === backslash && start < length) {
      start = visitContinued(text, from, end, start, visit);
      continue;
    }
    end = trimEnd(text, from, end);
    if (end > from) {
      visit(new LogicalLine(text.slice(from, end), from));
    }
  }
}

/** httpd takes it for a part of the first line; here that line is read as it is meant. */
export function hasByteOrderMark(text: string): boolean {
  return text.charCodeAt(0) === 0xfeff;
}

/** Joins the physical lines of one logical line and returns the offset behind them. */
function visitContinued(
  text: string,
  from: number,
  firstEnd: number,
  next: number,
  visit: (line: LogicalLine) => void,
): number {
  const pieces = [text.slice(from, firstEnd - 1)];
  const logicalStarts = [0];
  const offsets = [from];
  let logical = firstEnd - 1 - from;
  let start = next;
  for (let continued = true; continued && start < text.length; ) {
    const end = lineEnd(text, start);
    continued = end > start && text.charCodeAt(end - 1) === backslash && afterLine(text, end) < text.length;
    const piece = text.slice(start, continued ? end - 1 : trimEnd(text, start, end));
    logicalStarts.push(logical);
    offsets.push(start);
    pieces.push(piece);
    logical += piece.length;
    start = afterLine(text, end);
  }
  const joined = pieces.join('');
  const leading = joined.length - joined.trimStart().length;
  visit(new LogicalLine(joined.trim(), (index) => sourceOffset(logicalStarts, offsets, index + leading)));
  return start;
}

function sourceOffset(logicalStarts: readonly number[], offsets: readonly number[], index: number): number {
  let low = 0;
  let high = logicalStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((logicalStarts[middle] as number) <= index) low = middle;
    else high = middle - 1;
  }
  return (offsets[low] as number) + index - (logicalStarts[low] as number);
}

function lineEnd(text: string, start: number): number {
  const found = text.indexOf('\n', start);
  const end = found < 0 ? text.length : found;
  return end > start && text.charCodeAt(end - 1) === carriageReturn ? end - 1 : end;
}

function afterLine(text: string, end: number): number {
  if (text.charCodeAt(end) === carriageReturn) return end + 2;
  return text.charCodeAt(end) === newline ? end + 1 : end;
}

function trimEnd(text: string, from: number, end: number): number {
  let last = end;
  while (last > from && isBlank(text.charCodeAt(last - 1))) last--;
  return last;
}
