import { value } from './marks.ts';

/**
 * Python's `str.format`: braces are written twice, `server {{ … }}`, and `{domain}` is filled in. Only where a block begins
 * so is that told from Jinja, whose values have the same marks.
 */
export function withFormat(text: string): string {
  if (!blockBegins.test(text) || !/^[ \t]*\}\}[ \t]*\r?$/m.test(text)) return text;
  return text.replace(/\{\{|\}\}|\{[\w.[\]!:]+\}/g, (mark) =>
    mark === '{{' ? ' {' : mark === '}}' ? '} ' : value(mark, mark.slice(1, -1)),
  );
}

const blockBegins = /^[ \t]*(?:server|http|events|stream|location|upstream|if|map|geo)\b[^\n;]*\{\{[ \t]*\r?$/m;

/**
 * Python's `string.Template`, and what Docker Compose reads: `$$` stands for `$`, and each other `$name` is filled in. Where one of
 * nginx's own variables has one dollar, the others are mistakes.
 */
export function withDoubledDollars(text: string): string {
  if ((text.match(doubled)?.length ?? 0) < 2) return text;
  if (own.test(text)) return text;
  return text.replace(/\$\$?(?:\{\w+\}|[A-Za-z_]\w*)/g, (mark) => value(mark, mark.replace(/\W/g, '')));
}

const doubled = /\$\$\{?[a-z]/gi;
const own =
  /(?<!\$)\$\{?(?:host|scheme|(?:document_|request_)?uri|args|is_args|remote_addr|server_\w+|http_\w+|proxy_\w+|document_root|fastcgi_\w+|request_\w+)\b/;

/**
 * What `envsubst` puts in where a name stands alone in a line, which begins no directive. Only in a text that is called a
 * template: elsewhere it is a mistake.
 */
export function withLoneValues(text: string, file: string): string {
  if (!/\.(?:template|tmpl|tpl)$/.test(file)) return text;
  return text.replace(
    /^([ \t]*)(\$[A-Za-z_]\w+)(?=[ \t]*\r?$)/gm,
    (line, blanks: string, mark: string, offset: number) =>
      beginsStatement(text, offset) ? blanks + value(mark, mark.slice(1)) : line,
  );
}

/** True behind the end of a directive or a block, and of a comment. */
function beginsStatement(text: string, offset: number): boolean {
  const before = text.slice(0, offset).trimEnd();
  const line = before.slice(before.lastIndexOf('\n') + 1);
  return /^$|[;{}]$|^[ \t]*(?:#|\$\w+$)/.test(line);
}
