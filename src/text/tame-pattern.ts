/**
 * Regular expressions of others that a search by trying everything, as that of JavaScript and PCRE, is through with in short time.
 * What may take forever with some text is a repetition of what can itself be parted in several ways: `(a+)+`, `(a|ab?)*`.
 */

/** Whatever stands for one character: a source that JavaScript takes, or several of them in a group. */
interface Atom {
  readonly source: string;
}

/** What a part of an expression is made of. */
interface Part {
  /** Characters that are always there, once. */
  readonly fixed: string[];
  /** What is repeated without a limit in it, however deep. */
  readonly repeated: Atom[];
  /** What may be there more or fewer times, or be matched in several ways, however deep. */
  readonly varied: Atom[];
  /** All its characters, however deep. */
  readonly atoms: Atom[];
  /** What each of its branches may begin with; undefined where that is not one character. */
  readonly starts: (Atom | undefined)[];
  /** In how many ways it can be matched, in bits, where that has a limit. */
  choices: number;
}

/** Repetitions one after the other: each more multiplies the time by the length of the text. */
const mostRepetitions = 6;
/** Bits: each doubles the time. */
const mostChoices = 20;
const mostLetters = 2000;
/** Times that are like no limit. */
const many = 10;

/** False where a search may take forever, as far as that is told from outside: some that are refused would be quick. */
export function isTame(pattern: string): boolean {
  if (!/[*+?{]/.test(pattern)) return true;
  if (pattern.length > mostLetters) return false;
  const reader = new Reader(pattern);
  const { repeated, choices } = reader.part();
  return !reader.isWild && repeated.length <= mostRepetitions && choices <= mostChoices;
}

const token = /\((?:\?(?:[:=!>|]|<[=!]|P?<\w+>|'\w+'|[a-z-]+:?))?|\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]|\\.|./sy;
const quantifier = /(?:([*+])|\{(\d+)(?:(,)(\d*))?\}|\?)[?+]?/y;

class Reader {
  readonly #pattern: string;
  #at = 0;
  /** Something is repeated that can be parted in several ways. */
  isWild = false;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  /** Up to the end of a group, or of all. */
  part(): Part {
    const part: Part = { fixed: [], repeated: [], varied: [], atoms: [], starts: [], choices: 0 };
    let isStart = true;
    for (let text = this.#next(token)?.[0]; text !== undefined && text !== ')'; text = this.#next(token)?.[0]) {
      if (text === '|') {
        if (isStart) part.starts.push(undefined);
        isStart = true;
        continue;
      }
      if (text === '^' || text === '$') continue;
      const inner = text.startsWith('(') ? this.part() : undefined;
      const { least, most } = this.#times();
      const isOnce = least === 1 && most === 1;
      if (isStart) part.starts.push(inner || !isOnce ? undefined : { source: text });
      isStart = false;
      const atoms = inner?.atoms ?? [{ source: text }];
      part.atoms.push(...atoms);
      const isLikeEndless = most >= many && most > least;
      if (least !== most && !isLikeEndless) part.choices += Math.log2(most - least + 1);
      if (inner) {
        if (most >= many && !isParted(inner)) this.isWild = true;
        const times = isParted(inner) ? 1 : Math.max(1, Math.min(most, many));
        for (let time = 0; time < times; time++) part.repeated.push(...inner.repeated);
        part.choices += times * inner.choices;
        part.varied.push(...inner.varied);
      }
      if (least !== most || (inner && !isPlain(inner))) part.varied.push(...atoms);
      if (isOnce && !inner && !/^(?:\[|\.$|\\[a-zA-Z])/.test(text)) part.fixed.push(text.at(-1) ?? '');
      if (isLikeEndless) part.repeated.push({ source: inner ? '[^]' : text });
    }
    // In one of several branches nothing is always there.
    if (part.starts.length > 1) part.fixed.length = 0;
    return part;
  }

  #times(): { readonly least: number; readonly most: number } {
    const found = this.#next(quantifier);
    if (found === null) return { least: 1, most: 1 };
    const [, sign, least, comma, most] = found;
    if (sign !== undefined) return { least: 0, most: Number.POSITIVE_INFINITY };
    if (least === undefined) return { least: 0, most: 1 };
    const limit = most === '' ? Number.POSITIVE_INFINITY : Number(most);
    return { least: Number(least), most: comma === undefined ? Number(least) : limit };
  }

  #next(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#pattern);
    if (found) this.#at = expression.lastIndex;
    return found;
  }
}

/** True where a text can be parted into repetitions of it in one way only. */
function isParted(part: Part): boolean {
  if (part.starts.length > 1) return part.varied.length === 0 && areApart(part.starts);
  return isPlain(part) || part.fixed.some((letter) => !part.varied.some((atom) => matches(atom, letter)));
}

/** True where a text is matched in one way only, if at all. */
function isPlain({ varied, starts }: Part): boolean {
  return varied.length === 0 && (starts.length < 2 || areApart(starts));
}

/** Branches of which each begins with another letter. */
function areApart(starts: readonly (Atom | undefined)[]): boolean {
  const letters = starts.map((start) => start?.source ?? '.');
  return new Set(letters).size === letters.length && letters.every((letter) => /^(?:\\\W|[^\\.[])$/.test(letter));
}

function matches({ source }: Atom, letter: string): boolean {
  try {
    return new RegExp(`^${source}$`, 'i').test(letter);
  } catch {
    return true;
  }
}
