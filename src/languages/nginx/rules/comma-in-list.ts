import type { FileEdit } from '../../../text/edit.ts';
import type { TextReport } from '../../language.ts';
import type { Word } from '../parse/tree.ts';
import type { Item } from '../scope.ts';
import { locate } from '../scope.ts';
import type { DirectiveRule } from './rule.ts';

/** `try_files $uri, $uri/ =404`: nginx separates words by spaces alone, and takes the comma for a part of the word. */
export const commaInList: DirectiveRule = {
  id: 'comma-in-list',
  title: 'Comma where words are separated by spaces',
  severity: 'warning',
  effect: 'advice',
  concerns: ({ fact }) => fact !== undefined && outcomeOf(fact.name) !== undefined,
  isPleased: ({ item }) => !item.args.some(({ value }) => value.includes(',')),
  check({ item }) {
    const isTypes = areTypes(item.name);
    const words = item.args.filter((word, index) => isFlawed(word, index, item));
    const [first] = words;
    const outcome = outcomeOf(item.name);
    if (!first || outcome === undefined) return undefined;
    return {
      rule: 'comma-in-list',
      message: `nginx separates words by spaces and reads the comma as ${first.value === ',' ? 'a word' : `part of "${first.value}"`}, ${outcome}. Write spaces alone.`,
      location: locate(item, first),
      ...(isTypes ? { severity: 'information' } : {}),
      fixes: [
        {
          title: words.length > 1 ? 'Remove the commas' : 'Remove the comma',
          safe: isTypes,
          edits: words.map((word) => withoutCommas(item, word)),
        },
      ],
    } as TextReport;
  },
};

function areTypes(name: string): boolean {
  return name.endsWith('_types');
}

/** What comes of it; undefined for directives that refuse the comma, or take it for one. */
function outcomeOf(name: string): string | undefined {
  if (name === 'try_files') return 'which does not exist, so the request goes on to the next word';
  if (name === 'index') return 'a file that does not exist';
  if (name === 'valid_referers') return 'which is no host that a request comes from';
  if (name.endsWith('_no_cache')) return 'which is never empty: no response is stored';
  if (name.endsWith('_cache_bypass')) return 'which is never empty: no response comes from the cache';
  return areTypes(name) ? 'a type that no response has' : undefined;
}

/** Paths may have commas in them, and the last word of a list no comma behind it that parts it from another. */
function isFlawed({ value, quote, templated }: Word, index: number, { name, args }: Item): boolean {
  if (templated) return false;
  if (areTypes(name)) return value.includes(',');
  return quote === '' && value.endsWith(',') && index < args.length - 1;
}

/** A comma that stands alone takes the blanks before it along. */
function withoutCommas(item: Item, word: Word): FileEdit {
  const { file, range } = locate(item, word);
  const newText = word.value
    .split(areTypes(item.name) ? /[,\s]+/ : /,+$/)
    .filter((part) => part !== '')
    .join(' ');
  if (newText !== '') return { file, range, newText };
  const { text } = item.file.document;
  let { start } = range;
  while (/\s/.test(text[start - 1] ?? '')) start--;
  return { file, range: { start, end: range.end }, newText };
}
