import { entryOf } from '../../../../text/entry-of.ts';
import { suggest } from '../../../../text/suggest.ts';
import type { ExpressionError } from '../../expressions/parse.ts';
import type { TokenKind } from '../../expressions/scan.ts';
import { isVariable } from './names.ts';

/** What is wrong at a place of an expression, and what to write there instead where that is sure. */
export interface Explanation {
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly instead?: string;
}

/** Tells the mistake that people make from the token at which the server gives up. */
export function explainSyntax(text: string, error: ExpressionError): Explanation {
  return explainScan(text, error) ?? explainToken(text, error);
}

/** Words that other languages have for an operator. */
const spelling: Readonly<Record<string, string>> = {
  '&': '&&',
  '|': '||',
  '~': '=~',
  '===': '==',
  '!==': '!=',
  '<>': '!=',
  '=>': '>=',
  '=<': '<=',
  AND: 'and',
  OR: 'or',
  NOT: 'not',
  TRUE: 'true',
  FALSE: 'false',
  True: 'true',
  False: 'false',
};

/** What the scanner already refuses. */
function explainScan(text: string, { token }: ExpressionError): Explanation | undefined {
  if (token.kind !== 'error') return undefined;
  const { start, end } = token;
  const opened = text.lastIndexOf('%{', start);
  switch (token.value) {
    case 'string':
      return { message: 'a string is not closed', start: Math.max(0, start - 1), end };
    case 'open':
      return { message: 'a variable is not closed: it ends with }', start: opened, end };
    case 'name': {
      const name = /%\{\w*/.exec(text.slice(opened))?.[0] ?? '%{';
      return text[start] === '-'
        ? { message: `the name of a variable has no '-'; a header is read with %{HTTP:…}`, start: opened, end }
        : { message: `${name} is not closed: } comes right after the name`, start: opened, end: start };
    }
    case 'quote':
      return { message: `the argument in %{…:…} cannot hold a quote; use a function, req('…')`, start, end };
    case 'escape':
      return { message: `${text.slice(start, end)} is no character: an octal number up to \\377`, start, end };
    case '':
      return explainCharacter(text, start);
    default:
      return { message: `the regular expression is not closed: ${token.value}`, start, end };
  }
}

function explainCharacter(text: string, start: number): Explanation {
  const mark = text[start] ?? '';
  const [named, name = ''] = /^[%$]\{?([A-Za-z]\w*)\}?/.exec(text.slice(start)) ?? [];
  if (named !== undefined) {
    const variable = `%{${name}}`;
    return { message: `${named} is no variable`, start, end: start + named.length, instead: variable };
  }
  const instead = spelling[mark];
  const message = instead === undefined ? `'${mark}' does not belong here` : `'${mark}' is no operator`;
  return { message, start, end: start + 1, ...(instead === undefined ? {} : { instead }) };
}

const endsCondition = new Set<TokenKind>(['end', 'and', 'or', ')']);
const operands = /^(?:true|false)$/;

const wordAlone = "a word alone is no condition: compare it (== 'x'), match it (=~ /x/) or ask for it (-n, -z)";
const quotedWhole = 'quotes around all of it make it a string; here only double quotes may enclose an expression';

function explainToken(text: string, { wanted, token, before, from }: ExpressionError): Explanation {
  const { start, end } = token;
  const found = token.kind === 'end' ? 'it ends too early' : `'${text.slice(start, end)}' does not belong here`;
  const place = token.kind === 'end' ? { start: before?.start ?? 0, end: before?.end ?? text.length } : { start, end };
  const misspelt = explainOperator(text, start);
  switch (wanted) {
    case '(':
      return explainBareWord(text, before?.start ?? start, endsCondition.has(token.kind) ? from : undefined);
    case 'regex':
      return explainPattern(text, start, end, token.kind === 'string-begin');
    case 'list':
      return { message: `${found}: in takes a list, { 'a', 'b' }`, ...place };
    case 'comparison':
      if (misspelt) return misspelt;
      if (endsCondition.has(token.kind)) {
        const isQuoted = from === 0 && token.kind === 'end' && before?.kind === 'string-end';
        return { message: isQuoted ? quotedWhole : wordAlone, start: from, end: before?.end ?? end };
      }
      return { message: `${found}: an operator comes after a word, as in == 'x'`, ...place };
    case 'joint':
      if (misspelt) return misspelt;
      if (before?.kind === 'regex' && before.end === start) {
        const message =
          "the regular expression ends at this delimiter, and only the flag i may follow; with '/' in it, write m#…#";
        return { message, start: before.end - 1, end };
      }
      return token.kind === ')'
        ? { message: "nothing opens this ')'", ...place }
        : { message: `${found}: && or || joins conditions`, ...place };
    case ')':
      return { message: token.kind === 'end' ? "a ')' is missing" : `${found}: a ')' was expected`, ...place };
    case '}':
      return { message: `${found}: a list is { 'a', 'b' }`, ...place };
    case 'name':
      return { message: `${found}: a variable is written %{NAME}`, ...place };
    case 'condition':
      if (text.trim() === '') return { message: 'it is empty', start: 0, end: text.length };
      return misspelt ?? { message: token.kind === 'end' ? found : `${found}: a condition was expected`, ...place };
    case 'word':
    case 'text':
      return misspelt ?? { message: token.kind === 'end' ? found : `${found}: a word was expected`, ...place };
  }
}

/** An operator of another language that our scanner cut in two. */
function explainOperator(text: string, start: number): Explanation | undefined {
  for (const from of [start, start - 1, start - 2]) {
    const [mark] = /^(?:===|!==|<>|=>|=<|AND\b|OR\b|NOT\b)/.exec(text.slice(Math.max(0, from))) ?? [];
    if (mark === undefined || from < 0 || from + mark.length <= start) continue;
    const instead = spelling[mark] as string;
    return { message: `${mark} is no operator`, start: from, end: from + mark.length, instead };
  }
  return undefined;
}

/** A name that nothing follows which would make it a function; `alone` is where its condition begins, if it ends here. */
function explainBareWord(text: string, start: number, alone: number | undefined): Explanation {
  const [word = ''] = /^[\w.*:@-]+/.exec(text.slice(start)) ?? [];
  const end = start + word.length;
  const instead = entryOf(spelling, word) ?? (alone === start ? suggest(word, ['true', 'false']) : undefined);
  if (instead !== undefined)
    return { message: `${word} is no ${operands.test(instead) ? 'condition' : 'operator'}`, start, end, instead };
  if (isVariable(word))
    return { message: `${word} is a variable, and needs braces`, start, end, instead: `%{${word}}` };
  if (alone === start) return { message: wordAlone, start, end };
  return { message: 'text needs quotes', start, end, instead: `'${word}'` };
}

function explainPattern(text: string, start: number, end: number, isString: boolean): Explanation {
  const message = 'a regular expression is written between slashes, /…/, or as in m#…#';
  const [whole, , inner] = (isString && /^(['"])([^'"/\\]*)\1/.exec(text.slice(start))) || [];
  return whole === undefined || inner === undefined
    ? { message, start, end: Math.max(end, start) }
    : { message, start, end: start + whole.length, instead: `/${inner}/` };
}
