import { createMemo } from '../../../../memory/memo.ts';
import { starPattern } from '../../../../text/glob.ts';
import { readAddress } from '../../addresses.ts';
import type { Statement } from '../../evaluate/statement.ts';
import { isUncertain } from '../../uncertain.ts';

interface Named {
  readonly names: readonly string[];
}

interface Index {
  readonly byName: ReadonlyMap<string, readonly number[]>;
  /** By each ending of a name: `example.com` and `com` of `www.example.com`. */
  readonly byEnding: ReadonlyMap<string, readonly number[]>;
}

const indexes = createMemo<readonly unknown[], Index>();

/**
 * Those of a list of managed domains that have one of the names of a server, a name that one with a wildcard answers to, or a
 * wildcard right above the first, which is its `ServerName` (measured with 2.4.71). Ask with one and the same list.
 */
export function withNames<Domain extends Named>(
  domains: readonly Domain[],
  names: readonly string[],
): readonly Domain[] {
  return covering(domains, ({ names: own }) => own, names);
}

/** The same for directives: `MDomain` and `<MDomainSet>`. */
export function domainsWithNames(domains: readonly Statement[], names: readonly string[]): readonly Statement[] {
  return covering(domains, managedNames, names);
}

function covering<Domain>(
  domains: readonly Domain[],
  namesOf: (domain: Domain) => readonly string[],
  names: readonly string[],
): readonly Domain[] {
  if (domains.length === 0) return domains;
  let index = indexes.get(domains);
  if (!index) {
    index = indexOf(domains, namesOf);
    indexes.set(domains, index);
  }
  const found = new Set<number>();
  const add = (places: readonly number[] = []) => {
    for (const place of places) found.add(place);
  };
  names.forEach((name, at) => {
    const lower = name.toLowerCase();
    add(index.byName.get(lower));
    if (at === 0) add(index.byName.get(wildcardAbove(lower)));
    if (/[*?]/.test(lower)) for (const places of answered(lower, index)) add(places);
  });
  return [...found].sort((a, b) => a - b).map((place) => domains[place] as Domain);
}

/** Whose names a `ServerAlias` with wildcards stands for: those take in dots. */
function answered(alias: string, { byName, byEnding }: Index): readonly (readonly number[] | undefined)[] {
  if (/^\*\.[^*?]+$/.test(alias)) return [byEnding.get(alias.slice(2))];
  const pattern = starPattern(alias);
  return [...byName].filter(([name]) => pattern.test(name)).map(([, places]) => places);
}

function indexOf<Domain>(domains: readonly Domain[], namesOf: (domain: Domain) => readonly string[]): Index {
  const byName = new Map<string, number[]>();
  const byEnding = new Map<string, number[]>();
  const add = (map: Map<string, number[]>, key: string, place: number) => {
    const places = map.get(key);
    if (places) places.push(place);
    else map.set(key, [place]);
  };
  domains.forEach((domain, place) => {
    for (const name of namesOf(domain)) {
      const lower = name.toLowerCase();
      add(byName, lower, place);
      for (let dot = lower.indexOf('.'); dot >= 0; dot = lower.indexOf('.', dot + 1)) {
        add(byEnding, lower.slice(dot + 1), place);
      }
    }
  });
  return { byName, byEnding };
}

/** Without a name of its own a virtual host for any address has the main server's; of others DNS is asked (`ap_fini_vhost_config`). */
export function hasMainName(block: Statement | undefined): boolean {
  return block?.args.some(({ value }) => anyAddress.has(readAddress(value)?.host ?? '')) ?? false;
}

const anyAddress: ReadonlySet<string> = new Set(['*', '0.0.0.0', '[::]']);

/** The names of an `MDomain` or `<MDomainSet>`, as written. */
export function managedNames(statement: Statement): readonly string[] {
  const members = statement.children.filter(({ key }) => key === 'mdmember' || key === 'mdmembers');
  return [...words(statement), ...members.flatMap(words)].filter((name) => !/^(?:auto|manual)$/i.test(name));
}

/** The words of a directive that no variable decides. */
export function words(statement: Statement | undefined): readonly string[] {
  return statement?.args.map(({ value }) => value).filter((value) => !isUncertain(value)) ?? [];
}

/** `*.example.com` of `www.example.com`. */
export function wildcardAbove(name: string): string {
  return name.replace(/^[^.]+/, '*');
}
