import type { Beginnings } from './templates/beginnings.ts';

/**
 * Names that a tool or a person puts something else for, in the marks that people use beside those of template languages:
 * `<DOMAIN>`, `@@DOMAIN@@` and `@domain@`, `%domain%` and `%%DOMAIN%%`, `%(domain)s`, `__DOMAIN__`, `!DOMAIN!`.
 */

/** What each kind of placeholder starts with. */
const openings: readonly string[] = ['<', '@', '%', '__', '!', '\uE001'];

const marks = [
  // Named groups of regular expressions look alike: `(?<name>`, `(?P<name>`, `\k<name>`.
  String.raw`(?<![?P\\kg'])<[A-Z][A-Z0-9_.-]+>`,
  String.raw`@[A-Za-z_][\w.-]*@`,
  // A percent sign before two hexadecimal digits encodes a byte of a path; one before a brace is of Apache's `%{NAME}`.
  String.raw`%[A-Za-z][\w.-]+%(?!\{|[0-9A-Fa-f]{2})`,
  String.raw`%\([A-Za-z_]\w*\)[sd]`,
  '__[A-Z][A-Z0-9_]*?__',
  // What a list of ciphers leaves out ends with ":", and a negated test does not end so.
  '![A-Z][A-Z0-9_]+!',
  // A variable of the script that writes the text, of which no name would leave the text as long as it is.
  String.raw`\uE001+`,
];

const inQuotes = new RegExp(marks.join('|'));
/** Outside of quotes no HTML stands, so that `<your-domain>` is a placeholder too. */
const bare = new RegExp([...marks, String.raw`(?<![?P\\kg'])<[A-Za-z][\w.-]+>`].join('|'));
/** One that stands alone in its line, and brings its own `;`; braces hold one only there. */
const alone = new RegExp(
  String.raw`[@%]*(?:${bare.source}|\{\$?[A-Za-z_][\w.]*\})[@%]*(?=[ \t]*(?:\r?\n|\r?$|\}))`,
  'y',
);

/** True where a value that may be any text, HTML too, holds a placeholder. */
export function hasPlaceholder(text: string): boolean {
  for (const opening of openings) if (text.includes(opening)) return inQuotes.test(text);
  return false;
}

/** Finds placeholders in the words of one text, which are asked for in order. Costs next to nothing in a text without any. */
export class PlaceholderFinder {
  private readonly text: string;
  /** Where each opening comes next. */
  private readonly following: number[];
  private nearest: number;

  constructor(present: Beginnings) {
    this.text = present.text;
    this.following = [];
    this.nearest = Number.POSITIVE_INFINITY;
    for (const opening of openings) {
      const mayBeThere = opening.length > 1 || present.has(opening);
      const next = mayBeThere ? indexFrom(present.text, opening, 0) : Number.POSITIVE_INFINITY;
      this.following.push(next);
      if (next < this.nearest) this.nearest = next;
    }
  }

  /** True where the word that ends at `end` holds one. */
  isIn(end: number, value: string, quoted: boolean): boolean {
    if (end <= this.nearest) return false;
    this.advance(end);
    return (quoted ? inQuotes : bare).test(value);
  }

  /** End of the placeholder that begins at `start` and has its line to itself, or `start` where none does. */
  skipAlone(start: number): number {
    alone.lastIndex = start;
    return alone.test(this.text) ? alone.lastIndex : start;
  }

  private advance(to: number): void {
    const { following } = this;
    openings.forEach((opening, index) => {
      if ((following[index] as number) < to) following[index] = indexFrom(this.text, opening, to);
    });
    this.nearest = Math.min(...following);
  }
}

function indexFrom(text: string, part: string, from: number): number {
  const index = text.indexOf(part, from);
  return index < 0 ? Number.POSITIVE_INFINITY : index;
}
