import { statement, stepOf, withBracedValues } from './marks.ts';

/** Terraform's `templatefile`: `%{ if tls ~}…%{ endif }`, `${values}`, and `$${…}` for what stays as it is. */
export function withTerraform(text: string, file: string): string {
  const named = file.endsWith('.tftpl') || (templateName.test(file) && text.includes('$${'));
  if (!named && !(text.includes('%') && text.includes('%{'))) return text;
  let found = named;
  const marked = text.replace(mark, (whole, word: string) => {
    found = true;
    return statement(whole, stepOf(word));
  });
  return found ? withBracedValues(marked) : text;
}

/** Of `$${`, which no server reads, others make `${` too. */
const templateName = /\.(?:template|tmpl|tpl)$/;

/** Apache's `%{name}` has no blank in it. */
const mark = /%\{~?[ \t]*((?:if|for)(?=[ \t])|else|endif|endfor)\b(?:"[^"\n]*"|\{[^{}\n]*\}|[^{}"\n])*\}/g;
