import { entryOf } from '../../../text/entry-of.ts';
import type { Context } from '../facts/directives.ts';
import { factsOf, innerContext, isAllowedIn, isDirectiveName, takes } from '../facts/directives.ts';
import type { Directive, Word } from './tree.ts';

/**
 * What a wrong number of braces is taken for.
 * - `closed-too-late`: a `}` is missing where indentation or context tells that a block was meant to end
 * - `extra-brace`: a brace too many stands where indentation does not expect it
 * - `semicolon-for-brace`: a block's `{` was written as `;`
 * - `half-written`: a block has neither `{` nor `}`, since somebody has only begun to write it
 */
export type Assumption = 'closed-too-late' | 'extra-brace' | 'semicolon-for-brace' | 'half-written';

/** Directives with any number of arguments whose own check refuses the name of another directive among them. */
const refuseStrangers = new Set([
  'listen',
  'server',
  'resolver',
  'access_log',
  'error_page',
  'limit_req',
  'limit_conn',
  'ssl_session_cache',
  'proxy_cache_path',
  'fastcgi_cache_path',
  'uwsgi_cache_path',
  'scgi_cache_path',
  'open_file_cache',
  'proxy_cache_valid',
  'fastcgi_cache_valid',
  'worker_processes',
  'user',
]);

/** True where every directive of that name opens a block. */
export function isBlockOnly(statement: readonly Word[]): boolean {
  const [name, ...args] = statement;
  if (name?.quote !== '') return false;
  const facts = factsOf(name.value);
  // An upstream's `server` is told from the block of that name by its arguments.
  const blocks = facts.filter(({ block }) => block);
  if (blocks.length === 0) return false;
  if (blocks.length === facts.length) return true;
  return args.length === 0 && blocks.some(({ signature }) => takes(signature, 0));
}

/** True where a block that takes no words is followed by the name of another one, as in `http server {`. */
export function lacksBrace({ value: name }: Word, { value: first, quote }: Word): boolean {
  if (quote !== '' || !isDirectiveName(first)) return false;
  const blocks = factsOf(name).filter(({ block }) => block);
  return blocks.length > 0 && !blocks.some(({ signature }) => takes(signature, 1));
}

/**
 * True where nginx accepts a statement although the word at `index` is the name of a directive that begins a line:
 * `server_name example.com` with its `;` forgotten takes the next line for more names.
 */
export function mayBeSwallowed(statement: readonly Word[], index: number, ending: Directive['ending']): boolean {
  const name = statement[0] as Word;
  const facts = factsOf(name.value);
  if (facts.length === 0 || refuseStrangers.has(name.value)) return false;
  const count = statement.length - 1;
  return facts.some((fact) => {
    if (fact.block !== (ending === '{')) return false;
    if (!takes(fact.signature, count)) return false;
    if (fact.value === 'bitmask' || fact.value === 'enum') return fact.words.includes((statement[index] as Word).value);
    return true;
  });
}

/**
 * Index of the word, from the one at `index` on, that begins a line and reads like a directive; 0 where none does. A line of
 * parameters that the statement knows goes on with it, as with `listen 443` and `ssl` below it.
 * @param start where the statement stands in `text`
 */
export function nextDirective(
  statement: readonly Word[],
  index: number,
  text: string,
  start: number,
  ending: Directive['ending'],
): number {
  const beginsLine = (at: number): boolean => {
    const [before, word] = [statement[at - 1] as Word, statement[at] as Word];
    return text.slice(start + before.to, start + word.from).includes('\n');
  };
  const all = factsOf((statement[0] as Word).value);
  // Where every word has a line to itself, lines tell nothing: what nginx would take counts alone.
  const isColumn = all.length > 0 && statement.every((_, at) => at === 0 || beginsLine(at));
  const goesOnBelow = (at: number): boolean =>
    mayBeSwallowed(statement, at, ending) || !all.some(({ signature }) => takes(signature, at - 1));
  const facts = all.filter(({ block }) => !block);
  const known = facts.flatMap(({ words }) => words);
  for (let at = index, end = index; at < statement.length; at = end) {
    do end++;
    while (end < statement.length && !beginsLine(end));
    const { quote, value } = statement[at] as Word;
    if (quote !== '' || !isDirectiveName(value) || (isColumn && goesOnBelow(at))) continue;
    const goesOn =
      facts.some(({ signature }) => takes(signature, end - 1)) &&
      statement.slice(at, end).every((word) => known.includes(word.value.replace(/=.*/s, '=')));
    if (!goesOn) return at;
  }
  return 0;
}

/** Blocks that hold no blocks of this kind, by the name of the inner one. */
const outerOf: Readonly<Record<string, readonly string[]>> = {
  http: [],
  events: [],
  stream: [],
  mail: [],
  server: ['http', 'stream', 'mail', 'rtmp'],
  upstream: ['http', 'stream'],
  map: ['http', 'stream'],
  geo: ['http', 'stream'],
};

/** True where an inner block cannot stand in an outer one, so that the outer one must have ended before it. */
export function endsBefore(outer: string, inner: string, depth: number): boolean {
  const allowed = entryOf(outerOf, inner);
  if (!allowed || allowed.includes(outer)) return false;
  return allowed.length > 0 ? depth > 1 || outer === 'server' || outer === 'location' : true;
}

/** How many directives stand where nginx would refuse them: a measure of how well a reading makes sense. */
export function misplaced(
  directives: readonly Directive[],
  context: Context | undefined,
  around: readonly Word[] = [],
): number {
  let count = 0;
  for (const { nameWord: name, args, block } of directives) {
    const facts = factsOf(name.value);
    const fits = facts.some((fact) => fact.block === (block !== undefined) && (!context || isAllowedIn(fact, context)));
    if (!fits || (context === 'location' && name.value === 'location' && isOutside(args, around))) count++;
    if (block?.content === 'directives') count += misplaced(block.directives, innerContext(context, name.value), args);
  }
  return count;
}

/** A location inside of another one whose path does not begin as that one’s. */
function isOutside(inner: readonly Word[], outer: readonly Word[]): boolean {
  const path = (args: readonly Word[]) => args.at(-1)?.value ?? '';
  const isRegex = (args: readonly Word[]) => args[0]?.value.startsWith('~') ?? false;
  return isRegex(outer) || (!isRegex(inner) && !path(inner).startsWith(path(outer)));
}

/** True where a closing brace does not stand where its block's indentation expects it. */
export function seemsExtra(
  text: string,
  { indent, opened }: { readonly indent: number; readonly opened: number },
  at: number,
  closing: number,
): boolean {
  if (!text.slice(opened, at).includes('\n')) return false;
  return closing < 0 || (indent >= 0 && closing > indent);
}
