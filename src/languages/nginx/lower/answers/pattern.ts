import { rememberTexts } from '../../../../memory/remember-texts.ts';
import { isTame } from '../../../../text/tame-pattern.ts';

/** The expression for one of nginx's (PCRE), or undefined where JavaScript cannot run it, or it may take forever. */
export function compileExpression(pattern: string, ignoreCase: boolean): RegExp | undefined {
  return (ignoreCase ? compileIgnoringCase : compileExact)(pattern).expression;
}

interface Compiled {
  readonly expression: RegExp | undefined;
}

/** Of each kind: a site that has moved may have thousands of redirects, which are gone through for each path that is asked. */
const mostKept = 16_384;
const compileExact = rememberTexts((pattern) => compile(pattern, false), mostKept);
const compileIgnoringCase = rememberTexts((pattern) => compile(pattern, true), mostKept);

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
