import { createMemo } from './memo.ts';

/**
 * The same function, computed once for each object, for as long as that object lives. Make it once: objects go on knowing
 * what it found.
 */
export function remember<Key extends object, Result>(compute: (key: Key) => Result): (key: Key) => Result {
  const memo = createMemo<Key, { readonly result: Result }>();
  return (key) => {
    let found = memo.get(key);
    if (found === undefined) {
      found = { result: compute(key) };
      memo.set(key, found);
    }
    return found.result;
  };
}

/** The same function, computed once for each key, for as long as the function itself lives: for keys that outlive it. */
export function rememberHere<Key, Result>(compute: (key: Key) => Result): (key: Key) => Result {
  const known = new Map<Key, { readonly result: Result }>();
  return (key) => {
    let found = known.get(key);
    if (found === undefined) {
      found = { result: compute(key) };
      known.set(key, found);
    }
    return found.result;
  };
}
