import type { Range } from '../text/range.ts';

/** One way to write a directive. */
export interface Signature {
  /** `limit_req_zone <key> zone=<name>:<size> rate=<rate> [sync];` */
  readonly label: string;
  /** Where its arguments stand in the label. */
  readonly parameters: readonly Range[];
  /** Index of the one that may come again and again; undefined where none may. */
  readonly repeated: number | undefined;
  /** Markdown. */
  readonly documentation: string;
}

/** What is asked for where a directive is being written. */
export interface SignatureHelp {
  readonly signatures: readonly Signature[];
  /** Index of the argument at the cursor, from 0. */
  readonly argument: number;
}

/** A summary as a sentence of its own; empty where there is none. */
export function sentence(summary: string | undefined): string {
  return summary === undefined ? '' : `${summary}.`;
}

/** Reads a line of a manual: what stands in brackets, or around a bar, is one argument. */
export function signatureOf(before: string, syntax: string, behind: string, documentation: string): Signature {
  const parameters: Range[] = [];
  let repeated: number | undefined;
  for (const { start, end } of argumentsIn(syntax)) {
    if (/^\.\.\.|^…/.test(syntax.slice(start, end))) repeated ??= Math.max(0, parameters.length - 1);
    else parameters.push({ start: before.length + start, end: before.length + end });
  }
  const label = `${before}${syntax}${behind}`;
  // Several that may be left out come in any order: at the cursor is one of all of them.
  const isRequired = ({ start, end }: Range): boolean => !/^\[.*\]$/.test(label.slice(start, end));
  const first = parameters.findLastIndex(isRequired) + 1;
  const [from, to] = [parameters[first], parameters.at(-1)];
  if (repeated === undefined && from && to && from !== to) {
    parameters.splice(first, parameters.length, { start: from.start, end: to.end });
    repeated = first;
  }
  return { label, parameters, repeated, documentation };
}

/** Index of the parameter that an argument is; undefined where there are not so many. */
export function parameterAt({ parameters, repeated }: Signature, argument: number): number | undefined {
  if (repeated !== undefined && argument > repeated) return repeated;
  return argument < parameters.length ? argument : undefined;
}

/** How many words are done in front of the one that the text ends in. */
export function wordsBefore(text: string): number {
  const words = text.match(/"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|\S+/g) ?? [];
  return /\s$/.test(text) || text === '' ? words.length : words.length - 1;
}

function* argumentsIn(text: string): Iterable<Range> {
  let depth = 0;
  let start = -1;
  for (let at = 0; at <= text.length; at++) {
    const character = text[at] ?? ' ';
    if (character === '[' || character === '(') depth++;
    if (character === ']' || character === ')') depth--;
    if (character !== ' ' || depth > 0) {
      if (start < 0) start = at;
    } else if (start >= 0 && !/^ *\|/.test(text.slice(at)) && !/\|$/.test(text.slice(start, at))) {
      yield { start, end: at };
      start = -1;
    }
  }
}
