/** The same function, computed once for each object, for as long as that object lives. */
export function remember<Key extends object, Result>(compute: (key: Key) => Result): (key: Key) => Result {
  const results = new WeakMap<Key, { readonly result: Result }>();
  return (key) => {
    let found = results.get(key);
    if (found === undefined) {
      found = { result: compute(key) };
      results.set(key, found);
    }
    return found.result;
  };
}
