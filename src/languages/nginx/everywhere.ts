import { createMemo } from '../../memory/memo.ts';
import type { Item, Scope } from './scope.ts';

const none: readonly Item[] = [];

/** A whole configuration by the names of its directives, so that a question about a few of them need not walk over all. */
export class Directory {
  /** Blocks with an include that could not be followed. */
  open: readonly Scope[] = [];
  private readonly lists = new Map<string, Item[]>();

  /** Adds a directive that nginx reads behind all others. */
  add(item: Item): void {
    const list = this.lists.get(item.name);
    if (list) list.push(item);
    else this.lists.set(item.name, [item]);
  }

  get names(): Iterable<string> {
    return this.lists.keys();
  }

  find(name: string): readonly Item[] | undefined {
    return this.lists.get(name);
  }
}

const directories = createMemo<Scope, Directory>();

export function setDirectory(root: Scope, directory: Directory): void {
  directories.set(root, directory);
}

/** Directives of one name in every block of a configuration, in the order in which nginx reads them. */
export function everywhere(root: Scope, name: string): readonly Item[] {
  return directories.get(root)?.find(name) ?? none;
}

/** The same for several names. */
export function everywhereIn(root: Scope, names: Iterable<string>): readonly Item[] {
  const directory = directories.get(root);
  const lists: (readonly Item[])[] = [];
  for (const name of names) {
    const list = directory?.find(name);
    if (list) lists.push(list);
  }
  return lists.length < 2 ? (lists[0] ?? none) : merge(lists);
}

/** Lists, each in the order in which nginx reads, as one. */
function merge(lists: readonly (readonly Item[])[]): readonly Item[] {
  const merged: Item[] = [];
  const places = lists.map(() => 0);
  const orders = lists.map(([first]) => first?.order ?? Infinity);
  for (;;) {
    let next = 0;
    for (let index = 1; index < orders.length; index++) {
      if ((orders[index] as number) < (orders[next] as number)) next = index;
    }
    if (orders[next] === Infinity) return merged;
    const list = lists[next] as readonly Item[];
    const place = places[next] as number;
    merged.push(list[place] as Item);
    places[next] = place + 1;
    orders[next] = list[place + 1]?.order ?? Infinity;
  }
}

/** Every name that a directive of the configuration has. */
export function namesIn(root: Scope): Iterable<string> {
  return directories.get(root)?.names ?? [];
}

/** Blocks with an include that could not be followed, outer ones first. */
export function openScopes(root: Scope): readonly Scope[] {
  return directories.get(root)?.open ?? [];
}

/** True where an include, somewhere, could not be followed. */
export function isOpenSomewhere(root: Scope): boolean {
  return openScopes(root).length > 0;
}
