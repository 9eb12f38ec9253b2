import { createMemo } from '../../../memory/memo.ts';
import { everywhere, everywhereIn } from '../everywhere.ts';
import type { Item, Scope } from '../scope.ts';
import { enclosingServer } from '../scope.ts';
import { compileExpression } from './answers/pattern.ts';
import { mostTries } from './answers/tries.ts';

/** A request as far as it is known: what is absent depends on the client. */
export interface RequestFacts {
  readonly path?: string;
  /** What the client asked for, where `path` has been rewritten. */
  readonly asked?: string;
  readonly host?: string;
  readonly scheme?: 'http' | 'https';
  readonly port?: string | undefined;
  /** What `set` has put into variables so far; undefined where that depends on what is not known. */
  readonly assigned?: Pick<ReadonlyMap<string, string | undefined>, 'has' | 'get'>;
}

/** Maps that look each other up in a circle end here. */
const deepest = 8;
/** More values of one variable than anybody wants to have judged one by one. */
const mostValues = 8;

/** The text with every variable's value put in, or undefined where one of them cannot be known. */
export function fillIn(text: string, facts: RequestFacts, scope: Scope, depth = 0): string | undefined {
  let clear = true;
  const filled = replaceVariables(text, (name) => {
    const value = variableValue(name, facts, scope, depth);
    if (value === undefined) clear = false;
    return value;
  });
  return clear ? filled : undefined;
}

/** The text with the value of each variable that is known put in. */
export function fillWhatIsKnown(text: string, facts: RequestFacts, scope: Scope): string {
  return replaceVariables(text, (name) => variableValue(name, facts, scope, 0));
}

/**
 * Every text that this one can become, whatever the request: the variable of a `map`, `split_clients` or `geo` has one of its
 * entries' values. Undefined where something else decides.
 */
export function possibleTexts(text: string, facts: RequestFacts, scope: Scope): readonly string[] | undefined {
  const filled = fillWhatIsKnown(text, facts, scope);
  const name = /\$(?:\{(\w+)\}|(\w+))/.exec(filled);
  if (name === null) return filled.includes('$') ? undefined : [filled];
  const values = entryValues((name[1] ?? name[2] ?? '').toLowerCase(), facts, scope);
  if (values === undefined) return undefined;
  const texts = values.map((value) => filled.replaceAll(name[0], value));
  return texts.some((candidate) => candidate.includes('$')) ? undefined : [...new Set(texts)];
}

/** Names of the variables that decide what a text becomes: those in it, and those that maps look up for them. */
export function variablesBehind(text: string, scope: Scope): readonly string[] {
  const found = new Set<string>();
  const texts = [text];
  for (let next = texts.pop(); next !== undefined; next = texts.pop()) {
    replaceVariables(next, (name) => {
      const source = found.has(name) ? undefined : mapOf(name, scope)?.source;
      found.add(name);
      if (source !== undefined) texts.push(source);
      return undefined;
    });
  }
  return [...found];
}

function replaceVariables(text: string, valueFor: (name: string) => string | undefined): string {
  return text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced?: string, bare?: string) => {
    return valueFor((braced ?? bare ?? '').toLowerCase()) ?? whole;
  });
}

/** The value of a variable for a request, or undefined where that cannot be known. */
export function variableValue(name: string, facts: RequestFacts, scope: Scope, depth = 0): string | undefined {
  if (facts.assigned?.has(name)) return facts.assigned.get(name);
  if (name === 'server_name') return nameOfServer(scope);
  return builtInValue(name, facts) ?? mapValue(name, facts, scope, depth);
}

function builtInValue(name: string, { path, asked, host, scheme, port }: RequestFacts): string | undefined {
  switch (name) {
    case 'host':
      return withoutPort(host);
    case 'http_host':
      return host;
    case 'ssl_server_name':
      return scheme === 'http' ? '' : withoutPort(host);
    case 'request_uri':
      return asked ?? path;
    case 'uri':
    case 'document_uri':
      return path;
    case 'scheme':
      return scheme;
    case 'server_port':
      return port;
    case 'https':
      return scheme && (scheme === 'https' ? 'on' : '');
    case 'request_method':
      return path && 'GET';
    case 'args':
    case 'query_string':
    case 'is_args':
      return path && '';
    case 'ssl_protocol':
    case 'ssl_cipher':
      return scheme === 'http' ? '' : undefined;
    default:
      return undefined;
  }
}

function withoutPort(host: string | undefined): string | undefined {
  return host?.replace(/:\d+$/, '');
}

/**
 * The first name of the server, whoever asks: without the dot in front, and an expression or a wildcard as it is written
 * (ngx_http_core_merge_srv_conf).
 */
function nameOfServer(scope: Scope): string | undefined {
  const server = enclosingServer(scope);
  if (server === undefined) return undefined;
  const name = server.findFirst('server_name')?.args[0];
  if (name === undefined) return server.open ? undefined : '';
  if (name.templated || server.open || name.value.includes('$hostname')) return undefined;
  return name.value.startsWith('~') ? name.value : name.value.toLowerCase().replace(/^\./, '');
}

/** What the `map` of a variable answers to a request whose source is known (ngx_http_map_find). */
function mapValue(name: string, facts: RequestFacts, scope: Scope, depth: number): string | undefined {
  const map = depth < deepest ? mapOf(name, scope) : undefined;
  if (map === undefined) return undefined;
  const source = fillIn(map.source, facts, scope, depth + 1);
  const entry = source === undefined ? undefined : findEntry(map, source);
  return entry === undefined ? undefined : fillIn(entry, facts, scope, depth + 1);
}

function entryValues(name: string, facts: RequestFacts, scope: Scope): readonly string[] | undefined {
  const map = mapOf(name, scope);
  if (map === undefined || map.values.size > mostValues) return undefined;
  const values = Array.from(map.values, (value) => fillIn(value, facts, scope, 1));
  return values.includes(undefined) ? undefined : (values as readonly string[]);
}

type Entry = readonly [key: string, value: string];

/** An expression of a `map`; undefined where it cannot be tried here. */
interface ExpressionEntry {
  readonly expression: RegExp | undefined;
  readonly value: string;
}

/** A `map` block, ready to be asked. Keys are in small letters, as nginx compares them, but for expressions. */
interface MapBlock {
  readonly source: string;
  readonly texts: ReadonlyMap<string, string>;
  /** Masks of host names (`hostnames`): `*.example.com`, `.example.com`, `www.*`. */
  readonly masks: readonly Entry[];
  readonly expressions: readonly ExpressionEntry[];
  /** Each once, with the fallback. */
  readonly values: ReadonlySet<string>;
  /** What `default` says, else nothing. */
  readonly fallback: string;
}

const mapsOf = createMemo<Scope, ReadonlyMap<string, MapBlock | undefined>>();

/** The one block that defines a variable, where all of it can be read. */
function mapOf(name: string, scope: Scope): MapBlock | undefined {
  let root = scope;
  while (root.owner) root = root.owner.outer;
  let maps = mapsOf.get(root);
  if (maps === undefined) {
    maps = readMaps(root);
    mapsOf.set(root, maps);
  }
  return maps.get(name);
}

function readMaps(root: Scope): ReadonlyMap<string, MapBlock | undefined> {
  const found = new Map<string, MapBlock | undefined>();
  const servers = everywhere(root, 'server').length;
  for (const item of everywhereIn(root, ['map', 'split_clients', 'geo'])) {
    const name = item.args.at(-1)?.value.slice(1).toLowerCase() ?? '';
    const map = found.has(name) ? undefined : item.name === 'map' ? readMap(item) : readChoice(item);
    found.set(name, map && map.expressions.length * servers <= mostTries ? map : undefined);
  }
  return found;
}

function readMap({ args, inner }: Item): MapBlock | undefined {
  if (inner === undefined || inner.open || args[0] === undefined || args[0].templated) return undefined;
  const [texts, masks, expressions, values]: [Entry[], Entry[], Entry[], string[]] = [[], [], [], []];
  let fallback = '';
  // It holds for the keys that follow.
  let hostnames = false;
  for (const { nameWord, args: words } of inner.items) {
    const [value] = words;
    const key = nameWord.value;
    if (key === 'hostnames' && value === undefined) hostnames = true;
    if (key === 'include' || (value === undefined && /^(?:hostnames|volatile)$/.test(key))) continue;
    if (value === undefined || words.length > 1 || value.templated || nameWord.templated) return undefined;
    values.push(value.value);
    if (key === 'default') fallback = value.value;
    else if (key.startsWith('~')) expressions.push([key, value.value]);
    else if (hostnames && /^\*?\.|\.\*$/.test(key)) masks.push([key.toLowerCase(), value.value]);
    else texts.push([key.replace(/^\\/, '').toLowerCase(), value.value]);
  }
  return {
    source: args[0].value,
    texts: new Map(texts),
    masks,
    expressions: expressions.map(readExpression),
    values: new Set([...values, fallback]),
    fallback,
  };
}

/** What is no network in a `geo`. */
const ofGeo = /^(?:delete|include|proxy|proxy_recursive|ranges|volatile)$/;

/** A block that chooses by the address of the client, or by a number that nobody can tell: its values are plain text. */
function readChoice({ name, args, inner }: Item): MapBlock | undefined {
  if (inner === undefined || inner.open) return undefined;
  const values: string[] = [];
  let fallback = '';
  for (const { nameWord, args: words } of inner.items) {
    if (name === 'geo' && ofGeo.test(nameWord.value)) continue;
    const [value] = words;
    if (value === undefined || words.length > 1 || value.templated || nameWord.templated) return undefined;
    if (value.value.includes('$')) return undefined;
    values.push(value.value);
    if (nameWord.value === 'default' || nameWord.value === '*') fallback = value.value;
  }
  const source = `$remote_addr${args.length > 1 ? args[0]?.value : ''}`;
  return { source, texts: new Map(), masks: [], expressions: [], values: new Set([...values, fallback]), fallback };
}

function readExpression([key, value]: Entry): ExpressionEntry {
  const anyCase = key.startsWith('~*');
  return { expression: compileExpression(key.slice(anyCase ? 2 : 1), anyCase), value };
}

/** The value for a source: a key that is equal, then masks of host names, then expressions in order, then the default. */
function findEntry({ texts, masks, expressions, fallback }: MapBlock, source: string): string | undefined {
  const lower = source.toLowerCase();
  const found = texts.get(lower) ?? findMask(masks, lower);
  if (found !== undefined) return found;
  for (const { expression, value } of expressions) {
    if (!expression) return undefined;
    if (expression.test(source)) return value;
  }
  return fallback;
}

/** The longest mask wins, and those with the star in front go first. */
function findMask(masks: readonly Entry[], host: string): string | undefined {
  const suffixes = masks.filter(([mask]) => {
    return mask.startsWith('*.') ? host.endsWith(mask.slice(1)) : mask.startsWith('.') && `.${host}`.endsWith(mask);
  });
  const fitting = suffixes.length > 0 ? suffixes : masks.filter(([mask]) => host.startsWith(mask.slice(0, -1)));
  return fitting.reduce<Entry | undefined>((longest, entry) => {
    return longest === undefined || entry[0].length > longest[0].length ? entry : longest;
  }, undefined)?.[1];
}
