import { isExpression } from '../../patterns.ts';

/** True for a pattern that PCRE refuses; what only PCRE knows, and is not looked at here, is never refused. */
export function isBrokenPattern(pattern: string): boolean {
  return whyBroken(pattern) !== undefined;
}

/** A comma and why PCRE refuses a pattern, or nothing where that is not known; undefined for one that it takes. */
export function whyBroken(pattern: string): string | undefined {
  const mistake = /[()[\\]/.test(pattern) ? mistakeIn(pattern) : undefined;
  if (mistake !== undefined) return `, ${mistake}`;
  return isExpression(pattern) || ofPcreAlone.test(pattern) ? undefined : '';
}

const ofPcreAlone = /\\[xo]\{|\(\?|\\[AzZGQEc]|[*+?}]\+|\[\[:|\\[hHRX]|\(\*/;

/** Comments and verbatim text may hold anything, and conditions have brackets of their own. */
const unread = /\\Q|\(\?[#(C]|\(\?[a-wyz^-]*x|\(\*/;

/** Escapes; classes, of which the first sign may be a bracket; the beginnings of groups, and options; the ends of groups. */
const tokens =
  /\\(?:c.|[1-9]\d*|.)|\[\^?\]?(?:\\(?:c.|.)|\[:\^?\w+:\]|[^\]\\])*(\])?|\((?:\?(?:[a-z^-]+[:)]|P?<[^=!]|'|.?))?|\)/gs;

/**
 * Brackets without their other half, `\2` without a second group, and options of other programs such as `(?u)`, as PCRE 10 reads
 * them (pcre2pattern(3); measured with httpd 2.4.71).
 */
function mistakeIn(pattern: string): string | undefined {
  if (unread.test(pattern)) return undefined;
  let depth = 0;
  let groups = 0;
  let highest = 0;
  for (const [token, end] of pattern.matchAll(tokens)) {
    if (token === ')') {
      if (depth === 0) return 'there is no "(" for a ")"';
      depth--;
    } else if (token.startsWith('[')) {
      if (end === undefined) return 'a "[" is not closed';
    } else if (token.startsWith('(')) {
      if (/^\(\?[a-z^-]*[b-hj-lo-qt-wyz]/.test(token)) return `PCRE does not know ${token}`;
      if (!token.endsWith(')')) depth++;
      if (/^\((?:\?(?:P?<[^=!]|'))?$/.test(token)) groups++;
    } else if (/^\\[1-9]$/.test(token)) {
      highest = Math.max(highest, Number(token[1]));
    }
  }
  if (depth > 0) return 'a "(" is not closed';
  const isMissing = highest > groups && !pattern.includes('(?|');
  return isMissing ? `\\${highest} stands for a group that is not there` : undefined;
}
