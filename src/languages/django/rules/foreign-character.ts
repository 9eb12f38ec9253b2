import type { FileEdit } from '../../../text/edit.ts';
import type { Range } from '../../../text/range.ts';
import type { DjangoFile } from '../parse/tree.ts';
import type { DjangoRule } from './rule.ts';

/** What slides, web pages and word processors make of characters, and what they were; by their number, as nobody sees some of them. */
const meant: ReadonlyMap<string, string> = new Map(
  [
    ...[0x2018, 0x2019, 0x201a, 0x201b].map((code) => [code, "'"] as const),
    ...[0x201c, 0x201d, 0x201e, 0x201f, 0xab, 0xbb].map((code) => [code, '"'] as const),
    ...[0xa0, 0x2007, 0x202f, 0x3000].map((code) => [code, ' '] as const),
    ...[0x200b, 0x200c, 0x200d, 0x2060].map((code) => [code, ''] as const),
    ...[0x2013, 0x2014, 0x2212].map((code) => [code, '-'] as const),
    ...[...'（），：＝'].map((letter, index) => [letter.codePointAt(0) ?? 0, '(),:='[index] ?? ''] as const),
  ].map(([code, instead]) => [String.fromCodePoint(code), instead]),
);
const foreign = [...meant.keys()].join('');
const quotes = [...meant].flatMap(([character, instead]) => (/['"]/.test(instead) ? [character] : [])).join('');
/** What begins a text, and what ends it then, also in languages that write it the other way around; any other is one quote. */
const pairs = [
  ['\u2018\u201b', '\u2019'],
  ['\u2019', '\u2019'],
  ['\u201a', '\u2018\u2019'],
  ['\u201c\u201f', '\u201d'],
  ['\u201d', '\u201d'],
  ['\u201e', '\u201c\u201d'],
  ['\u00ab', '\u00bb'],
  ['\u00bb', '\u00ab'],
] as const;
const isThere = new RegExp(`[${foreign}]`);
/** Comments and texts may hold any character; a text between quotes of another kind is meant as one, too. */
const tokens = new RegExp(
  [
    '#[^\\n]*',
    '\'\'\'[^]*?\'\'\'|"""[^]*?"""',
    '\'(?:\\\\[^]|[^\'\\\\\\n])*\'|"(?:\\\\[^]|[^"\\\\\\n])*"',
    `(?<text>(?:${pairs.map(([opening, closing]) => `[${opening}][^${quotes}\\n]*[${closing}]`).join('|')}))`,
    `(?<one>[${foreign}])`,
  ].join('|'),
  'g',
);

/** Settings that were copied from where text is made to look nice: Python reads none of the file. */
export const foreignCharacter: DjangoRule = {
  id: 'foreign-character',
  title: 'A typographic character in place of a plain one',
  severity: 'error',
  effect: 'start',
  *check({ project }) {
    for (const file of project.files.values()) {
      const { edits, isSure } = editsIn(file);
      const [first, ...others] = edits;
      if (first === undefined) continue;
      const { text } = file.document;
      const found = [...new Set(edits.map(({ range }) => text.slice(range.start, range.end)))].map(shown).join(', ');
      yield {
        message: `Python does not accept ${found} outside of strings (SyntaxError), so nothing starts with this file. Use plain ASCII characters.`,
        location: { file: first.file, range: first.range },
        related: others
          .slice(0, mostRelated)
          .map(({ range }) => ({ location: { file: first.file, range }, message: 'And here' })),
        fixes: [{ title: 'Write straight quotes, plain spaces and the like', safe: isSure, edits }],
      };
    }
  },
};

const mostRelated = 20;

/** Where one end of a text alone was changed, nobody knows for sure where it ends. */
function editsIn({ document: { file, text } }: DjangoFile): {
  readonly edits: readonly FileEdit[];
  readonly isSure: boolean;
} {
  const edits: FileEdit[] = [];
  let isSure = true;
  if (!isThere.test(text)) return { edits, isSure };
  const replace = (range: Range, newText: string) => edits.push({ file, range, newText });
  for (const { index, groups = {}, 0: token } of text.matchAll(tokens)) {
    const end = index + token.length;
    const { text: quoted, one } = groups;
    if (one !== undefined) {
      replace({ start: index, end }, meant.get(one) ?? '');
      isSure &&= !quotes.includes(one);
    }
    if (quoted === undefined) continue;
    // Both ends become the same quote, which is none of those within.
    const [usual = "'", other = '"'] = meant.get(quoted[0] ?? '') === '"' ? ['"', "'"] : ["'", '"'];
    const quote = quoted.includes(usual) ? other : usual;
    replace({ start: index, end: index + 1 }, quote);
    replace({ start: end - 1, end }, quote);
  }
  return { edits, isSure };
}

/** One that can be seen as it is, and each by its number, as Python's own message has it. */
function shown(character: string): string {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return /[\s\p{Cf}]/u.test(character) ? code : `${character} (${code})`;
}
