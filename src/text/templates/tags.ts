import { statement, stepOf, value } from './marks.ts';

/** Tags of HTML::Template and ISPConfig: `<tmpl_if name='tls'>`, `<TMPL_VAR NAME="port">`, `{tmpl_var name='port'}`. */
export function withTags(text: string): string {
  if (!text.includes('mpl_') && !text.includes('MPL_')) return text;
  return text.replace(tag, (mark, closing: string, word: string) => {
    // Each sign that opens a mark is closed by its own.
    if (mark.startsWith('{') !== mark.endsWith('}')) return mark;
    const name = word.toLowerCase();
    if (name === 'var' && closing === '') return value(mark, /\bname=["']?([\w.-]+)/i.exec(mark)?.[1] ?? mark);
    return statement(mark, stepOf(name, closing !== ''));
  });
}

const tag = /[<{](\/?)tmpl_([a-z]+)(?:\s(?:'[^'\n]*'|"[^"\n]*"|[^<>{}'"\n])*)?[>}]/gi;

/** Those of Template Toolkit: `[% IF tls %]`, `[% port %]`. */
export function withToolkit(text: string): string {
  return text.replace(toolkit, (mark, word: string) => {
    return /^[A-Z]+$/.test(word) ? statement(mark, stepOf(word)) : value(mark, mark.slice(2, -2));
  });
}

/** A set of characters in an expression begins so too, but no blank follows there. */
const toolkit = /\[%[-+=~]?\s+([\w.]+)[^\n]{0,300}?\s[-+=~]?%\]/g;
