/**
 * The same text, of the same length, in which marks that look like tags of HTML (`<tmpl_if name='tls'>`, as ISPConfig and
 * HTML::Template have them) and those of Template Toolkit (`[% IF tls %]`) are written as ones of Jinja: `{% if … %}`.
 */
export function withTagMarks(text: string): string {
  let marked = text;
  if (text.includes('mpl_') || text.includes('MPL_')) {
    marked = marked.replace(tag, (mark, closing: string, word: string) => {
      const name = word.toLowerCase();
      if (name === 'var' && closing === '') return value(mark);
      if (name === 'else' || name === 'elseif') return statement(mark, name);
      return statement(mark, closing === '' ? (meant[name] ?? name) : 'end');
    });
  }
  if (!text.includes('[%')) return marked;
  return marked.replace(toolkit, (mark, word: string) =>
    /^[A-Z]+$/.test(word) ? statement(mark, word.toLowerCase()) : value(mark),
  );
}

const tag = /<(\/?)tmpl_([a-z]+)(?:\s(?:'[^'\n]*'|"[^"\n]*"|[^<>'"\n])*)?>/gi;
/** A set of characters in an expression begins so too, but no blank follows there. */
const toolkit = /\[%[-+=~]?\s+([\w.]+)[^\n]{0,300}?\s[-+=~]?%\]/g;

/** Words of Jinja that open a block. */
const meant: Readonly<Record<string, string>> = { loop: 'for', while: 'for', foreach: 'for', switch: 'case' };

function statement(mark: string, word: string): string {
  const inner = mark.length - 4;
  return `{%${` ${meant[word] ?? word} `.padEnd(inner).slice(0, inner)}%}`;
}

/** The name that is put in, as far as it fits; what would end a word elsewhere ends none here. */
function value(mark: string): string {
  const inner = mark.length - 4;
  const name =
    /\bname=["']?([\w.-]+)/i.exec(mark)?.[1] ??
    mark
      .slice(2, -2)
      .replace(/[^\w.]+/g, ' ')
      .trim();
  return `{{${` ${name} `.padEnd(inner).slice(0, inner)}}}`;
}
