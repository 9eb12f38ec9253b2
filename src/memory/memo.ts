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

/**
 * What all memos know of one object: the same fields for all of them, so that it changes its shape only once. Of most objects
 * one memo knows something.
 */
class Notes extends Bearer {
  readonly #first: object;
  #value: unknown;
  #others: Map<object, unknown> | undefined;

  private constructor(key: object, memo: object, value: unknown) {
    super(key);
    this.#first = memo;
    this.#value = value;
  }

  static get(key: object, memo: object): unknown {
    if (!(#first in key)) return undefined;
    return key.#first === memo ? key.#value : key.#others?.get(memo);
  }

  static set(key: object, memo: object, value: unknown): void {
    if (!(#first in key)) new Notes(key, memo, value);
    else if (key.#first === memo) key.#value = value;
    else {
      key.#others ??= new Map();
      key.#others.set(memo, value);
    }
  }
}

/**
 * As a WeakMap, but each object keeps its own values, where nothing else sees them. In a WeakMap that has grown old a young
 * object's value stays until the engine next looks through all of its memory, and with it the whole analysis that it is a part
 * of, which until then is copied from one place to the next.
 */
export function createMemo<Key extends object, Value>(): Memo<Key, Value> {
  const memo: Memo<Key, Value> = {
    get: (key) => Notes.get(key, memo) as Value | undefined,
    set: (key, value) => Notes.set(key, memo, value),
  };
  return memo;
}
