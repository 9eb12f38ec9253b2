import { suggest } from '../../../text/suggest.ts';
import type { Project, TextReport } from '../../language.ts';
import { rootScope } from '../configuration.ts';
import { everywhereIn, openScopes } from '../everywhere.ts';
import type { NginxFile } from '../parse/file.ts';
import type { Word } from '../parse/tree.ts';
import type { Item, Scope } from '../scope.ts';
import { isWithin, locate } from '../scope.ts';
import type { ScopeRule } from './rule.ts';

/** A zone, cache or log format that is used but nowhere made. */
export const undefinedName: ScopeRule = {
  id: 'undefined-name',
  title: 'Name of a zone, cache or log format that nothing defines',
  severity: 'error',
  effect: 'start',
  contexts: ['http', 'stream'],
  check: (scope, project) => [...found(scope, project)],
};

function* found(scope: Scope, project: Project<NginxFile>): Iterable<TextReport> {
  if (!project.complete || (scope.context !== 'http' && scope.context !== 'stream')) return;
  const root = rootScope(project);
  if (root.open || openScopes(root).some((open) => isWithin(open, scope))) return;
  const uses = scope.context === 'stream' ? streamUses : httpUses;
  let defined: Defined | undefined;
  for (const item of everywhereIn(root, uses.keys())) {
    const use = uses.get(item.name);
    const word = use?.wordOf(item);
    if (!use || !word || word.templated || !isWithin(item.outer, scope)) continue;
    // Names of zones hold no variables, those of caches, formats and upstreams may.
    if (use.kind !== 'zone' && word.value.includes('$')) continue;
    defined ??= definedIn(scope, root);
    const name = word.value.replace(use.kind === 'upstream' ? schemes : /^zone=/, '');
    if (!defined[use.kind].has(use.kind === 'upstream' ? name.toLowerCase() : name))
      yield report(item, item.outer, word, name, defined[use.kind]);
  }
}

type Defined = Readonly<Record<Kind, ReadonlySet<string>>>;

function definedIn(scope: Scope, root: Scope): Defined {
  const defined: Record<Kind, Set<string>> = {
    zone: new Set(),
    proxy_cache: new Set(['off']),
    fastcgi_cache: new Set(['off']),
    uwsgi_cache: new Set(['off']),
    scgi_cache: new Set(['off']),
    format: new Set(scope.context === 'http' ? ['combined'] : []),
    upstream: new Set(),
    issuer: new Set(),
  };
  for (const item of everywhereIn(root, definitions.keys())) {
    const definition = definitions.get(item.name);
    const name = definition?.nameOf(item);
    if (definition && name !== undefined && isWithin(item.outer, scope)) defined[definition.kind].add(name);
  }
  return defined;
}

type Kind = 'zone' | 'format' | 'upstream' | 'issuer' | Cache;
type Cache = (typeof caches)[number];

const firstWord = ({ args }: Item): Word | undefined => args[0];
const firstValue = (item: Item): string | undefined => firstWord(item)?.value;
/** A cache belongs to the module that made it. */
const caches = ['proxy_cache', 'fastcgi_cache', 'uwsgi_cache', 'scgi_cache'] as const;

const definitions = new Map<string, { readonly kind: Kind; readonly nameOf: (item: Item) => string | undefined }>([
  ...['limit_req_zone', 'limit_conn_zone', 'keyval_zone'].map(
    (name) => [name, { kind: 'zone', nameOf: (item: Item) => parameter(item, 'zone=') }] as const,
  ),
  ...caches.map(
    (name) => [`${name}_path`, { kind: name, nameOf: (item: Item) => parameter(item, 'keys_zone=') }] as const,
  ),
  ['log_format', { kind: 'format', nameOf: firstValue }],
  ['upstream', { kind: 'upstream', nameOf: (item: Item) => firstValue(item)?.toLowerCase() }],
  ['acme_issuer', { kind: 'issuer', nameOf: firstValue }],
]);

/** Directives that need a port, or the name of an upstream, which has its own. */
const portless = ['fastcgi_pass', 'uwsgi_pass', 'scgi_pass', 'memcached_pass', 'grpc_pass'];

const schemes = /^(?:grpcs?|s?uwsgi):\/\//i;

/** The address, where it has no port. */
function hostWord({ args: [word] }: Item): Word | undefined {
  return word !== undefined && /^(?:[^:/]+|\[[^\]]*\])$/.test(word.value.replace(schemes, '')) ? word : undefined;
}

function formatWord({ args }: Item): Word | undefined {
  const [path, format] = args;
  return path?.value === 'off' || format === undefined || /=|^gzip$/.test(format.value) ? undefined : format;
}

function parameter({ args }: Item, prefix: string): string | undefined {
  return args
    .find(({ value }) => value.startsWith(prefix))
    ?.value.slice(prefix.length)
    .split(':')[0];
}

interface Use {
  readonly kind: Kind;
  readonly wordOf: (item: Item) => Word | undefined;
}

const sharedUses: readonly (readonly [string, Use])[] = [
  ['limit_req', { kind: 'zone', wordOf: ({ args }) => args.find(({ value }) => value.startsWith('zone=')) }],
  ['limit_conn', { kind: 'zone', wordOf: firstWord }],
  ['access_log', { kind: 'format', wordOf: formatWord }],
  ...caches.map((name) => [name, { kind: name, wordOf: firstWord }] as const),
];
const httpUses = new Map<string, Use>([
  ...sharedUses,
  ['acme_certificate', { kind: 'issuer', wordOf: firstWord }],
  ...portless.map((name) => [name, { kind: 'upstream', wordOf: hostWord }] as const),
]);
const streamUses = new Map<string, Use>([...sharedUses, ['proxy_pass', { kind: 'upstream', wordOf: hostWord }]]);

function report(item: Item, scope: Scope, word: Word, name: string, defined: ReadonlySet<string>): TextReport {
  const near = suggest(name, defined);
  const location = locate(item, word);
  return {
    rule: 'undefined-name',
    message: `"${name}" of "${item.name}" is unknown: nothing defines it.${near === undefined ? '' : ` Did you mean "${near}"?`}`,
    location,
    related: placesOf(item, scope),
    fixes:
      near === undefined
        ? []
        : [
            {
              title: `Change "${name}" to "${near}"`,
              safe: false,
              edits: [{ ...location, newText: word.value.replace(name, near) }],
            },
          ],
  };
}

/** nginx looks for some names only where the block around all of them ends. */
function placesOf(item: Item, scope: Scope): NonNullable<TextReport['related']> {
  let top = scope.owner;
  while (top?.outer.owner) top = top.outer.owner;
  const here = { location: locate(item), message: 'It is used here.' };
  if (!top?.block) return [here];
  return [here, { location: locate(top, top.block.close), message: 'nginx notices it where this block ends.' }];
}
