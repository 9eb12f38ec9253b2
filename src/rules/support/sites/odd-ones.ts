import type { Site } from '../../../tls/model/server-model.ts';
import type { ReusedConnection } from './reused-connections.ts';

/** Sites that differ in the same from one kind of others. */
export interface OddOnes {
  readonly first: ReusedConnection;
  /** Of the first connection's two sites the one that fewer others are like. */
  readonly odd: Site;
  readonly reference: Site;
  /** Every odd site, `odd` first. */
  readonly others: readonly Site[];
}

/**
 * One entry for each difference from the sites of one key, however many pairs of sites have it. Sites of equal keys are alike;
 * of two that are equally rare the connection's is the reference.
 */
export function oddOnes(
  connections: readonly ReusedConnection[],
  keyOf: (site: Site) => string | undefined,
  difference: (odd: Site, reference: Site) => string,
): readonly OddOnes[] {
  const alike = new Map<string | undefined, Set<Site>>();
  for (const { opener, target } of connections) for (const site of [opener, target]) count(alike, keyOf(site), site);
  const frequency = (site: Site) => alike.get(keyOf(site))?.size ?? 0;
  const found = new Map<string, Omit<OddOnes, 'others'> & { readonly others: Set<Site> }>();
  const told = new Set<string>();
  for (const first of connections) {
    const isOpenerOdd = frequency(first.opener) < frequency(first.target);
    const [odd, reference] = isOpenerOdd ? [first.opener, first.target] : [first.target, first.opener];
    // The same two kinds the other way round.
    if (told.has(`${keyOf(odd)}\0\0${keyOf(reference)}`)) continue;
    told.add(`${keyOf(reference)}\0\0${keyOf(odd)}`);
    const group = `${difference(odd, reference)}\0${keyOf(reference)}`;
    const known = found.get(group);
    if (known !== undefined) known.others.add(odd);
    else found.set(group, { first, odd, reference, others: new Set([odd]) });
  }
  return [...found.values()].map(({ others, ...rest }) => ({ ...rest, others: [...others] }));
}

function count(alike: Map<string | undefined, Set<Site>>, key: string | undefined, site: Site): void {
  const known = alike.get(key);
  if (known === undefined) alike.set(key, new Set([site]));
  else known.add(site);
}
