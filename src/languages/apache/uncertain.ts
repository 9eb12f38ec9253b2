import { hasPlaceholder } from '../../text/placeholders.ts';
import { marks } from './words.ts';

/** True where a variable or a template decides what the text will be. */
export function isUncertain(text: string): boolean {
  // One quick look before the others.
  if (!marks.test(text)) return false;
  if (hasPlaceholder(text)) return true;
  // `#DOMAIN#` and `##domain##`, but not `m#DOMAIN#`, an expression.
  if (text.includes('#') && /(?<!\bm)#[A-Z][A-Z0-9_]*#|##[A-Za-z_][\w.-]*##|#\{[^{}]+\}/.test(text)) return true;
  // `{domain}`, but not `%{HTTP_HOST}`, `%>{X}i` and `\p{L}`.
  if (text.includes('{') && /(?<!%[\d!,<>]*|\$|\\[A-Za-z])\{\$?[A-Za-z_][\w.]*\}/.test(text)) return true;
  // `$DOMAIN` and `$(domain)` of what fills the file in; `$1` and the `$` of an expression are httpd's own.
  return /\$\{|\{\{|<%|<\?|\{%|\$[A-Z][A-Z_]+\b|\$\([A-Za-z_][\w.]*\)/.test(text);
}
