import { removedTable, table, trunkTable } from '../data/directives.ts';
import { thirdParty, thirdPartyPrefixes } from '../data/third-party.ts';

/** Where a directive stands. Letters of the table: see there. */
export type Context = 'server config' | 'virtual host' | 'directory' | 'location' | 'proxy' | '.htaccess';

/** What is known of one directive or section. */
export interface DirectiveFact {
  /** In the manual's spelling. */
  readonly name: string;
  /** The first is the module of the manual's page. */
  readonly modules: readonly string[];
  readonly isSection: boolean;
  readonly contexts: ReadonlySet<Context>;
  readonly args: ArgumentCount;
  /** `On` or `Off` is the one argument; httpd looks at no other. */
  readonly isFlag: boolean;
  readonly overrides: readonly string[];
  /** First 2.4 release that knows it; empty: all do. */
  readonly since: string;
  /** Last release that knows it; empty: it is still there. */
  readonly until: string;
  readonly defaultValue: string;
  readonly syntax: string;
  readonly documentation: string;
}

/** `max` is null where any number is fine. */
export interface ArgumentCount {
  readonly min: number;
  readonly max: number | null;
}

const contextLetters: Readonly<Record<string, Context>> = {
  s: 'server config',
  v: 'virtual host',
  d: 'directory',
  l: 'location',
  p: 'proxy',
  h: '.htaccess',
};

const counts: Readonly<Record<string, ArgumentCount>> = {
  '0': { min: 0, max: 0 },
  '1': { min: 1, max: 1 },
  '2': { min: 2, max: 2 },
  '3': { min: 3, max: 3 },
  '12': { min: 1, max: 2 },
  '23': { min: 2, max: 3 },
  '123': { min: 1, max: 3 },
  FLAG: { min: 1, max: null },
  ITERATE: { min: 1, max: null },
  ITERATE2: { min: 2, max: null },
  RAW: { min: 0, max: null },
  RAW1: { min: 1, max: null },
  ARGV: { min: 0, max: null },
};

let facts: ReadonlyMap<string, DirectiveFact> | undefined;

/** All directives and sections by their name in lower case. */
export function directiveFacts(): ReadonlyMap<string, DirectiveFact> {
  facts ??= new Map(
    lines(table).map((fields) => {
      const fact = readFact(fields);
      return [fact.name.toLowerCase(), fact];
    }),
  );
  return facts;
}

export function factOf(key: string): DirectiveFact | undefined {
  return directiveFacts().get(key);
}

/** A directive that httpd once had or will have, or that a module from elsewhere brings. */
export type ForeignDirective =
  | { readonly kind: 'removed'; readonly name: string; readonly module: string; readonly version: string }
  | { readonly kind: 'trunk'; readonly name: string; readonly module: string }
  | { readonly kind: 'third-party'; readonly name: string; readonly module: string };

let foreign: ReadonlyMap<string, ForeignDirective> | undefined;

export function foreignDirective(key: string): ForeignDirective | undefined {
  foreign ??= readForeign();
  return foreign.get(key) ?? ofFamily(key);
}

let elsewhere: ReadonlySet<string> | undefined;

/** Directives of modules that do not come with httpd, in lower case, as far as they are listed by name. */
export function listedElsewhere(): ReadonlySet<string> {
  elsewhere ??= new Set(Object.values(thirdParty).flatMap((names) => names.toLowerCase().split(' ')));
  return elsewhere;
}

/** Known by what its name begins with. */
function ofFamily(key: string): ForeignDirective | undefined {
  if (!/^\w+$/.test(key)) return undefined;
  const prefix = Object.keys(thirdPartyPrefixes).find((each) => key.startsWith(each) && key.length > each.length);
  const module = prefix === undefined ? undefined : thirdPartyPrefixes[prefix];
  return module === undefined ? undefined : { kind: 'third-party', name: key, module };
}

function readFact(fields: readonly string[]): DirectiveFact {
  const [name = '', modules = '', contexts = '', args = '', overrides = '', since = '', until = ''] = fields;
  const modulesList = modules.split(',');
  const how = args.startsWith('RAW') && args !== 'RAW1' ? 'RAW' : args;
  return {
    name,
    modules: modulesList,
    isSection: contexts.startsWith('<'),
    contexts: new Set([...contexts.replace('<', '')].map((letter) => contextLetters[letter] as Context)),
    args: counts[how] ?? { min: Number(/\d+$/.exec(how)?.[0] ?? 0), max: null },
    isFlag: args === 'FLAG',
    overrides: overrides === '' ? [] : overrides.split(','),
    since,
    until,
    defaultValue: fields[7] ?? '',
    syntax: fields[8] ?? '',
    documentation: `https://httpd.apache.org/docs/2.4/mod/${modulesList[0]}.html#${name.toLowerCase()}`,
  };
}

function readForeign(): ReadonlyMap<string, ForeignDirective> {
  const result = new Map<string, ForeignDirective>();
  for (const [name = '', module = ''] of lines(trunkTable)) {
    result.set(name.toLowerCase(), { kind: 'trunk', name, module });
  }
  for (const [name = '', module = '', version = ''] of lines(removedTable)) {
    result.set(name.toLowerCase(), { kind: 'removed', name, module, version });
  }
  for (const [module, names] of Object.entries(thirdParty)) {
    for (const name of names.split(' ')) result.set(name.toLowerCase(), { kind: 'third-party', name, module });
  }
  return result;
}

function lines(text: string): string[][] {
  return text
    .trim()
    .split('\n')
    .map((line) => line.split('\t'));
}

/** Sections by an older name that httpd still reads, in lower case: mod_md's `<MDomain>`. */
export const olderSections: ReadonlyMap<string, string> = new Map([['mdomain', 'mdomainset']]);
