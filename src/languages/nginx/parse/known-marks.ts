import type { Beginnings } from '../../../text/templates/beginnings.ts';
import { withBracedValues } from '../../../text/templates/marks.ts';
import { withTemplateMarks } from '../../../text/templates/template-marks.ts';
import { withBareNames, withFilledInNames } from './filled-in.ts';

/**
 * The same text, of the same length, in which the marks of more template tools are written as ones that the lexer knows:
 * those of all tools that Apache's have too, the lines of Mako (`% if tls:`) and Penlight (`> if tls then`, with `$(value)`), EJS's
 * `<%- value %>`, PHP's `<?php … ?>`, `${{ value }}`, `${value['key']}`, in templates for `envsubst` a `NAME_IN_CAPITALS` that has
 * a line to itself, and in any template one that is a value.
 */
export function withKnownMarks(present: Beginnings, file: string): string {
  const { text } = present;
  let marked = withBareNames(withTemplateMarks(text, file, present), file);
  if (!present.hasAny(['%', '>', '${', '{{'])) return marked;
  const greater = present.has('>');
  if (greater && present.has('<?')) marked = marked.replace(php, phpMark);
  const percent = present.has('%');
  if ((percent && /^[ \t]*%/m.test(text)) || (greater && (text.startsWith('>') || text.includes('\n>')))) {
    marked = marked.replace(lines, (_, indent: string, line: string) => indent + statement(line));
    if (/^[ \t]*%[ \t]*end(?:if|for|while)\b/m.test(text)) marked = withBracedValues(marked.replace(makoTag, makoMark));
    // Penlight's marks of values are ones that stop nginx in any other text.
    if (penlight.test(text))
      marked = marked.replace(/\$\((?:[^()\n$]|\([^()\n]*\))+\)/g, (value) => `{{${value.slice(2, -2)}}}`);
  }
  if (percent && marked.includes('<%-')) marked = marked.replace(expression, '<%=');
  if (marked.includes('${')) {
    marked = withFilledInNames(marked, file)
      .replace(/\$\{\{([^{}\n]*)\}\}/g, '{{ $1}}')
      .replace(codeOf, (value) => `{{${value.slice(2, -2).replace(/[{}%#]/g, ' ')}}}`)
      .replace(/\$\{(?:[ \t]+[\w.]|[A-Za-z_][\w-]*[[.(|:?!])[^{}$;\n]*\}/g, (value) => `{{${value.slice(2, -2)}}}`);
    if (/\$\{[A-Z]/.test(marked)) {
      marked = marked.replace(alone, (_, indent: string, name: string) => `${indent}__${name.slice(2, -2)}__`);
    }
  }
  if (marked.includes('{{') || (marked.includes('%') && (marked.includes('{%') || marked.includes('<%')))) {
    marked = marked.replace(behind, (mark) => ` ${mark.slice(0, -1)}`);
  }
  return marked;
}

/**
 * Code within `${…}`, as in literals of JavaScript and in Groovy: it has quotes or calls something, and is an expression. In one
 * no name touches the end of a string, as it does between two words of nginx: `'${' 'host}'`.
 */
const codeOf =
  /\$\{(?![^\s"'({}]*[\w.][ \t]+['"])(?=[^{}\n;\\]*['"(])(?:"[^"\n]*"(?!\w)|'[^'\n]*'(?!\w)|[^{}"'\n;\\])*\}/g;

/** No directive begins with these characters. */
const lines =
  /^([ \t]*)(%[ \t]*(?:if|elif|else|for|while|try|except|end[a-z]+)\b[^\r\n]*|>[ \t]*(?:--|(?:if|elseif|else|for|while|do|local|end)\b)[^\r\n]*)/gm;

/** A tag of Mako, which brings another file or defines something. */
const makoTag = /<\/?%(?:include|namespace|inherit|page|def|block|doc|text|call)\b[^<>\n]*>/g;

function makoMark(mark: string): string {
  return `{% ${' '.repeat(mark.length - 5)}%}`;
}

const penlight = /^>[ \t]*(?:if|for|do|local)\b/m;

function statement(line: string): string {
  return line.length < 4 ? ' '.repeat(line.length) : `{%${line.slice(2, -2)}%}`;
}

/** In ERB a statement begins so too, and only takes a blank away. */
const expression =
  /<%-(?=\s*[\w$('"])(?!\s*(?:if|else|elsif|end|unless|for|while|until|case|when|begin)\b)(?=(?:(?!\bdo\b|%>)[\s\S]){0,200}%>)/g;

/** Output or a statement of PHP. A named group of an expression begins with `(?<`, and no directive with `<?`. */
const php = /<\?(php\b|=)((?:(?!\?>)[\s\S]){0,400})\?>/g;

function phpMark(mark: string, kind: string, code: string): string {
  const brings = kind === '=' || /\b(?:print|echo|printf)\b/.test(code);
  return `<%${brings ? '=' : ' '}${' '.repeat(mark.length - 5)}%>`;
}

const alone = /^([ \t]*)([A-Z][A-Z0-9]*_[A-Z0-9_]*[A-Z0-9])(?=[ \t]*\r?$)/gm;

/**
 * A statement behind a word brings further words, and changes nothing of this one: `443 ssl{% if first %} default_server{% endif %};`.
 * It is moved on by a character, so that a blank stands between.
 */
const behind =
  /(?<=[^\s;{}%<>"'])(?:\{%[?*&:|.]?[-+~\s](?=(?:(?!%\})[^\n]){0,200}%\}\s)|\{\{[-~\s](?=\s*(?:if|else|end|range|with)\b(?:(?!\}\})[^\n]){0,200}\}\}\s)|<%[-_\s](?=(?:(?!%>)[^\n]){0,200}%>\s))/g;
