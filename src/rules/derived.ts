/**
 * What several rules need is derived once and forgotten when all are judged: it may be as large as the evidence itself,
 * and nobody asks for it again until something changes.
 */
const resets: (() => void)[] = [];

export function derived<K extends object, V>(derive: (of: K) => V): (of: K) => V {
  let known = new WeakMap<K, V>();
  resets.push(() => (known = new WeakMap()));
  return (of) => {
    let value = known.get(of);
    if (value === undefined) known.set(of, (value = derive(of)));
    return value;
  };
}

export const forgetDerived = (): void => resets.forEach((reset) => reset());
