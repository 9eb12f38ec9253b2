import type { Version } from '../../../text/version.ts';
import { directiveRows } from '../data/directives.ts';
import { commercialRows, removedRows } from '../data/former.ts';
import { packages, thirdPartyRows } from '../data/third-party.ts';
import { compare } from './versions.ts';

/** Kinds of blocks that nginx tells apart when it looks whether a directive is allowed. */
export type Context =
  | 'main'
  | 'events'
  | 'http'
  | 'server'
  | 'location'
  | 'if-server'
  | 'if-location'
  | 'limit_except'
  | 'upstream'
  | 'mail'
  | 'mail-server'
  | 'stream'
  | 'stream-server'
  | 'stream-upstream'
  | 'acme_issuer'
  | 'rtmp'
  | 'rtmp-server'
  | 'rtmp-application'
  | 'rtmp-recorder';

/** What a block holds: directives, data in a form of its own (`map`, `types`), or Lua. */
export type BlockContent = 'directives' | 'entries' | 'lua';

/** One directive as one module defines it; a name may have several (`server` of http, upstream, mail, stream). */
export interface DirectiveFact {
  readonly name: string;
  /** `http_ssl` for `ngx_http_ssl_module`; the package for third-party ones. */
  readonly module: string;
  /** `open`: in the nginx sources; `removed`: no longer there; `commercial`: NGINX Plus. */
  readonly source: 'open' | 'third-party' | 'commercial' | 'removed';
  /** Empty where nobody knows. */
  readonly contexts: readonly (Context | 'any')[];
  readonly signature: Signature;
  readonly block: boolean;
  readonly content: BlockContent;
  /** Kind of value (`flag`, `size`, `number`, `time-ms`, `enum`, `bitmask`, `custom`, …). */
  readonly value: string;
  /** Words that an `enum` or `bitmask` allows, or that a custom setter compares with (`prefix=` ones too). */
  readonly words: readonly string[];
  /** Releases that have it, first and last; an empty string is "from the beginning" or "still". */
  readonly present: readonly (readonly [Version, Version])[];
  readonly documentation: string;
  readonly byDefault: string;
  readonly syntax: readonly string[];
  readonly obsoleteSince: Version | undefined;
  readonly successor: string | undefined;
  readonly history: readonly Signature[];
}

/** Numbers of arguments that are allowed, and where. */
export interface Signature {
  readonly since: Version;
  readonly counts: readonly number[] | undefined;
  readonly min: number;
  readonly max: number;
  readonly contexts: readonly (Context | 'any')[];
}

let rowsByName: Map<string, string[]> | undefined;
const factsByName = new Map<string, readonly DirectiveFact[]>();

/** All directives of that name, of nginx itself first; empty where no table has it. */
export function factsOf(name: string): readonly DirectiveFact[] {
  const cached = factsByName.get(name);
  if (cached) return cached;
  rowsByName ??= indexRows();
  const rows = rowsByName.get(name);
  if (!rows) return [];
  const facts = rows.map(readRow);
  factsByName.set(name, facts);
  return facts;
}

let names: readonly string[] | undefined;

/** Every directive name of every table. */
export function directiveNames(): readonly string[] {
  rowsByName ??= indexRows();
  names ??= [...rowsByName.keys()];
  return names;
}

export function isDirectiveName(name: string): boolean {
  rowsByName ??= indexRows();
  return rowsByName.has(name);
}

let spellings: Record<string, string> | undefined;

/**
 * The one string of a directive's name that the engine keeps as a symbol, so that comparing names is comparing pointers;
 * other words come back as they are.
 */
export function internName(name: string): string {
  if (!spellings) {
    spellings = Object.create(null) as Record<string, string>;
    for (const known of directiveNames()) spellings[known] = known;
    for (const symbol of Object.keys(spellings)) spellings[symbol] = symbol;
  }
  return spellings[name] ?? name;
}

/** What the block of a directive holds, whatever its context. */
export function contentOf(name: string): BlockContent {
  if (name.endsWith('_by_lua_block')) return 'lua';
  for (const fact of factsOf(name)) if (fact.block) return fact.content;
  return 'directives';
}

export function isAllowedIn(fact: DirectiveFact, context: Context): boolean {
  return fact.contexts.length === 0 || fact.contexts.includes('any') || fact.contexts.includes(context);
}

/** The part of a configuration that a kind of block belongs to: `http`, `mail`, `stream`, `rtmp`; `main` and `events` to none. */
export function partOf(context: Context | 'any'): string | undefined {
  if (context === 'main' || context === 'events' || context === 'any') return undefined;
  return /^(?:mail|stream|rtmp)/.exec(context)?.[0] ?? 'http';
}

/** The context inside a block, or undefined where nothing is known of what it holds. */
export function innerContext(outer: Context | undefined, name: string): Context | undefined {
  switch (name) {
    case 'events':
    case 'http':
    case 'mail':
    case 'stream':
    case 'rtmp':
    case 'acme_issuer':
    case 'limit_except':
    case 'location':
      return name;
    case 'upstream':
      return outer === 'stream' ? 'stream-upstream' : 'upstream';
    case 'server':
      if (outer === 'stream' || outer === 'mail' || outer === 'rtmp') return `${outer}-server`;
      return 'server';
    case 'if':
      return outer === 'server' ? 'if-server' : 'if-location';
    case 'application':
      return 'rtmp-application';
    case 'recorder':
      return 'rtmp-recorder';
    default:
      return undefined;
  }
}

/** True where a release has the directive. */
export function isPresent(fact: DirectiveFact, version: Version): boolean {
  return fact.present.some(
    ([first, last]) => (first === '' || compare(version, first) >= 0) && (last === '' || compare(version, last) <= 0),
  );
}

/** How many arguments a release takes, and where. */
export function signatureAt(fact: DirectiveFact, version: Version): Signature {
  let found: Signature | undefined;
  for (const signature of fact.history) {
    if (signature.since === '' || compare(version, signature.since) >= 0) found = signature;
  }
  return found ?? fact.signature;
}

export function takes(signature: Signature, count: number): boolean {
  return signature.counts ? signature.counts.includes(count) : signature.min <= count && count <= signature.max;
}

/** `https://nginx.org/…` page of a directive, or its package's page. */
export function documentationUrl(fact: DirectiveFact): string {
  if (fact.documentation === '' || fact.documentation.startsWith('http')) {
    if (/^https?:/.test(fact.documentation)) return fact.documentation;
    if (fact.documentation === '') return packages.find(({ name }) => name === fact.module)?.link ?? '';
  }
  const [page, anchor] = fact.documentation.split('#');
  return `https://nginx.org/en/docs/${page}.html#${anchor ?? fact.name}`;
}

function indexRows(): Map<string, string[]> {
  const index = new Map<string, string[]>();
  const add = (table: string, text: string) => {
    for (const row of text.trim().split('\n')) {
      const name = row.slice(0, row.indexOf('\t'));
      const rows = index.get(name);
      if (rows) rows.push(table + row);
      else index.set(name, [table + row]);
    }
  };
  add('o', directiveRows);
  add('t', thirdPartyRows);
  add('c', commercialRows);
  add('r', removedRows);
  return index;
}

function readRow(row: string): DirectiveFact {
  const columns = row.slice(1).split('\t');
  const column = (index: number) => columns[index] ?? '';
  switch (row[0]) {
    case 'o':
      return fact({
        source: 'open',
        columns,
        value: column(4),
        present: column(5),
        documentation: column(6),
        byDefault: column(7),
        syntax: column(8),
        notes: column(9),
      });
    case 't': {
      const name = packages[Number(column(1))]?.name ?? '';
      return fact({
        source: 'third-party',
        columns,
        module: name,
        value: column(4) || 'custom',
        documentation: column(5),
        byDefault: column(6),
      });
    }
    case 'c':
      return fact({
        source: 'commercial',
        columns,
        value: column(3).endsWith('{') ? 'block' : 'custom',
        documentation: column(4),
        byDefault: column(5),
        syntax: column(6),
      });
    default:
      return fact({
        source: 'removed',
        columns,
        value: 'custom',
        present: column(4),
        successor: column(6),
      });
  }
}

interface Row {
  readonly source: DirectiveFact['source'];
  readonly columns: readonly string[];
  readonly module?: string;
  readonly value: string;
  readonly present?: string;
  readonly documentation?: string;
  readonly byDefault?: string;
  readonly syntax?: string;
  readonly notes?: string;
  readonly successor?: string;
}

function fact(row: Row): DirectiveFact {
  const [name = '', module = '', contexts = '', args = ''] = row.columns;
  const [value = '', ...words] = row.value.split(' ');
  const notes = new Map((row.notes ?? '').split(' ').map((note) => note.split('=', 2) as [string, string]));
  return {
    name,
    module: row.module ?? module,
    source: row.source,
    contexts: readContexts(contexts),
    signature: readSignature('', args, contexts),
    block: args.endsWith('{'),
    content: value === 'entries' || value === 'lua' ? value : 'directives',
    value: args.startsWith('flag') ? 'flag' : value,
    words,
    present: (row.present ?? '-').split(',').map((interval) => interval.split('-') as [Version, Version]),
    documentation: row.documentation ?? '',
    byDefault: row.byDefault ?? '',
    syntax: row.syntax ? row.syntax.split(' || ') : [],
    obsoleteSince: notes.get('obsolete'),
    successor: row.successor || notes.get('use'),
    history: (notes.get('was') ?? '').split('/').flatMap((entry) => {
      const [since = '', counts, places] = entry.split(':');
      return counts === undefined ? [] : [readSignature(since, counts, places ?? '')];
    }),
  };
}

function readContexts(text: string): readonly (Context | 'any')[] {
  return text === '' ? [] : (text.split(',') as (Context | 'any')[]);
}

function readSignature(since: Version, args: string, contexts: string): Signature {
  const text = args.replace('{', '');
  const base = { since, contexts: readContexts(contexts) };
  if (text === '') return { ...base, counts: undefined, min: 0, max: Number.POSITIVE_INFINITY };
  if (text === 'flag') return { ...base, counts: undefined, min: 1, max: 1 };
  if (text.includes(',')) {
    const counts = text.split(',').map(Number);
    return { ...base, counts, min: Math.min(...counts), max: Math.max(...counts) };
  }
  const [min = '0', max] = text.split('-');
  return {
    ...base,
    counts: undefined,
    min: Number(min),
    max: max === undefined ? Number(min) : max === '' ? Number.POSITIVE_INFINITY : Number(max),
  };
}
