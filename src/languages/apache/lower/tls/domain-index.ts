import { createMemo } from '../../../../memory/memo.ts';
import { isUncertain, type Statement } from '../../evaluate/statement.ts';

interface Named {
  readonly names: readonly string[];
}

type Index = ReadonlyMap<string, readonly number[]>;

const indexes = createMemo<readonly unknown[], Index>();

/** Those of a list of managed domains that have one of the names, or a wildcard right above it; ask with one and the same list. */
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
  for (const name of names) {
    const lower = name.toLowerCase();
    for (const each of [lower, wildcardAbove(lower)]) for (const place of index.get(each) ?? []) found.add(place);
  }
  return [...found].sort((a, b) => a - b).map((place) => domains[place] as Domain);
}

function indexOf<Domain>(domains: readonly Domain[], namesOf: (domain: Domain) => readonly string[]): Index {
  const index = new Map<string, number[]>();
  domains.forEach((domain, place) => {
    for (const name of namesOf(domain)) {
      const lower = name.toLowerCase();
      const places = index.get(lower);
      if (places) places.push(place);
      else index.set(lower, [place]);
    }
  });
  return index;
}

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
