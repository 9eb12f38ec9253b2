import { createMemo } from '../../../memory/memo.ts';
import { suggest } from '../../../text/suggest.ts';
import { factsOf } from '../facts/directives.ts';
import { wordOfName } from '../parse/names.ts';
import { rangeOf } from '../parse/tree.ts';
import type { Item, Scope } from '../scope.ts';
import { locate } from '../scope.ts';
import type { DirectiveRule } from './rule.ts';

/** Directives that set a header to the word behind its name. */
const headers: ReadonlySet<string> = new Set(['add_header', 'add_trailer', 'proxy_set_header', 'grpc_set_header']);

/** Header values that nginx reads as several words or even directives, since nothing holds them together. */
export const unquotedValue: DirectiveRule = {
  id: 'unquoted-value',
  title: 'Header value that needs quotes',
  severity: 'error',
  effect: 'start',
  concerns: ({ fact }) => fact !== undefined && headers.has(fact.name),
  check({ item, scope }) {
    const { args } = item;
    const fits = args.length < 3 || (args.length === 3 && args[2]?.value === 'always');
    if (args.length === 3 && !fits && isMeantAsAlways(item, args[2]?.value)) return undefined;
    if (fits && !mayGoOn(item)) return undefined;
    const rest = brokenIn(scope).heads.get(item) ?? [];
    if (rest.length === 0 && isEnded(item)) return undefined;
    return fits && rest.length === 0 ? undefined : report(item, rest);
  },
};

/** True where `always` ends the value and more words follow: what is missing is a semicolon. */
function isEnded({ name, args }: Item): boolean {
  return name.startsWith('add_') && args.slice(2, -1).some(({ value }) => value === 'always');
}

/** `ALWAYS`, which is told as a parameter that nginx does not know. */
function isMeantAsAlways({ name }: Item, word: string | undefined): boolean {
  return name.startsWith('add_') && word !== undefined && suggest(word, ['always']) !== undefined;
}

function report(item: Item, rest: readonly Item[]) {
  const words = [item, ...rest]
    .flatMap((item) => [item.nameWord, ...item.args].map((word) => ({ ...word, ...rangeOf(item, word) })))
    .slice(1);
  const [name, first] = words;
  if (!name || !first) return undefined;
  // A template may be a quoted value or directives of its own, but a semicolon behind its tags stands where it stands.
  const isFilledIn = item.args.some(({ templated }) => templated);
  if (isFilledIn && rest.length === 0) return undefined;
  if (words.slice(item.args.length).some(({ templated }) => templated)) return undefined;
  const end = words.at(-1);
  const always = end !== undefined && isMeantAsAlways(item, end.value) ? end : undefined;
  const last = words.at(always ? -2 : -1);
  const value = item.file.document.text.slice(first.start, last?.end ?? first.end);
  if (always && last === first && rest.length > 0) {
    const between = { start: first.end, end: always.end };
    return {
      rule: 'unquoted-value',
      message: `A semicolon ends ${item.name} before "always". Remove it.`,
      location: locate(item, between),
      fixes: [
        {
          title: 'Remove the semicolon',
          safe: always.value === 'always',
          edits: [{ ...locate(item, between), newText: ' always' }],
        },
      ],
    };
  }
  // Words on several lines have lost a semicolon, not their quotes.
  if (!last || last === first || (rest.length === 0 && value.includes('\n'))) return undefined;
  const location = locate(item, { start: first.start, end: last.end });
  const second = words[2];
  if (first.value === '=' && first.quote === '' && second) {
    const sign = locate(item, { start: first.start, end: second.start });
    return {
      rule: 'unquoted-value',
      message: `No equals sign stands between ${name.value} and its value. Remove it.`,
      location: locate(item, first),
      fixes: [{ title: 'Remove the equals sign', safe: true, edits: [{ ...sign, newText: '' }] }],
    };
  }
  const what =
    rest.length === 0
      ? 'contains a space, where nginx ends the word'
      : 'contains a semicolon, where nginx ends the directive';
  // The quotes of its first words end too early.
  const isCut = first.quote !== '';
  const text = isCut ? first.value + value.slice(first.end - first.start) : value;
  // One of the quotes may be there already.
  const inner = /^[^"]+"$/.test(text) ? text.slice(0, -1) : text;
  const mark = inner.includes('"') ? "'" : '"';
  const isMisspelt = always !== undefined && always.value !== 'always';
  // What else follows in the line may be a directive of a module that nobody knows here.
  const isSure = rest.every(({ start }) => isLikeValue(item.file.document.text, start));
  const edits = [
    { ...location, newText: mark + inner + mark },
    ...(isMisspelt ? [{ ...locate(item, { start: always.start, end: always.end }), newText: 'always' }] : []),
  ];
  return {
    rule: 'unquoted-value',
    message: `The value of ${name.value} ${what}: put quotes around ${isCut ? 'all of ' : ''}it.`,
    location,
    fixes:
      inner.includes(mark) || (isCut ? /[\\\r\n]/ : /\n/).test(inner)
        ? []
        : [{ title: 'Put quotes around the value', safe: isSure && !isCut && !isMisspelt && !isFilledIn, edits }],
  };
}

/** True where a directive is the rest of a header's value that lacks its quotes. */
export function isRestOfHeader(item: Item, scope: Scope): boolean {
  return brokenIn(scope).rests.has(item);
}

/** What only values of headers look like; no directive is called so. Seven signs are git's, between two versions. */
const likeValue =
  /(?!={7})(?:\w*[-=]|(?:includeSubDomains|preload|secure|HttpOnly|sandbox|immutable|public|private)\b)/iy;

function isLikeValue(text: string, at: number): boolean {
  likeValue.lastIndex = at;
  return likeValue.test(text);
}

/** False for nearly every header: what follows starts a line of its own and is no value. Asked for each of them. */
function mayGoOn({ file, end, next }: Item): boolean {
  const { text } = file.document;
  if (text.charCodeAt(end) === 0x0a && next?.file === file && isDirective(next)) return false;
  let at = end;
  let newLine = false;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x0a) newLine = true;
    else if (code !== 0x20 && code !== 0x09 && code !== 0x0d) break;
  }
  return newLine ? isLikeValue(text, at) : at < text.length && text[at] !== '#' && text[at] !== '}';
}

/** True for a directive's name as it mostly stands; `immutable` is one, and a value too. */
function isDirective({ name, nameWord }: Item): boolean {
  return wordOfName(name) === nameWord && name !== 'immutable';
}

interface Broken {
  /** What nginx reads as further directives, by the header that it belongs to. */
  readonly heads: ReadonlyMap<Item, readonly Item[]>;
  readonly rests: ReadonlySet<Item>;
}

const known = createMemo<Scope, Broken>();

function brokenIn(scope: Scope): Broken {
  let broken = known.get(scope);
  if (!broken) {
    broken = findBroken(scope);
    known.set(scope, broken);
  }
  return broken;
}

function findBroken({ items }: Scope): Broken {
  const heads = new Map<Item, Item[]>();
  const rests = new Set<Item>();
  let head: Item | undefined;
  let previous: Item | undefined;
  for (const item of items) {
    if (head && previous && isRest(item, previous)) {
      const rest = heads.get(head);
      if (rest) rest.push(item);
      else heads.set(head, [item]);
      rests.add(item);
    } else head = headers.has(item.name) ? item : undefined;
    previous = item;
  }
  return { heads, rests };
}

function isRest({ name, args, block, start, file }: Item, previous: Item): boolean {
  // There is a directive "immutable", which takes a switch.
  const isDirective = factsOf(name).length > 0 && (name !== 'immutable' || args.length > 0);
  if (file !== previous.file || block || isDirective) return false;
  const { text } = file.document;
  return isLikeValue(text, start) || !text.slice(previous.end, start).includes('\n');
}
