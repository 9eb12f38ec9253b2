import { remember } from '../../../memory/remember.ts';
import type { Location } from '../../../text/range.ts';
import type { ResponseHeader } from '../../../tls/model/server-model.ts';
import type { Setting } from '../../../tls/model/setting.ts';
import { byDefault, known } from '../../../tls/model/setting.ts';
import type { Target } from '../../../tls/target.ts';
import { isConditional } from '../conditions.ts';
import { everywhereIn, openScopes } from '../everywhere.ts';
import { reaches } from '../facts/versions.ts';
import { marksOf } from '../parse/tree.ts';
import type { Item, Scope } from '../scope.ts';
import { enclosingServer, findLast, locate } from '../scope.ts';
import { whyOpen } from '../unread.ts';
import { isMore, noteMore, withMore } from './more-headers.ts';
import { inherited, setting } from './setting.ts';
import { possibleTexts, type RequestFacts } from './variables.ts';

type Headers = Setting<readonly ResponseHeader[]>;

export function noHeaders(target: Target): Headers {
  return byDefault([], `nginx ${target.nginx}`);
}

/**
 * Response headers of one block. A block with an `add_header` of its own inherits none, unless `add_header_inherit merge`
 * (1.29.3) says so there or around it; `more_set_headers` of the headers-more module always adds up.
 * A value that some variable makes up stays in the list as it is written: that the header is set is known all the same.
 * @param facts what is known of the requests that are answered, for values that hang on it
 */
export function headersIn(scope: Scope, outside: Headers, target: Target, facts: RequestFacts): Headers {
  const inherits = inheritanceIn(scope, target);
  if (!scope.open && inherits !== 'off' && !hasHeaders(scope)) return inherited(outside);
  const own = surelyIn(scope, 'add_header');
  const more = moreIn(scope, outside);
  const program = programOf(scope);
  const last = own.at(-1) ?? more.at(-1) ?? program;
  if (!last) {
    if (inherits === 'off') return byDefault(moreOf(valuesOf(outside)), 'add_header_inherit off');
    if (!scope.open) return inherited(outside);
    return {
      value: partial(outside, whyOpen(scope, 'add headers')),
      origin: outside.origin,
    };
  }
  const keeps = inherits === 'merge' || (own.length === 0 && inherits !== 'off');
  const kept = keeps ? valuesOf(outside) : moreOf(valuesOf(outside));
  const added = addedBy(own);
  const all = withMore(kept.length === 0 ? added : [...kept, ...added], more);
  const named = own.find(({ args }) => args[0]?.templated);
  const open = scope.open ? scope : mayMergeFrom(scope, inherits, target);
  if (!program && !open && !named && all.every(isClear)) return setting(known(all), last, scope);
  const branches = inBranches(all, facts, scope);
  const [first = [], ...others] = branches;
  if (program || open || named) {
    const reason = program
      ? `"${program.name}" may change headers`
      : open
        ? whyOpen(open, 'add headers')
        : 'a template names a header';
    return setting({ kind: 'partial', value: first.filter(inAll(others)), reason }, last, scope);
  }
  return setting(others.length === 0 ? known(first) : { kind: 'one-of', values: branches }, last, scope);
}

/** What `add_header_inherit` says in the nearest block: the rule of inheritance is inherited itself. */
export function inheritanceIn(scope: Scope, { nginx }: Target): string | undefined {
  for (let at: Scope | undefined = scope; at; at = at.owner?.outer) {
    const item = (at.marks & inheritanceMarks) === 0 ? undefined : findLast(at, 'add_header_inherit');
    if (item) return reaches(nginx, '1.29.3') ? item.args[0]?.value.toLowerCase() : undefined;
  }
  return undefined;
}

/** The block around, within the server, in which a file out of sight may say `add_header_inherit merge`. */
function mayMergeFrom(scope: Scope, inherits: string | undefined, { nginx }: Target): Scope | undefined {
  if (inherits !== undefined || !reaches(nginx, '1.29.3')) return undefined;
  const server = enclosingServer(scope);
  for (let at: Scope | undefined = scope; server && at && at !== server; ) {
    at = at.owner?.outer;
    if (at?.open) return at;
  }
  return undefined;
}

const inheritanceMarks = marksOf(['add_header_inherit']);

/** What says something about headers of the headers-more module in a block, in its order. */
function moreIn(scope: Scope, outside: Headers): readonly Item[] {
  const sets = surelyIn(scope, 'more_set_headers');
  const clears = surelyIn(scope, 'more_clear_headers');
  if (clears.length === 0) return sets;
  // Mostly it is about headers of nginx itself.
  const listed = valuesOf(outside);
  if (sets.length === 0 && withMore(listed, clears).length === listed.length) return sets;
  return [...sets, ...clears].sort((a, b) => a.order - b.order);
}

/** Without those that only a branch of a template brings. */
function surelyIn(scope: Scope, name: string): readonly Item[] {
  const items = scope.find(name);
  return scope.open ? items.filter((item) => !isConditional(item)) : items;
}

function addedBy(items: readonly Item[]): readonly ResponseHeader[] {
  const headers = items.map(readAddHeader);
  return headers.every((header) => header !== undefined) ? headers : headers.filter((header) => header !== undefined);
}

/** More branches than a rule is to be asked about stay one list with the variables in it. */
const mostBranches = 8;

/** The headers with the values that they can have: one list, or several where a `map` decides between known values. */
function inBranches(
  headers: readonly ResponseHeader[],
  facts: RequestFacts,
  scope: Scope,
): readonly (readonly ResponseHeader[])[] {
  if (headers.every(isClear)) return [headers];
  const texts = headers.map((header) => {
    if (isClear(header)) return undefined;
    const possible = possibleTexts(header.value, facts, scope);
    return possible && possible.length <= mostBranches
      ? possible.map((text) => new FilledHeader(header, text))
      : undefined;
  });
  const count = Math.max(1, ...texts.map((possible) => possible?.length ?? 0));
  return Array.from({ length: count }, (_, branch) =>
    headers
      .map((header, index) => {
        const possible = texts[index];
        return possible?.[branch % possible.length] ?? header;
      })
      // nginx sends no header whose value comes out empty.
      .filter(({ value }) => value !== ''),
  );
}

function inAll(others: readonly (readonly ResponseHeader[])[]): (header: ResponseHeader) => boolean {
  return (header) => others.every((list) => list.includes(header));
}

/** True where a directive of the block itself changes headers: most say nothing about them. */
function hasHeaders({ first, marks }: Scope): boolean {
  if ((marks & changingMarks) === 0) return false;
  for (let item = first; item; item = item.next) if (changing.has(item.name)) return true;
  return false;
}

/** True for a `server` block none of whose locations sends headers of its own. */
export type SharesHeaders = (server: Scope) => boolean;

/** Finds the servers whose locations send headers of their own, or may do so by an include that cannot be read: most have none. */
export function headersOfLocations(root: Scope): SharesHeaders {
  // Bare directives may stand in any server.
  if (root.context !== 'main' && root.context !== 'http') return () => false;
  // Where a server passes none on, its locations have others.
  if (everywhereIn(root, ['add_header_inherit']).some(isOff)) return () => false;
  const servers = new Set<Scope>();
  const add = (block: Scope) => {
    const server = enclosingServer(block);
    if (server && server !== block) servers.add(server);
  };
  for (const { outer } of everywhereIn(root, changing)) if (outer.owner?.name !== 'server') add(outer);
  for (const block of openScopes(root)) add(block);
  return (server) => !servers.has(server);
}

/** Directives behind which code, or a module that has headers of its own to send, says what becomes of them. */
const programs: readonly string[] = [
  'header_filter_by_lua_block',
  'header_filter_by_lua_file',
  'header_filter_by_lua',
  'js_header_filter',
  'security_headers',
];
const changing: ReadonlySet<string> = new Set([
  'add_header',
  'add_header_inherit',
  'more_set_headers',
  'more_clear_headers',
  ...programs,
]);
const changingMarks = marksOf(changing);
const programMarks = marksOf(programs);

/** The one that holds in a block, its own or an inherited one. */
function programOf(scope: Scope): Item | undefined {
  for (let at: Scope | undefined = scope; at; at = at.owner?.outer) {
    if ((at.marks & programMarks) === 0) continue;
    let first: Item | undefined;
    for (const name of programs) {
      const item = at.findFirst(name);
      if (item && (!first || item.order < first.order)) first = item;
    }
    if (first) return isOff(first) ? undefined : first;
  }
  return undefined;
}

function isOff({ args }: Item): boolean {
  return args[0]?.value.toLowerCase() === 'off';
}

function partial(headers: Headers, reason: string): Headers['value'] {
  return { kind: 'partial', value: valuesOf(headers), reason };
}

/** The headers that are surely set outside. */
function valuesOf({ value }: Headers): readonly ResponseHeader[] {
  if (value.kind === 'unknown') return [];
  if (value.kind !== 'one-of') return value.value;
  const [first = [], ...others] = value.values;
  return first.filter(inAll(others));
}

function isClear({ value }: ResponseHeader): boolean {
  return !value.includes('$');
}

/** Asked of the headers of one block for each of those inside of it. */
const moreOf = remember((headers: readonly ResponseHeader[]) => headers.filter(isMore));

function readAddHeader(item: Item): ResponseHeader | undefined {
  const [name, value, always] = item.args;
  if (!name || !value || name.templated || value.value === '') return undefined;
  const text = value.templated ? `$${value.value}` : value.value;
  return new AddedHeader(item, name.value, text, always?.value === 'always');
}

/** A header whose place is made when somebody asks. */
class AddedHeader implements ResponseHeader {
  readonly name: string;
  readonly value: string;
  readonly always: boolean;
  readonly #item: Item;

  constructor(item: Item, name: string, value: string, always: boolean) {
    this.name = name;
    this.value = value;
    this.always = always;
    this.#item = item;
  }

  get location(): Location {
    return locate(this.#item);
  }
}

/** A header whose value holds variables, with what they stand for. */
class FilledHeader implements ResponseHeader {
  readonly name: string;
  readonly value: string;
  readonly written: string;
  readonly always: boolean;
  readonly #from: ResponseHeader;

  constructor(from: ResponseHeader, value: string) {
    this.name = from.name;
    this.value = value;
    this.written = from.value;
    this.always = from.always;
    this.#from = from;
    if (isMore(from)) noteMore(this);
  }

  get location(): Location {
    return this.#from.location;
  }
}
