import { compareVersions } from '../../../text/version.ts';
import type { Target } from '../../../tls/target.ts';
import type { Completion, Hover } from '../../language.ts';
import { proposedWords } from '../data/proposed-words.ts';
import { type ServerVariable, serverVariables } from '../expressions/variables.ts';
import { hasExpressions } from '../rules/expressions/places.ts';
import type { TypedArgument } from './arguments.ts';
import { describeWith } from './described.ts';
import { listed, type Row } from './listed.ts';

/** What a `%` begins: each has names of its own. */
type Reader = 'rewrite' | 'expression' | 'log' | 'header';

interface Placeholder {
  /** With a `…` where a name is to be written. */
  readonly written: string;
  readonly summary: string;
  readonly since: string;
}

const pages: Readonly<Record<Reader, string>> = {
  rewrite: 'mod/mod_rewrite.html#rewritecond',
  expression: 'expr.html#vars',
  log: 'mod/mod_log_config.html#formats',
  header: 'mod/mod_headers.html#header',
};

/** Who reads a `%` in an argument; undefined where it means nothing. */
function readerOf(key: string, index: number, text: string, first = ''): Reader | undefined {
  if (/^["']?expr=/.test(text)) return 'expression';
  switch (key) {
    case 'rewriterule':
      return index > 0 ? 'rewrite' : undefined;
    case 'rewritecond':
      if (/^expr$/i.test(first)) return index === 1 ? 'expression' : undefined;
      return index === 0 ? 'rewrite' : undefined;
    case 'logformat':
      return index === 0 ? 'log' : undefined;
    case 'customlog':
    case 'globallog':
      return index === 1 ? 'log' : undefined;
    case 'header':
    case 'requestheader':
      return 'header';
    default:
      return hasExpressions(key) ? 'expression' : undefined;
  }
}

/** What may stand behind a `%` at the end of a line, or for all of a word that most people begin with one. */
export function proposedPlaceholders(
  { key, before, partial }: TypedArgument,
  offset: number,
  target: Target,
  behind: string,
): readonly Completion[] | undefined {
  const reader = readerOf(key, before.length, partial, before[0]);
  const typed = beginsWithOne(key, before.length, partial) ? '' : /%>?(?:\{[\w:.-]*)?$/.exec(partial)?.[0];
  if (!reader || typed === undefined) return undefined;
  const [rest = ''] = typed.includes('{') ? (/^[\w:.-]*\}[a-zA-Z]?/.exec(behind) ?? []) : [];
  // A letter behind the brace belongs to it in a format alone.
  const length = reader === 'log' || reader === 'header' ? rest.length : rest.replace(/\}.*/, '}').length;
  const range = { start: offset - typed.length, end: offset + length };
  const rows = placeholders(reader)
    .filter(({ since }) => since === '' || compareVersions(target.apache, since) >= 0)
    .map(
      (placeholder): Row => ({
        label: placeholder.written,
        kind: 'placeholder',
        detail: placeholder.summary,
        documentation: describe(placeholder, reader),
        insertText: placeholder.written.replace('…', '$1'),
        isSnippet: placeholder.written.includes('…'),
      }),
    );
  return listed(rows, range);
}

/** Whether a word that is not yet written is likely to. */
function beginsWithOne(key: string, index: number, partial: string): boolean {
  if (index > 0) return false;
  return key === 'rewritecond' ? /^["']?$/.test(partial) : (key === 'if' || key === 'elseif') && partial === '"';
}

/** What a `%…` at an offset stands for; `text` is that of the argument, from `start`. */
export function hoverPlaceholder(
  key: string,
  args: readonly { readonly value: string }[],
  index: number,
  text: string,
  start: number,
  offset: number,
): Hover | undefined {
  const reader = readerOf(key, index, text, args[0]?.value);
  if (!reader) return undefined;
  const isFormat = reader === 'log' || reader === 'header';
  for (const { 0: written, index: from } of text.matchAll(isFormat ? inFormats : inTexts)) {
    const range = { start: start + from, end: start + from + written.length };
    if (offset < range.start || range.end < offset) continue;
    const known = knownAs(written, placeholders(reader));
    return known && { range, contents: describe({ ...known, written }, reader) };
  }
  return undefined;
}

const inFormats = /%[<>]?(?:\{[^{}"]*\})?[a-zA-Z]/g;
const inTexts = /%\{[\w:.-]+\}/g;

/** As it is, or by what is around its name. */
function knownAs(written: string, known: readonly Placeholder[]): Placeholder | undefined {
  const plain = written.replace(/^%[<>]/, '%');
  return (
    known.find((each) => each.written.toLowerCase() === written.toLowerCase() && !/^%\w$/.test(written)) ??
    known.find((each) => each.written === written || each.written === plain) ??
    known.find((each) => {
      const [start = '', end] = each.written.split('…');
      return end !== undefined && plain.toLowerCase().startsWith(start.toLowerCase()) && plain.endsWith(end);
    })
  );
}

function describe({ written, summary, since }: Placeholder, reader: Reader): string {
  return describeWith(
    written,
    summary.replace(/^[a-z]/, (letter) => letter.toUpperCase()),
    since,
    pages[reader],
  );
}

function placeholders(reader: Reader): readonly Placeholder[] {
  const tls = serverVariables('tls');
  const made = (before: string, after: string) => (each: ServerVariable) => ({
    ...each,
    written: `%{${before}${each.name}}${after}`,
  });
  if (reader === 'log' || reader === 'header') {
    const words = proposedWords.wordsOf(`%${reader}`, []) ?? [];
    return [
      ...words.map(({ word, detail = '' }) => ({ written: word, summary: detail, since: '' })),
      ...tls.map(made('', reader === 'log' ? 'x' : 's')),
    ];
  }
  return [
    ...serverVariables(reader).map(made('', '')),
    ...tls.map(made(reader === 'rewrite' ? 'SSL:' : '', '')),
    ...lookUps[reader].map(([written, summary]) => ({ written, summary, since: '' })),
  ];
}

const header = ['%{HTTP:…}', 'The header of that name in the request'] as const;
const environment = ['%{ENV:…}', 'The variable of that name in the environment'] as const;

const lookUps: Readonly<Record<'rewrite' | 'expression', readonly (readonly [string, string])[]>> = {
  rewrite: [header, environment, ['%{LA-U:…}', 'What the variable will be once the path has led to a file']],
  expression: [header, environment, ['%{resp:…}', 'The header of that name in the answer']],
};
