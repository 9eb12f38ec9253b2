import type { Float } from './tree.ts';

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
};

/** What a literal of a string stands for; undefined for bytes, and where an escape is of another kind. */
export function stringValue(literal: string): string | undefined {
  const parts = /^([a-zA-Z]*)('''|"""|'|")([\s\S]*)\2$/.exec(literal);
  if (parts === null) return undefined;
  const [, prefix = '', , content = ''] = parts;
  if (/[bf]/i.test(prefix)) return undefined;
  if (/r/i.test(prefix) || !content.includes('\\')) return content;
  if (/\\[^ntr\\'"\n]/.test(content.replaceAll('\\\\', ''))) return undefined;
  return content.replace(/\\([\s\S])/g, (_, letter: string) => escapes[letter] ?? letter);
}

/** The value of a number as Python writes it; undefined for complex ones. */
export function numberValue(literal: string): number | Float | undefined {
  const value = Number(literal.replaceAll('_', ''));
  if (Number.isNaN(value)) return undefined;
  return /^[\d_]*(?:\.|e)/i.test(literal) ? { kind: 'float', value } : value;
}
