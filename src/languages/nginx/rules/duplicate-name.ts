import type { TextReport } from '../../language.ts';
import { isConditional, mayBeAbsent } from '../conditions.ts';
import { type Directive, marksOf } from '../parse/tree.ts';
import type { Item, Scope } from '../scope.ts';
import { headRange, locate } from '../scope.ts';
import { isPredicate } from '../values/expressions.ts';
import type { ScopeRule } from './rule.ts';

/** Two things of one kind with one name: locations, upstreams, log formats, zones, modules. */
export const duplicateName: ScopeRule = {
  id: 'duplicate-name',
  title: 'Two things of the same kind have the same name',
  severity: 'error',
  effect: 'start',
  check(scope, project) {
    if (scope.content !== 'directives' || (scope.marks & kindMarks) === 0) return none;
    let reports: TextReport[] | undefined;
    let things: Things | undefined;
    for (let item = scope.first; item; item = item.next) {
      const kind = kindOf.get(item.name);
      const name = kind?.nameOf(item);
      if (!kind || name === undefined) continue;
      things ??= new Things();
      const first = things.firstOf(kind, name, item);
      if (first === item || mayBeAbsent(item) || isConditional(first)) continue;
      if (kind.kind === 'location' && isPredicate(name, project.target.nginx)) continue;
      // That memory is for two uses the rule directive-conflict says, where it sees all of them.
      if (kind.kind === 'zone' && first.name !== item.name && project.complete) continue;
      reports ??= [];
      reports.push(report(item, first, kind.kind, name));
    }
    if (scope.context === 'http') return [...(reports ?? none), ...builtInFormat(scope), ...sameCharsets(scope)];
    return reports ?? none;
  },
};

/** Things of a block that are quicker compared than looked up. */
const few = 8;

/** One of the things of a block, and the one before it: thousands of blocks have two or three, for which a list has too much room. */
interface Thing {
  readonly kind: Kind;
  readonly name: string;
  readonly item: Item;
  readonly before: Thing | undefined;
}

/** The things of a block by kind and name, the first one of each. */
class Things {
  private last: Thing | undefined = undefined;
  private count = 0;
  private index: Map<string, Item> | undefined = undefined;

  /** The first one of that kind and name, which is this one where there was none. */
  firstOf(kind: Kind, name: string, item: Item): Item {
    if (this.index) return this.indexed(this.index, keyOf(kind, name), item);
    for (let one = this.last; one; one = one.before) if (one.kind === kind && one.name === name) return one.item;
    this.last = { kind, name, item, before: this.last };
    this.count++;
    if (this.count > few) this.index = this.indexOf();
    return item;
  }

  private indexOf(): Map<string, Item> {
    const index = new Map<string, Item>();
    for (let one = this.last; one; one = one.before) index.set(keyOf(one.kind, one.name), one.item);
    return index;
  }

  private indexed(index: Map<string, Item>, key: string, item: Item): Item {
    const first = index.get(key);
    if (first === undefined) index.set(key, item);
    return first ?? item;
  }
}

function keyOf({ kind }: Kind, name: string): string {
  return `${kind} ${name}`;
}

interface Kind {
  readonly kind: string;
  readonly nameOf: (item: Item) => string | undefined;
}

const none: readonly TextReport[] = [];

const kinds: readonly (readonly [
  kind: string,
  directives: readonly string[],
  name: (item: Item) => string | undefined,
])[] = [
  ['location', ['location'], locationName],
  ['upstream', ['upstream'], upstreamName],
  ['log_format', ['log_format'], firstArgument],
  [
    'zone',
    [
      'limit_req_zone',
      'limit_conn_zone',
      'proxy_cache_path',
      'fastcgi_cache_path',
      'uwsgi_cache_path',
      'scgi_cache_path',
    ],
    zoneName,
  ],
  ['limit_conn', ['limit_conn'], firstArgument],
  ['limit_req', ['limit_req'], zoneName],
  ['limit_except', ['limit_except'], () => ''],
  ['module', ['load_module'], firstArgument],
  ['thread pool', ['thread_pool'], firstArgument],
  ['charset_map', ['charset_map'], charsetPair],
];

const kindOf = new Map<string, Kind>(
  kinds.flatMap(([kind, directives, nameOf]) => {
    const one = { kind, nameOf };
    return directives.map((directive) => [directive, one] as const);
  }),
);
const kindMarks = marksOf(kindOf.keys());

/** Prefix locations share one name space, with and without `^~`; exact ones and expressions may be repeated. */
function locationName({ args, inner }: Item): string | undefined {
  const [first, second] = args;
  // Without its block it is no location yet.
  if (!inner || !first || first.templated || second?.templated) return undefined;
  const modifier = second ? first.value : modifierOf(first.value);
  const path = second ? second.value : first.value.slice(modifier.length);
  if (modifier !== '' && modifier !== '^~' && modifier !== '=') return undefined;
  return modifier === '=' ? `= ${path}` : path;
}

function modifierOf(text: string): string {
  return text.startsWith('/') ? '' : (/^(?:=|\^~|~\*?|@)/.exec(text)?.[0] ?? '');
}

/** Compared without regard to capitals (ngx_http_upstream_add). */
function upstreamName(item: Item): string | undefined {
  return firstArgument(item)?.toLowerCase();
}

function firstArgument({ args }: Item): string | undefined {
  const [word] = args;
  return word?.templated === false ? word.value : undefined;
}

/** Between two charsets there is one map, in whatever direction; nginx compares with the first of all maps only. */
function charsetPair(item: Item): string | undefined {
  const first = item.outer.findFirst('charset_map');
  const isRead = first === item || (first !== undefined && pairOf(first) === pairOf(item));
  return isRead && !item.args.some(({ templated }) => templated) ? pairOf(item) : undefined;
}

function pairOf(directive: Directive): string {
  return directive.args
    .map(({ value }) => value.toLowerCase())
    .sort()
    .join(' and ');
}

function zoneName({ args }: Item): string | undefined {
  const word = args.find(({ value }) => /^(?:keys_)?zone=/.test(value));
  return word?.templated === false ? /=([^:]*)/.exec(word.value)?.[1] : undefined;
}

/** What to do about things that have no name of their own. */
const advice: ReadonlyMap<string, (name: string) => string> = new Map<string, (name: string) => string>([
  ['limit_except', () => '"limit_except" directive is duplicate: merge the two.'],
  ['limit_conn', (zone) => `"limit_conn" directive is duplicate for zone "${zone}": remove one of the two.`],
  ['limit_req', (zone) => `"limit_req" directive is duplicate for zone "${zone}": remove one of the two.`],
  ['module', (file) => `Module "${file}" is loaded already: remove one of the two.`],
]);

function report(item: Item, first: Item, kind: string, name: string): TextReport {
  const again = `Duplicate ${kind} "${name.replace(/^= /, '')}": another one has this name. Rename one, or merge the two.`;
  return {
    rule: 'duplicate-name',
    message: advice.get(kind)?.(name) ?? again,
    location: locate(item, headRange(item)),
    related: [{ location: locate(first, headRange(first)), message: 'The first one is here.' }],
  };
}

function* sameCharsets(scope: Scope): Generator<TextReport> {
  for (const item of scope.find('charset_map')) {
    const [from, to] = item.args;
    if (!from || from.value.toLowerCase() !== to?.value.toLowerCase()) continue;
    const message = `This "charset_map" is between the same charsets "${from.value}" and "${to.value}".`;
    yield { rule: 'duplicate-name', message, location: locate(item, headRange(item)) };
  }
}

function* builtInFormat(scope: Scope): Generator<TextReport> {
  for (const item of scope.find('log_format')) {
    const [name] = item.args;
    if (name?.value === 'combined') {
      yield {
        rule: 'duplicate-name',
        message: 'Duplicate log_format "combined": nginx has it built in.',
        location: locate(item, name),
      };
    }
  }
}
