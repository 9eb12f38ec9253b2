import { leftBrace, letterCapitalA, letterCapitalZ } from './characters.ts';

/** `{{ if … }}`, `{{- end }}`, `{{#each …}}`, `{{/each}}`: control of Go's templates, Handlebars and Mustache. */
const control =
  /\{\{[-~]?\s*(?:[#/^!>]|(?:if|else|end|range|with|define|block|template|each|unless|break|continue)\b)/y;

/** True where a template's statement begins, which brings no text itself. */
export function isStatement(text: string, from: number): boolean {
  control.lastIndex = from;
  return control.test(text);
}

/** True for a comment with a template's statement, which the template tool runs all the same. */
export function holdsStatement(comment: string): boolean {
  const at = comment.search(/\{%|<%(?![=%#])|\{\{/);
  return at >= 0 && (!comment.startsWith('{{', at) || isStatement(comment, at));
}

/** Names in capitals, as `envsubst` users write them, with braces or without: nginx's own variables are in small letters. */
export function isSubstitution(value: string): boolean {
  return /\$\{[A-Z][A-Z0-9_]*[^}a-z]*\}|\$[A-Z][A-Z0-9_]+(?!\w)/.test(value);
}

/** True for a text that may have some. */
export function mayBeSubstituted(text: string): boolean {
  // Texts are long, and have few of these.
  for (let at = text.indexOf('$'); at >= 0; at = text.indexOf('$', at + 1)) {
    const next = text.charCodeAt(at + 1);
    if (next === leftBrace || (next >= letterCapitalA && next <= letterCapitalZ)) return true;
  }
  return false;
}
