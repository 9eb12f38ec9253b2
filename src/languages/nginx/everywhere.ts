import { createMemo } from '../../memory/memo.ts';
import type { Item, Scope } from './scope.ts';

/** A whole configuration by the names of its directives, so that a question about a few of them need not walk over all. */
interface Directory {
  readonly items: ReadonlyMap<string, readonly Item[]>;
  readonly open: readonly Scope[];
}

const directories = createMemo<Scope, Directory>();
const none: readonly Item[] = [];

/** Directives of one name in every block of a configuration, in the order in which nginx reads them. */
export function everywhere(root: Scope, name: string): readonly Item[] {
  return directoryOf(root).items.get(name) ?? none;
}

/** The same for several names. */
export function everywhereIn(root: Scope, names: Iterable<string>): readonly Item[] {
  const { items } = directoryOf(root);
  const lists: (readonly Item[])[] = [];
  for (const name of names) {
    const list = items.get(name);
    if (list) lists.push(list);
  }
  let merged = lists[0] ?? none;
  for (let index = 1; index < lists.length; index++) merged = merge(merged, lists[index] as readonly Item[]);
  return merged;
}

/** Two lists, each in the order in which nginx reads, as one. */
function merge(a: readonly Item[], b: readonly Item[]): readonly Item[] {
  const merged: Item[] = [];
  let next = 0;
  for (const item of a) {
    for (; next < b.length && (b[next] as Item).order < item.order; next++) merged.push(b[next] as Item);
    merged.push(item);
  }
  for (; next < b.length; next++) merged.push(b[next] as Item);
  return merged;
}

/** Every name that a directive of the configuration has. */
export function namesIn(root: Scope): Iterable<string> {
  return directoryOf(root).items.keys();
}

/** Blocks with an include that could not be followed. */
export function openScopes(root: Scope): readonly Scope[] {
  return directoryOf(root).open;
}

/** True where an include, somewhere, could not be followed. */
export function isOpenSomewhere(root: Scope): boolean {
  return openScopes(root).length > 0;
}

function directoryOf(root: Scope): Directory {
  let directory = directories.get(root);
  if (!directory) {
    directory = read(root);
    directories.set(root, directory);
  }
  return directory;
}

function read(root: Scope): Directory {
  const items = new Map<string, Item[]>();
  const open: Scope[] = [];
  visit(root);
  return { items, open };

  function visit(scope: Scope): void {
    if (scope.open) open.push(scope);
    const isData = scope.content === 'entries';
    for (let item = scope.first; item; item = item.next) {
      if (!isData) {
        const list = items.get(item.name);
        if (list) list.push(item);
        else items.set(item.name, [item]);
      }
      if (item.inner) visit(item.inner);
    }
  }
}
