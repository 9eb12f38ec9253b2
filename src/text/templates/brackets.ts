import { comment, statement, stepOf, value } from './marks.ts';

/** `[[ port ]]` and `[[ if .tls ]]`, as Nomad's tools have them; `[[:space:]]` and sets in expressions are none. */
export function withBrackets(text: string): string {
  return text.replace(
    /(?<![\\^(|[])\[\[(-?[ \t]*[\w.$/"][^[\]\n]{0,200})\]\](?![\]*+?{(|$])/g,
    (_, inner: string) => `{{${inner}}}`,
  );
}

// Comments of Go's templates, `{{- /* … */ -}}`, may hold marks themselves.
export function withGoComments(text: string): string {
  return text.replace(/\{\{-?\s*\/\*[\s\S]{0,4000}?\*\/\s*-?\}\}/g, comment);
}

/** `{* value *}` of lua-resty-template, whose statements are those of Jinja. */
export function withStars(text: string): string {
  return text.replace(/\{\*([^*\n]{1,200})\*\}/g, (_, inner: string) => `{{${inner}}}`);
}

/** DirectAdmin: `|*if SSL="1"|…|*endif|`, `|?NAME=value|`, `|DOMAIN|`. An expression has such bars too, and none of the others. */
export function withBars(text: string): string {
  if (!text.includes('|*if') && !text.includes('|?')) return text;
  if (!/^[ \t]*\|(?:\*if\b|\?\w+=)[^\n]*\|[ \t]*\r?$/m.test(text)) return text;
  return text
    .replace(/\|\*(if|else|endif)\b[^|\n]*\|/g, (mark, word: string) => statement(mark, stepOf(word)))
    .replace(
      /^([ \t]*)(\|\?[^\n]*\|)(?=[ \t]*\r?$)/gm,
      (_, indent: string, mark: string) => indent + statement(mark, ' '),
    )
    .replace(/\|([A-Z][A-Z0-9_]*)\|/g, (mark, name: string) => value(mark, name));
}

/** Univention's registry: `@!@`, a program, `@!@`, and `@%@apache2/port@%@`. */
export function withRegistry(text: string): string {
  if (!text.includes('@!@') && !text.includes('@%@')) return text;
  return text
    .replace(/@!@[\s\S]{0,20000}?@!@/g, (mark) => statement(mark, ' '))
    .replace(/@%@([^@\n]{1,200})@%@/g, (mark, name: string) => value(mark, name));
}

/** Zimbra: a template begins with `!{explode domain(vhn, vip)}` where there is one server for each. */
export function withExploding(text: string): string {
  return text.startsWith('!{') ? text.replace(/^!\{[^{}\n]{2,200}\}/, (mark) => statement(mark, ' ')) : text;
}
