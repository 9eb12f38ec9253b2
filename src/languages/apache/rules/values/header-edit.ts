import { toRegExp } from '../../patterns.ts';
import type { Argument } from '../../syntax.ts';
import type { BadValue } from './value-check.ts';

/** Values that headers have, short and long: what has no end with each of them has none with others. */
const values = ['a', 'id=1; Path=/', 'id=1; Path=/; Secure; HttpOnly; SameSite=Lax', 'max-age=31536000', 'text/html'];

/**
 * `Header edit* NAME PATTERN …` goes on behind each match, in a function that calls itself. A pattern that also matches no
 * text at all comes to no end there: the process that answers is gone (AH00052, a segmentation fault; measured with 2.4.71).
 */
export function checkEndlessEdit(
  action: Argument,
  name: Argument,
  pattern: Argument,
  isConditional: boolean,
): BadValue | undefined {
  const expression = toRegExp(pattern.value);
  if (expression === undefined || !values.every((value) => isEndless(expression, value))) return undefined;
  const isWhole = /^(?:\^[^|]*|\(?\.\*\)?|[^|]*\$)$/.test(pattern.value);
  const next = isWhole
    ? 'What changes a value as a whole needs no asterisk'
    : 'Write a pattern that matches one character at least';
  return {
    argument: isWhole ? action : pattern,
    message: `'edit*' looks for ${pattern.value} again behind each match, and it also matches an empty text, without end: the process that answers with ${name.value} crashes (error log: AH00052, Segmentation fault). ${next}`,
    ...(isWhole ? { instead: 'edit' } : {}),
    // Whether a condition ever holds nobody knows.
    gravity: { severity: isConditional ? 'warning' : 'error', effect: 'connect' },
  };
}

/** As `process_regexp` does it: what is left behind a match is looked through by itself. */
function isEndless(expression: RegExp, value: string): boolean {
  for (let rest = value; ; ) {
    const match = expression.exec(rest);
    if (match === null) return false;
    const end = match.index + match[0].length;
    if (end === 0) return true;
    rest = rest.slice(end);
  }
}
