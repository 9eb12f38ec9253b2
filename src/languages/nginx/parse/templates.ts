import { dollar } from './characters.ts';

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

/**
 * `{domain}` and `{$domain}`, as programs fill in, `#{domain}`, `#{domain}#` and `#DOMAIN#`. Where a `;` or more of the same
 * word follows, no block of nginx's own begins so: directives in one end with `;` themselves.
 */
const filledIn = /#\{[^{}\s;]+\}#?|#{1,2}[A-Z][A-Z0-9_.-]*#{1,2}|\{\$?[A-Za-z_][\w.]*\}(?=[ \t]*[^\s}#])/y;

/** `{% endif %}`, `{% else %}`, `{{- end }}`, `{{/each}}`, `<% end %>`: where a branch of a template ends, with the blanks behind it. */
const branchEnd =
  /(?:\{%[-+~]?\s*(?:end|el[si])[^%\n]{0,200}%\}|\{\{[-~]?\s*(?:end\b|else\b|\/)[^}\n]{0,200}\}\}|<%[-_]?\s*(?:end\b|els|\})[^%\n]{0,200}%>)[ \t]*/y;

/** A mark of any kind, with the blanks behind it. */
const mark = /(?:\{%[^%\n]{0,200}%\}|\{\{[^}\n]{0,200}\}\}|<%[^%\n]{0,200}%>)[ \t]*/y;

/** End of the marks that begin with the end of a branch at `at`, where nothing else follows in the line or block; `at` elsewhere. */
export function endOfBranches(text: string, at: number): number {
  branchEnd.lastIndex = at;
  if (!branchEnd.test(text)) return at;
  let end = branchEnd.lastIndex;
  for (mark.lastIndex = end; mark.test(text); mark.lastIndex = end) end = mark.lastIndex;
  return end === text.length || /[\r\n;}#]/.test(text.charAt(end)) ? end : at;
}

/** End of what such a mark takes up, or `at` where none begins there: a brace behind a `$` that is escaped begins a block. */
export function endOfFilledIn(text: string, at: number): number {
  if (text.charCodeAt(at - 1) === dollar) return at;
  filledIn.lastIndex = at;
  return filledIn.test(text) ? filledIn.lastIndex : at;
}

/**
 * The next character that is no blank, behind all values that follow in the same line where `values` says so:
 * `{{ name }}{{ blank }}{{ value }}{{ end }}` brings its own end as one does.
 */
export function endOfValues(text: string, from: number, values: boolean): number {
  for (let at = from; ; ) {
    while (text[at] === ' ' || text[at] === '\t') at++;
    const close = !values
      ? ''
      : text.startsWith('<%=', at)
        ? '%>'
        : text.startsWith('{{', at) && !isStatement(text, at)
          ? '}}'
          : '';
    const end = close === '' ? -1 : text.indexOf(close, at + 2);
    if (end < 0) return at;
    at = end + 2;
  }
}
