import { rememberTexts } from '../../../../memory/remember-texts.ts';
import { isTame } from '../../../../text/tame-pattern.ts';

/** The expression for one of nginx's (PCRE), or undefined where JavaScript cannot run it, or it may take forever. */
export function compileExpression(pattern: string, ignoreCase: boolean): RegExp | undefined {
  return (ignoreCase ? compileIgnoringCase : compileExact)(pattern).expression;
}

interface Compiled {
  readonly expression: RegExp | undefined;
}

const compileExact = rememberTexts((pattern) => compile(pattern, false));
const compileIgnoringCase = rememberTexts((pattern) => compile(pattern, true));

function compile(pattern: string, ignoreCase: boolean): Compiled {
  if (!isTame(pattern)) return { expression: undefined };
  const leading = /^\(\?i\)/.test(pattern);
  const source = pattern.replace(/^\(\?i\)/, '').replace(/\(\?P?<(\w+)>/g, '(?<$1>');
  try {
    return { expression: new RegExp(source, ignoreCase || leading ? 'i' : '') };
  } catch {
    return { expression: undefined };
  }
}
