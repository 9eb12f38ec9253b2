import { classComplaint, escapeComplaint } from './pcre-class.ts';

/** How a repetition may follow: on an item, as `?` or `+` behind a repetition, or not at all. */
type Repeatable = 'item' | 'repetition' | 'nothing';

const quantifier = /(?:[*+?]|\{\d+(?:,\d*)?\})/y;
const unlimited = 'a lookbehind has no fixed maximum length';

const groupStart =
  /\(\?(?:P?<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)'|[:=!>|]|<[=!]|[imsxnJUaDPSWTr^-]+[:)]|R\)|([+-]?\d+)\)|P[=>](\w+)\)|&(\w+)\))/y;
const condition = /\(\?\((?:(\d+)\)|<([A-Za-z_]\w*)>\)|'([A-Za-z_]\w*)'\)|[^)]*\)|(?=\?))/y;
/** Escapes that stand for a place and not for a character. */
const places = 'bBAzZGK';
/** Letters that PCRE2 knows behind a backslash. */
const escapes = 'aAbBcCdDeEfgGhHkKnNoOpPQrRsStvVwWxXzZ';
/** Groups in groups, and the numbers of a repetition (pcre2limits(3)). */
const deepest = 250;
const mostRepetitions = 65_535;
const longestName = 128;

interface Group {
  /** Of a group that captures. */
  readonly number?: number;
  readonly name?: string | undefined;
  readonly behind: boolean;
  readonly conditional: boolean;
  branches: number;
}

/**
 * What PCRE2 would surely refuse in a regular expression (pcre2pattern(3)), or undefined. What is rare is left alone, so
 * that no expression is refused that PCRE takes.
 */
export function expressionComplaint(pattern: string): string | undefined {
  return /^\w*$/.test(pattern) ? undefined : new Expression(pattern).complaint();
}

/** Reads one expression once, from its start to its end. */
class Expression {
  private readonly pattern: string;
  private at = 0;
  private state: Repeatable = 'nothing';
  private readonly open: Group[] = [];
  private groups = 0;
  private readonly names = new Set<string>();
  /** Groups that are asked for, by number or name, wherever they stand. */
  private readonly wanted: (number | string)[] = [];
  private readonly mayRepeatNames: boolean;

  constructor(pattern: string) {
    this.pattern = pattern;
    this.mayRepeatNames = pattern.includes('(?J') || pattern.includes('(?|');
  }

  complaint(): string | undefined {
    const { pattern } = this;
    // What stands behind a verb, and blanks and comments of the extended form, are not followed.
    if (/\(\?[a-zA-Z^-]*x|\(\*[A-Za-z:]/.test(pattern)) return undefined;
    while (this.at < pattern.length) {
      const problem = this.readOne();
      if (problem !== undefined) return problem;
    }
    if (this.open.length > 0) return 'a ")" is missing';
    const missing = this.wanted.find((one) => (typeof one === 'number' ? one > this.groups : !this.names.has(one)));
    return missing === undefined ? undefined : `there is no group ${missing}`;
  }

  private readOne(): string | undefined {
    const repetition = this.match(quantifier)?.[0];
    if (repetition !== undefined) return this.repeat(repetition);
    switch (this.pattern[this.at]) {
      case '\\':
        return this.readEscape();
      case '[': {
        const { end, problem } = classComplaint(this.pattern, this.at);
        this.at = end;
        this.state = 'item';
        return problem;
      }
      case '(':
        return this.readGroup();
      case ')':
        return this.closeGroup();
      case '|': {
        const top = this.open.at(-1);
        if (top && ++top.branches > 2 && top.conditional) return 'a condition has more than two branches';
        return this.skip(1, 'nothing');
      }
      case '^':
      case '$':
        return this.skip(1, 'nothing');
      default:
        return this.skip(1, 'item');
    }
  }

  private match(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.at;
    return expression.exec(this.pattern);
  }

  private skip(length: number, state: Repeatable): undefined {
    this.at += length;
    this.state = state;
  }

  private repeat(repetition: string): string | undefined {
    if (this.state === 'nothing' || (this.state === 'repetition' && repetition !== '?' && repetition !== '+'))
      return `there is nothing before "${repetition}" to repeat`;
    const [low = '', high = low] = repetition.replace(/[{}]/g, '').split(',');
    if (Number(low) > mostRepetitions || Number(high) > mostRepetitions)
      return `a number of "${repetition}" is too large`;
    if (high !== '' && Number(low) > Number(high)) return `the numbers of "${repetition}" are out of order`;
    const endless = repetition === '*' || repetition === '+' || repetition.endsWith(',}');
    if (endless && this.state === 'item' && this.open.some(({ behind }) => behind)) return unlimited;
    return this.skip(repetition.length, this.state === 'repetition' ? 'nothing' : 'repetition');
  }

  private readEscape(): string | undefined {
    const rest = this.pattern.slice(this.at + 1, this.at + 200);
    const next = rest[0];
    if (next === undefined) return 'it ends with a "\\"';
    if (next === 'Q') return this.readLiteral();
    // The end of what nothing began is passed over.
    if (next === 'E') return this.skip(2, this.state);
    if (/[A-Za-z]/.test(next) && !escapes.includes(next)) return `"\\${next}" has no meaning`;
    if (/[1-9]/.test(next)) return this.readNumber(/^\d+/.exec(rest)?.[0] ?? next);
    const reference = /^(?:g\{?([+-]?\d+)\}?|g\{(\w+)\}|[gk]<(\w+)>|[gk]'(\w+)'|k\{(\w+)\})/.exec(rest);
    if (reference) {
      const [whole, number, ...names] = reference;
      const problem = this.want(number ?? names.find((name) => name !== undefined) ?? '');
      return problem ?? this.skip(whole.length + 1, 'item');
    }
    const problem = escapeComplaint(rest);
    if (problem !== undefined) return problem;
    const braced = /^[xopP]\{[^}]*\}/.exec(rest)?.[0].length ?? (next === 'c' ? 2 : 1);
    return this.skip(braced + 1, places.includes(next) ? 'nothing' : 'item');
  }

  /** `\1` is a group; what has more digits is one where so many groups stand before it, and else a character in octal. */
  private readNumber(digits: string): string | undefined {
    const number = Number(digits);
    if (number < 10 || /^[89]/.test(digits) || number <= this.groups) {
      return this.want(digits) ?? this.skip(digits.length + 1, 'item');
    }
    return this.skip((/^[0-7]{1,3}/.exec(digits)?.[0].length ?? 1) + 1, 'item');
  }

  /** Notes a group that is asked for. What is looked for behind has no end where that group is one around it. */
  private want(reference: string): string | undefined {
    const group = this.resolve(reference);
    this.wanted.push(group);
    // Branches of `(?|` count their groups anew.
    const isAround = !this.mayRepeatNames && this.open.some(({ number, name }) => group === number || group === name);
    return isAround && this.open.some(({ behind }) => behind) ? unlimited : undefined;
  }

  private resolve(reference: string): number | string {
    if (reference.startsWith('-')) {
      const number = this.groups + 1 + Number(reference);
      return number < 1 ? reference : number;
    }
    if (reference.startsWith('+')) return this.groups + Number(reference);
    return /^\d+$/.test(reference) ? Number(reference) : reference;
  }

  private readLiteral(): undefined {
    const end = this.pattern.indexOf('\\E', this.at + 2);
    const until = end < 0 ? this.pattern.length : end;
    const state = until > this.at + 2 ? 'item' : this.state;
    return this.skip((end < 0 ? until : until + 2) - this.at, state);
  }

  private readGroup(): string | undefined {
    const { pattern, at } = this;
    if (this.open.length >= deepest) return 'its groups are nested too deeply';
    if (pattern[at + 1] !== '?') {
      this.open.push({ number: ++this.groups, behind: false, conditional: false, branches: 1 });
      return this.skip(1, 'nothing');
    }
    if (pattern[at + 2] === '#') {
      const end = pattern.indexOf(')', at);
      if (end < 0) return 'the ")" of a comment is missing';
      this.at = end + 1;
      return undefined;
    }
    if (pattern[at + 2] === '(') return this.readCondition();
    const opening = this.match(groupStart);
    if (!opening) return 'a group is not named or ended as it must be';
    const [whole, name, quotedName, number, named, called] = opening;
    if (name !== undefined || quotedName !== undefined) {
      const problem = this.nameGroup(name ?? quotedName ?? '');
      if (problem !== undefined) return problem;
    }
    // The whole expression has this group in it.
    if ((whole === '(?R)' || number === '0') && this.open.some(({ behind }) => behind)) return unlimited;
    const reference = number ?? named ?? called;
    const endless = reference === undefined ? undefined : this.want(reference);
    if (endless !== undefined) return endless;
    const own = name ?? quotedName;
    if (!whole.endsWith(')'))
      this.open.push({
        ...(own !== undefined && { number: this.groups, name: own }),
        behind: /^\(\?<[=!]/.test(whole),
        conditional: false,
        branches: 1,
      });
    return this.skip(whole.length, reference === undefined && whole !== '(?R)' ? 'nothing' : 'item');
  }

  private nameGroup(name: string): string | undefined {
    this.groups++;
    if (name.length > longestName) return `the name of a group is longer than ${longestName} letters`;
    if (this.names.has(name) && !this.mayRepeatNames) return `two groups have the name "${name}"`;
    this.names.add(name);
    return undefined;
  }

  private readCondition(): string | undefined {
    const found = this.match(condition);
    if (!found) return 'a condition is not ended as it must be';
    const [whole, number, name, quotedName] = found;
    const reference = number ?? name ?? quotedName;
    if (reference !== undefined) this.wanted.push(this.resolve(reference));
    this.open.push({ behind: false, conditional: true, branches: 1 });
    // What a condition looks for ahead or behind is a group as any other.
    return this.skip(whole === '(?(' ? 2 : whole.length, 'nothing');
  }

  private closeGroup(): string | undefined {
    if (!this.open.pop()) return 'a ")" has no "(" before it';
    return this.skip(1, 'item');
  }
}
