import type { Fix } from '../../../text/finding.ts';
import type { TextReport } from '../../language.ts';
import type { Item } from '../scope.ts';

/** What pages and word processors write in place of blanks and quotes, and what is meant by it. */
const signs: readonly (readonly [RegExp, string, string])[] = [
  [/[\u00a0\u2007\u202f]/g, ' ', 'a no-break space, which nginx reads as a letter'],
  [/[\u2000-\u2006\u2008-\u200a\u2028\u2029\u3000]/g, ' ', 'a typographic space, which nginx reads as a letter'],
  [/[\u200b\u2060\ufeff]/g, '', 'a zero-width space, which nginx reads as a letter'],
  [/[\u00ad\u200c-\u200f\u202a-\u202e]/g, '', 'an invisible sign, which nginx reads as a letter'],
  [/[“”„‟]|&(?:quot|#34|#x22);/g, '"', 'a typographic quotation mark, which nginx does not treat as a quote'],
  // Between letters it is an apostrophe, which would end a word in straight quotes.
  [
    /(?<!\p{L})[‘’‚]|[‘’‚](?!\p{L})|&(?:apos|#39|#x27);/gu,
    "'",
    'a typographic quotation mark, which nginx does not treat as a quote',
  ],
  [/&amp;/g, '&', 'an HTML entity (&amp;)'],
  [/&lt;/g, '<', 'an HTML entity (&lt;)'],
  [/&gt;/g, '>', 'an HTML entity (&gt;)'],
];
const any =
  /[\u00a0\u00ad\u2000-\u200f\u2028-\u202f\u2060\u3000\ufeff“”„‟‘’‚]|&(?:quot|apos|amp|lt|gt|#\d+|#x[\da-f]+);/;
/** What it holds is nothing to nginx. */
const comment = /(?<=[\s;{}])#/;
const refused: ReadonlySet<string> = new Set([
  'unknown-directive',
  'invalid-value',
  'argument-count',
  'unquoted-value',
  'block-form',
]);

/** Tells of signs that a copy has brought, which nobody sees, where nginx refuses a line because of them. */
export function withCopiedSigns(report: TextReport, { file, start }: Item): TextReport {
  if (!refused.has(report.rule)) return report;
  const { text } = file.document;
  const lineEnd = text.indexOf('\n', start);
  const [line = ''] = text.slice(start, lineEnd < 0 ? text.length : lineEnd).split(comment, 1);
  if (!any.test(line)) return report;
  const found = signs.filter(([sign]) => line.search(sign) >= 0);
  const [first] = found;
  if (!first) return report;
  const edits = found.flatMap(([sign, newText]) =>
    [...line.matchAll(sign)].map(({ index, 0: { length } }) => ({
      file: file.document.file,
      range: { start: start + index, end: start + index + length },
      newText,
    })),
  );
  const fix: Fix = { title: 'Write plain spaces and quotes', safe: false, edits };
  return { ...report, message: `${report.message} The line has ${first[2]}: retype it.`, fixes: [fix] };
}
