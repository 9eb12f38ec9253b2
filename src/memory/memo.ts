/** What is known of objects, each for as long as it lives. */
export interface Memo<Key extends object, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): void;
}

/** Makes nothing, but gives the object that it is called with to the class that extends it, whose private fields then lie there. */
const Bearer = function bear(key: object) {
  return key;
} as unknown as new (
  key: object,
) => object;

/** Memos whose values lie together: an object that many ask about is mostly asked by memos made one after the other. */
const together = 16;

/**
 * What all memos know of one object: the same fields for all of them, so that it changes its shape only once. Of most objects
 * one memo knows something; the values of others lie by their numbers, as some objects are asked about thousands of times.
 */
class Notes extends Bearer {
  readonly #first: number;
  #value: unknown;
  #others: (unknown[] | undefined)[] | undefined;

  private constructor(key: object, memo: number, value: unknown) {
    super(key);
    this.#first = memo;
    this.#value = value;
  }

  static get(key: object, memo: number): unknown {
    if (!(#first in key)) return undefined;
    return key.#first === memo ? key.#value : key.#others?.[(memo / together) | 0]?.[memo % together];
  }

  static set(key: object, memo: number, value: unknown): void {
    if (!(#first in key)) new Notes(key, memo, value);
    else if (key.#first === memo) key.#value = value;
    else {
      const place = Math.floor(memo / together);
      key.#others ??= new Array(Math.ceil(made / together)).fill(undefined);
      key.#others[place] ??= new Array(together).fill(undefined);
      (key.#others[place] as unknown[])[memo % together] = value;
    }
  }
}

/** Memos so far; each has the number that it was made as. */
let made = 0;

/**
 * As a WeakMap, but each object keeps its own values, where nothing else sees them. In a WeakMap that has grown old a young
 * object's value stays until the engine next looks through all of its memory, and with it the whole analysis that it is a part
 * of, which until then is copied from one place to the next.
 */
export function createMemo<Key extends object, Value>(): Memo<Key, Value> {
  return new NumberedMemo(made++);
}

class NumberedMemo<Key extends object, Value> implements Memo<Key, Value> {
  private readonly number: number;

  constructor(number: number) {
    this.number = number;
  }

  get(key: Key): Value | undefined {
    return Notes.get(key, this.number) as Value | undefined;
  }

  set(key: Key, value: Value): void {
    Notes.set(key, this.number, value);
  }
}
