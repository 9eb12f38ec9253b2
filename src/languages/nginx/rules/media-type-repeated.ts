import type { FileEdit } from '../../../text/edit.ts';
import type { TextReport } from '../../language.ts';
import type { Word } from '../parse/tree.ts';
import type { Item } from '../scope.ts';
import { locate } from '../scope.ts';
import type { DirectiveRule } from './rule.ts';

/** Types that are in each list from the start (ngx_http_types_slot), by the name of its directive. */
const given: Readonly<Record<string, string>> = {
  gzip_types: 'text/html',
  ssi_types: 'text/html',
  sub_filter_types: 'text/html',
  addition_types: 'text/html',
  charset_types: 'text/html',
  xslt_types: 'text/xml',
};

/** `gzip_types text/html`: nginx warns at every start of a type that the list has already. */
export const mediaTypeRepeated: DirectiveRule = {
  id: 'media-type-repeated',
  title: 'Media type that the list has already',
  severity: 'hint',
  effect: 'advice',
  concerns: ({ fact }) => fact !== undefined && Object.hasOwn(given, fact.name),
  isPleased: ({ item }) => repeatedIn(item).length === 0,
  check({ item }) {
    const words = repeatedIn(item);
    const [first] = words;
    if (!first) return undefined;
    const isGiven = first.value.toLowerCase() === given[item.name];
    return {
      rule: 'media-type-repeated',
      message: `nginx warns of "${first.value}" at every start: ${isGiven ? `"${item.name}" has it always` : 'it stands here already'}. ${words.length === item.args.length ? `Remove the directive, unless another "${item.name}" around it shall not hold here.` : 'Leave it out.'}`,
      location: locate(item, first),
      fixes:
        words.length === item.args.length
          ? []
          : [{ title: 'Leave out what is repeated', safe: true, edits: words.map((word) => without(item, word)) }],
    } as TextReport;
  },
};

/** nginx compares them in small letters, and looks at none where "*" stands for all. */
function repeatedIn({ name, args }: Item): readonly Word[] {
  if (args.some(({ value, templated }) => templated || value === '*')) return [];
  const seen = new Set([given[name]]);
  return args.filter(({ value }) => {
    const type = value.toLowerCase();
    const isRepeated = seen.has(type);
    seen.add(type);
    return isRepeated;
  });
}

/** The word and the blanks before it, but for the end of a comment, which would go on with what follows. */
function without(item: Item, word: Word): FileEdit {
  const { file, range } = locate(item, word);
  const { text } = item.file.document;
  const before = item.args[item.args.indexOf(word) - 1];
  const mayFollowComment = !before || /\S/.test(text.slice(locate(item, before).range.end, range.start));
  const blank = mayFollowComment ? /[ \t]/ : /\s/;
  let { start } = range;
  while (blank.test(text[start - 1] ?? '')) start--;
  return { file, range: { start, end: range.end }, newText: '' };
}
