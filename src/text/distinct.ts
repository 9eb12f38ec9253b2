import { PlaceMap } from './place-map.ts';
import type { Location } from './range.ts';

/** So many of one place are compared with each other; of more it is remembered what they say. */
const few = 8;

/**
 * Tells what was met before: of thousands that stand at places of their own nothing is written down but the places, and those
 * of one place are compared by what they say.
 */
export class Distinct<Item> {
  private readonly first = new PlaceMap<Item>();
  private readonly others = new PlaceMap<Item[] | Set<string>>();
  private readonly isSame: (a: Item, b: Item) => boolean;
  private readonly keyOf: (item: Item) => string;

  /** @param keyOf the same for two of one place where `isSame` says so */
  constructor(isSame: (a: Item, b: Item) => boolean, keyOf: (item: Item) => string) {
    this.isSame = isSame;
    this.keyOf = keyOf;
  }

  /** True where none was the same. */
  add(place: Location, item: Item): boolean {
    const first = this.first.get(place);
    if (first === undefined) {
      this.first.set(place, item);
      return true;
    }
    if (this.isSame(first, item)) return false;
    const others = this.others.get(place);
    if (others === undefined) this.others.set(place, [item]);
    else if (others instanceof Set) return addKey(others, this.keyOf(item));
    else {
      for (const other of others) if (this.isSame(other, item)) return false;
      others.push(item);
      if (others.length === few) this.others.set(place, new Set(others.map(this.keyOf)));
    }
    return true;
  }
}

function addKey(keys: Set<string>, key: string): boolean {
  const { size } = keys;
  return keys.add(key).size > size;
}
