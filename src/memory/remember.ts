import { createMemo } from './memo.ts';

interface Results<Key, Result> {
  get(key: Key): { readonly result: Result } | undefined;
  set(key: Key, found: { readonly result: Result }): unknown;
}

/**
 * The same function, computed once for each object, for as long as that object lives. Make it once: objects go on knowing
 * what it found.
 */
export function remember<Key extends object, Result>(compute: (key: Key) => Result): (key: Key) => Result {
  return through(createMemo(), compute);
}

/** The same function, computed once for each key, for as long as the function itself lives: for keys that outlive it. */
export function rememberHere<Key, Result>(compute: (key: Key) => Result): (key: Key) => Result {
  return through(new Map(), compute);
}

function through<Key, Result>(results: Results<Key, Result>, compute: (key: Key) => Result): (key: Key) => Result {
  return (key) => {
    let found = results.get(key);
    if (found === undefined) {
      found = { result: compute(key) };
      results.set(key, found);
    }
    return found.result;
  };
}
