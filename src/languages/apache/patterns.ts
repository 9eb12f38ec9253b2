import { rememberTexts } from '../../memory/remember-texts.ts';
import { isTame } from '../../text/tame-pattern.ts';

/** PCRE as a JavaScript expression, or undefined where it uses what JavaScript lacks, or may take forever. */
export function toRegExp(pattern: string, ignoreCase = false): RegExp | undefined {
  return (ignoreCase ? insensitive : sensitive)(pattern).expression;
}

const sensitive = rememberTexts((pattern) => ({ expression: compile(pattern, false) }));
const insensitive = rememberTexts((pattern) => ({ expression: compile(pattern, true) }));

/** True for what JavaScript takes too. */
export function isExpression(pattern: string): boolean {
  return expressionOf(pattern, false) !== undefined;
}

function compile(pattern: string, ignoreCase: boolean): RegExp | undefined {
  return isTame(pattern) ? expressionOf(pattern, ignoreCase) : undefined;
}

function expressionOf(pattern: string, ignoreCase: boolean): RegExp | undefined {
  try {
    return new RegExp(pattern.replace(/^\(\?i\)/, ''), ignoreCase || pattern.startsWith('(?i)') ? 'i' : '');
  } catch {
    return undefined;
  }
}

/** Replaces `$1` of a substitution by what the pattern matched, and `\$` by what stands behind the backslash (`ap_pregsub`). */
export function substitute(template: string, match: readonly (string | undefined)[]): string {
  return template.replaceAll(/\\(.)|\$(\d)/g, (_, literal: string | undefined, digit: string) =>
    literal === undefined ? (match[Number(digit)] ?? '') : literal,
  );
}
