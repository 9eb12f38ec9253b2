import { comment, statement, stepOf, withBracedValues } from './marks.ts';

/** FreeMarker, in both of its forms: `<#if tls>…</#if>` and `[#if tls]…[/#if]`, with `${ values?c }`. */
export function withFreeMarker(text: string): string {
  let found = false;
  const marked = text
    .replace(/<#--[\s\S]{0,2000}?-->|\[#--[\s\S]{0,2000}?--\]/g, (mark) => {
      found = true;
      return comment(mark);
    })
    .replace(tag, (mark, angle?: string, square?: string) => {
      found = true;
      const [closing = '', word = ''] = (angle ?? square ?? '').split('#');
      return statement(mark, stepOf(word, closing !== ''));
    });
  return found ? withBracedValues(marked) : text;
}

const words =
  'if|elseif|else|list|items|sep|switch|case|default|break|continue|assign|local|global|macro|function|return|include|import|ftl|attempt|recover|noparse|compress|escape|noescape|nested|setting|outputformat|autoesc|noautoesc|t|lt|rt|nt|stop';

/** A comparison by `>` stands in parentheses there. */
const tag = new RegExp(
  String.raw`<(\/?#(?:${words}))\b(?:"[^"\n]*"|'[^'\n]*'|\([^()\n]*\)|[^<>"'()\n])*>|\[(\/?#(?:${words}))\b(?:"[^"\n]*"|'[^'\n]*'|\[[^[\]\n]*\]|[^[\]"'\n])*\]`,
  'g',
);
