/** How a repetition may follow: on an item, as `?` or `+` behind a repetition, or not at all. */
type Repeatable = 'item' | 'repetition' | 'nothing';

const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})/;
const groupStart =
  /^\(\?(?:P?<[A-Za-z_]\w*>|'[A-Za-z_]\w*'|[:=!>|]|<[=!]|[imsxnJU^-]+[:)]|R\)|\d+\)|P[=>]\w+\)|&\w+\))/;
/** Escapes that stand for a place and not for a character. */
const places = 'bBAzZG';
/** Letters that PCRE2 knows behind a backslash. */
const escapes = 'aAbBcCdDeEfgGhHkKnNoOpPQrRsStvVwWxXzZ';

/**
 * What PCRE2 would surely refuse in a regular expression (pcre2pattern(3)), or undefined. What is rare is left alone, so
 * that no expression is refused that PCRE takes.
 */
export function expressionComplaint(pattern: string): string | undefined {
  let depth = 0;
  let state: Repeatable = 'nothing';
  const names = new Set<string>();
  let at = 0;
  while (at < pattern.length) {
    const character = pattern[at] as string;
    const repetition = quantifier.exec(pattern.slice(at, at + 30))?.[0];
    if (repetition !== undefined) {
      if (state === 'nothing' || (state === 'repetition' && repetition !== '?' && repetition !== '+')) {
        return `nothing stands before "${repetition}" that could be repeated`;
      }
      const [low, high] = repetition.replace(/[{}]/g, '').split(',');
      if (high && Number(low) > Number(high)) return `the numbers of "${repetition}" are out of order`;
      state = state === 'repetition' ? 'nothing' : 'repetition';
      at += repetition.length;
      continue;
    }
    switch (character) {
      case '\\': {
        const next = pattern[at + 1];
        if (next === undefined) return 'a "\\" stands at its end';
        if (next === 'Q') return undefined;
        if (/[A-Za-z]/.test(next) && !escapes.includes(next)) return `"\\${next}" has no meaning`;
        state = places.includes(next) ? 'nothing' : 'item';
        at += 2;
        break;
      }
      case '[': {
        const end = endOfClass(pattern, at);
        if (end < 0) return 'a "]" is missing';
        at = end + 1;
        state = 'item';
        break;
      }
      case '(': {
        depth++;
        state = 'nothing';
        if (pattern[at + 1] === '*') return undefined;
        if (pattern[at + 1] !== '?') {
          at++;
          break;
        }
        if (/^\(\?[#(]/.test(pattern.slice(at, at + 3))) return undefined;
        const opening = groupStart.exec(pattern.slice(at, at + 200))?.[0];
        if (opening === undefined) return 'a group is not named or ended as it must be';
        const name = /[<'](\w+)[>']$/.exec(opening)?.[1];
        if (name !== undefined && names.has(name)) return `two groups have the name "${name}"`;
        if (name !== undefined) names.add(name);
        if (opening.endsWith(')')) depth--;
        at += opening.length;
        break;
      }
      case ')':
        if (--depth < 0) return 'a ")" has no "(" before it';
        state = 'item';
        at++;
        break;
      case '|':
      case '^':
      case '$':
        state = 'nothing';
        at++;
        break;
      default:
        state = 'item';
        at++;
    }
  }
  return depth > 0 ? 'a ")" is missing' : undefined;
}

/** Offset of the bracket that closes a character class, or -1. */
function endOfClass(pattern: string, start: number): number {
  let at = start + 1;
  if (pattern[at] === '^') at++;
  if (pattern[at] === ']') at++;
  for (; at < pattern.length; at++) {
    if (pattern[at] === '\\') at++;
    else if (pattern[at] === '[' && /^\[[:.=]/.test(pattern.slice(at, at + 2))) {
      const close = pattern.indexOf(`${pattern[at + 1]}]`, at + 2);
      if (close > 0) at = close + 1;
    } else if (pattern[at] === ']') return at;
  }
  return -1;
}
