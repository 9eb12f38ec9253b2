/**
 * A test for one of nginx's regular expressions (PCRE), or undefined where JavaScript cannot run it. Expressions with
 * nested repetition are left alone, because they could take forever.
 */
export function compilePattern(pattern: string, ignoreCase: boolean): ((text: string) => boolean) | undefined {
  const expression = compileExpression(pattern, ignoreCase);
  return expression ? (text) => expression.test(text) : undefined;
}

export function compileExpression(pattern: string, ignoreCase: boolean): RegExp | undefined {
  if (pattern.length > 2000 || /[+*}]\)[+*{]/.test(pattern)) return undefined;
  const leading = /^\(\?i\)/.test(pattern);
  const source = pattern.replace(/^\(\?i\)/, '').replace(/\(\?P?<(\w+)>/g, '(?<$1>');
  try {
    return new RegExp(source, ignoreCase || leading ? 'i' : '');
  } catch {
    return undefined;
  }
}
