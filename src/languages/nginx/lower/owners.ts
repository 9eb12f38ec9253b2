import type { Item, Scope } from '../scope.ts';
import type { LoweredSite } from './sites.ts';

/** Whose a directive is: a server's, of all servers of a block, or of something that nginx would not take. */
export type Owner = LoweredSite | 'shared' | 'nobody';

/** Finds the owners of directives. */
export type OwnerOf = (item: Item) => Owner;

export function ownersOf(sites: readonly LoweredSite[], root: Scope): OwnerOf {
  const owners = new Map<Scope, Owner>();
  for (const site of sites) {
    owners.set(site.item.outer, 'shared');
    // Bare directives stand in a block of their own, around which a server is only thought.
    owners.set(site.scope.first?.outer ?? site.scope, site);
  }
  if (sites.length === 0 && root.context !== undefined) owners.set(root, 'shared');
  const find = (outer: Scope): Owner => {
    for (let scope = outer; ; scope = scope.owner.outer) {
      const owner = owners.get(scope);
      if (owner) return owner;
      if (!scope.owner || scope.owner.name === 'server') return 'nobody';
    }
  };
  // Directives of one block mostly come one after the other.
  let lastOuter: Scope | undefined;
  let lastOwner: Owner = 'nobody';
  return ({ outer }) => {
    if (outer !== lastOuter) {
      lastOuter = outer;
      lastOwner = find(outer);
    }
    return lastOwner;
  };
}
