import type { Located, Location, Range } from '../../text/range.ts';
import type { BlockContent, Context } from './facts/directives.ts';
import type { NginxFile } from './parse/file.ts';
import type { Directive, Word } from './parse/tree.ts';
import { rangeOf } from './parse/tree.ts';

/** A directive where nginx meets it: includes are read in their place. */
export interface Item extends Directive {
  readonly file: NginxFile;
  /** Its name, or the one that a misspelt block surely means. */
  readonly name: string;
  readonly outer: Scope;
  readonly inner: Scope | undefined;
  /** The one that comes behind it in its block. */
  readonly next: Item | undefined;
  /** Its place among all directives, in the order in which nginx reads them. */
  readonly order: number;
}

/** A block with everything that stands in it, included files too. */
export interface Scope {
  /** Undefined: a block that nobody knows, or a snippet of which nothing says where it belongs. */
  readonly context: Context | undefined;
  readonly content: BlockContent | 'unknown';
  readonly owner: Item | undefined;
  /** The directives that stand in it are this one and what comes behind it, or all in a list that is made when asked for. */
  readonly first: Item | undefined;
  readonly items: readonly Item[];
  /** The marks of their names: where one is absent, no directive has the name (`markOf`). */
  readonly marks: number;
  /** True where an include could not be followed or a template brings something in, so that absence proves nothing. */
  readonly open: boolean;
  /** A place each for what `locationsOf` and `listensOf` have read from it; nobody else looks there. */
  locations: unknown;
  listens: unknown;
  /** Items of one name, in order. */
  find(name: string): readonly Item[];
  /** The first of them. */
  findFirst(name: string): Item | undefined;
  /** The last of them, which is the one that counts where nginx takes several; usually there is one. */
  findLast(name: string): Item | undefined;
}

/** Every scope of the configuration, outer ones first. */
export function allScopes(scope: Scope): readonly Scope[] {
  const found: Scope[] = [];
  collectScopes(scope, found);
  return found;
}

/** True where a block is another one, or stands in it. */
export function isWithin(scope: Scope, outer: Scope): boolean {
  for (let at: Scope | undefined = scope; at; at = at.owner?.outer) if (at === outer) return true;
  return false;
}

/** The `server` block that a block is or stands in. */
export function enclosingServer(scope: Scope): Scope | undefined {
  for (let at: Scope | undefined = scope; at; at = at.owner?.outer) if (at.owner?.name === 'server') return at;
  return undefined;
}

export function outermost(scope: Scope): Scope {
  let root = scope;
  while (root.owner) root = root.owner.outer;
  return root;
}

function collectScopes(scope: Scope, found: Scope[]): void {
  found.push(scope);
  for (let item = scope.first; item; item = item.next) if (item.inner) collectScopes(item.inner, found);
}

/** The last directive of a name, which is the one that counts where nginx takes several; usually there is one. */
export function findLast(scope: Scope, name: string): Item | undefined {
  return scope.findLast(name);
}

/** The place of a directive, of one of its words, or of a range of its file. */
export function locate(item: Item, place: Range | Word = item): Location {
  const range = 'from' in place ? rangeOf(item, place) : { start: place.start, end: place.end };
  return { file: item.file.document.file, range };
}

/** A word whose place is made when somebody asks: a large configuration has thousands, and findings show few of them. */
class LocatedWord implements Located<string> {
  readonly value: string;
  readonly #item: Item;
  readonly #word: Word;

  constructor(value: string, item: Item, word: Word) {
    this.value = value;
    this.#item = item;
    this.#word = word;
  }

  get location(): Location {
    return locate(this.#item, this.#word);
  }
}

/** A word of a directive with its place; `value` where it means something else than it reads. */
export function locateWord(item: Item, word: Word, value = word.value): Located<string> {
  return new LocatedWord(value, item, word);
}

/** The head of a directive: its name and arguments without the block behind. */
export function headRange(directive: Directive): Range {
  const last = directive.args.at(-1) ?? directive.nameWord;
  return { start: directive.start, end: directive.start + last.to };
}

/** Whose servers a block is for; a snippet is taken for one of HTTP. */
export function applicationOf(scope: Scope): 'http' | 'stream' | 'mail' {
  for (let at: Scope | undefined = scope; at; at = at.owner?.outer) {
    if (at.context === 'http' || at.context === 'stream' || at.context === 'mail') return at.context;
  }
  return 'http';
}
