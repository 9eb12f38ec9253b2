import { internName } from '../facts/directives.ts';
import type { Directive, Word } from './tree.ts';

/** A line that is one whole directive or the head of a block, whatever stands around it. */
export interface Line {
  readonly name: Word;
  readonly args: readonly Word[];
  readonly ending: Exclude<Directive['ending'], 'nothing'>;
  /** Offset of the `;` or `{` in the line. */
  readonly at: number;
}

/** Lines remembered at most; then all are forgotten, since texts are bounded by nobody. */
const most = 4096;
/** Longer lines hardly come twice. */
export const longestLine = 200;

/** `null`: met once, or nothing that can be taken as it is. */
const lines = new Map<string, Line | null>();

/**
 * What a line says, from its first character that is no blank. Configurations say the same lines again and again, and their
 * directives then share their words.
 * @returns undefined when it is met for the first time, null when it has not been taught
 */
export function recallLine(text: string): Line | null | undefined {
  const line = lines.get(text);
  if (line === undefined) {
    if (lines.size >= most) lines.clear();
    lines.set(copyOf(text), null);
  }
  return line;
}

/** Remembers what a line says that was met before. */
export function teachLine(text: string, { name, args, ending, at }: Line): Line {
  const line = {
    name: { ...name, value: internName(copyOf(name.value)) },
    args: args.map((word) => ({ ...word, value: copyOf(word.value) })),
    ending,
    at,
  };
  lines.set(copyOf(text), line);
  return line;
}

/** The engine keeps a part of a text as a view, which would keep the whole text in memory. */
function copyOf(text: string): string {
  return ` ${text}`.slice(1);
}
