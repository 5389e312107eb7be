/** Computes once for each key and forgets with it: what hangs on a revision of the evidence lives as long as that. */
export function per<Key extends object, Result>(make: (key: Key) => Result): (key: Key) => Result {
  const known = new WeakMap<Key, { readonly result: Result }>();
  return (key) => {
    let entry = known.get(key);
    if (!entry) known.set(key, (entry = { result: make(key) }));
    return entry.result;
  };
}
