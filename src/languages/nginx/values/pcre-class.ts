const posixNames = /^\^?(?:alpha|lower|upper|alnum|ascii|blank|cntrl|digit|graph|print|punct|space|word|xdigit)$/;
const posix = /\[([:.=])([^\]\\]*?)\1\]/y;
/** Letters behind a backslash that stand for several characters. */
const sets = 'dDsSwWhHvVpP';
const controls: Readonly<Record<string, number>> = { a: 7, b: 8, e: 27, f: 12, n: 10, r: 13, t: 9 };

/** What one element of a class is: the code of its character, or undefined for several characters. */
interface Element {
  readonly end: number;
  readonly code: number | undefined;
  readonly problem?: string | undefined;
}

/** Reads a character class from its `[`; tells where it ends and what PCRE2 would refuse in it. */
export function classComplaint(pattern: string, start: number): { readonly end: number; readonly problem?: string } {
  posix.lastIndex = start;
  if (posix.test(pattern)) return { end: pattern.length, problem: 'a POSIX class is outside of brackets' };
  let at = start + 1;
  if (pattern[at] === '^') at++;
  let first: Element | undefined;
  for (let isFirst = true; at < pattern.length; isFirst = false) {
    if (pattern[at] === ']' && !isFirst) return { end: at + 1 };
    if (pattern.startsWith('\\Q', at) || pattern.startsWith('\\E', at)) {
      const end = pattern[at + 1] === 'Q' ? pattern.indexOf('\\E', at) : at;
      if (end < 0) return { end: pattern.length, problem: 'a "]" is missing' };
      first = undefined;
      at = end + 2;
      continue;
    }
    // A "-" between two elements is a range, but not where it stands last.
    const range = first !== undefined && pattern[at] === '-' && pattern[at + 1] !== ']' && at + 1 < pattern.length;
    const element = readElement(pattern, range ? at + 1 : at);
    if (element.problem !== undefined) return { end: element.end, problem: element.problem };
    if (range) {
      if (first?.code === undefined || element.code === undefined)
        return { end: element.end, problem: `"${pattern.slice(at - 1, element.end)}" is no range of characters` };
      if (first.code > element.code) return { end: element.end, problem: 'a range of characters is out of order' };
      first = undefined;
    } else first = element;
    at = element.end;
  }
  return { end: pattern.length, problem: 'a "]" is missing' };
}

function readElement(pattern: string, at: number): Element {
  posix.lastIndex = at;
  const named = posix.exec(pattern);
  if (named) {
    const [whole, kind, name = ''] = named;
    const end = at + whole.length;
    if (kind !== ':') return { end, code: undefined, problem: 'POSIX collating elements are not supported' };
    return posixNames.test(name)
      ? { end, code: undefined }
      : { end, code: undefined, problem: `there is no POSIX class "${name}"` };
  }
  if (pattern[at] !== '\\') {
    const code = pattern.codePointAt(at) ?? 0;
    return { end: at + (code > 0xffff ? 2 : 1), code };
  }
  return readEscape(pattern, at);
}

function readEscape(pattern: string, at: number): Element {
  const rest = pattern.slice(at + 1, at + 40);
  const [next] = rest;
  if (next === undefined) return { end: at + 1, code: undefined, problem: 'it ends with a "\\"' };
  const digits = /^(?:x\{([0-9a-fA-F]+)\}|x([0-9a-fA-F]{1,2})|o\{([0-7]+)\}|([0-7]{1,3}))/.exec(rest);
  if (digits) {
    const [whole, braced, hex, octal, plain] = digits;
    const code = Number.parseInt(braced ?? hex ?? octal ?? plain ?? '0', (braced ?? hex) === undefined ? 8 : 16);
    return { end: at + 1 + whole.length, code };
  }
  const problem = escapeComplaint(rest);
  if (problem !== undefined) return { end: at + 2, code: undefined, problem };
  if (next === 'c') return { end: at + 3, code: (rest.toUpperCase().charCodeAt(1) || 0) ^ 64 };
  if (sets.includes(next))
    return { end: at + 1 + (/^[pP](?:\{[^}]*\}|.)/.exec(rest)?.[0].length ?? 1), code: undefined };
  const control = controls[next];
  if (control !== undefined) return { end: at + 2, code: control };
  // `\g` and `\k` ask for no group here: they are letters.
  return /[A-Za-fh-jl-z]/.test(next)
    ? { end: at + 2, code: undefined, problem: `"\\${next}" has no meaning in brackets` }
    : { end: at + 2, code: next.charCodeAt(0) };
}

/** What is wrong with an escape by itself; the text begins behind its backslash. */
export function escapeComplaint(rest: string): string | undefined {
  if (/^x\{(?![0-9a-fA-F]+\})/.test(rest) || /^o(?!\{[0-7]+\})/.test(rest))
    return `"\\${rest.slice(0, 2)}" needs a number in braces`;
  if (/^x(?![0-9a-fA-F{])/.test(rest)) return '"\\x" needs the number of a character';
  if (/^c(?![ -~])/.test(rest)) return 'a letter must follow "\\c"';
  if (rest.startsWith('N{U+')) return '"\\N{U+…}" needs the mode of Unicode';
  // Behind `\N` braces may only say how often.
  if (/^N\{(?! *(?:\d+ *(?:, *\d* *)?|, *\d+ *)\})/.test(rest))
    return 'PCRE2 does not know characters by name ("\\N{")';
  return /^[pP](?![clmnpsz]|\{\^?[\w &=:-]+\})/i.test(rest) ? `"\\${rest[0]}" needs the name of a property` : undefined;
}
