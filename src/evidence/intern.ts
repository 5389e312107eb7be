/**
 * Numbers keys of several integers densely, 0, 1, 2, … in order of first sight: the index under every table of `link`.
 * Open addressing over typed arrays; at 600 000 keys several times faster than a Map of joined strings, and no key can
 * name an object property.
 */
export interface Intern {
  readonly size: number;
  /** The number of the key, new where it was not seen before. Missing parts count as 0. */
  id(a: number, b?: number, c?: number, d?: number, e?: number): number;
  /** The number of the key, or −1. */
  find(a: number, b?: number, c?: number, d?: number, e?: number): number;
}

const width = 5;

export function createIntern(expected = 1024): Intern {
  const room = Math.max(expected, 16);
  let mask = 1;
  // twice as many slots as keys, always: a full table would be searched for ever
  while (mask < room * 2) mask *= 2;
  mask--;
  let slots = new Int32Array(mask + 1);
  let keys = new Int32Array(room * width);
  let size = 0;

  const slotOf = (a: number, b: number, c: number, d: number, e: number): number => {
    let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35) ^ Math.imul(c, 0x27d4eb2f);
    hash = Math.imul(hash ^ (hash >>> 13), 0x165667b1) ^ Math.imul(d, 0x9e3779b1) ^ Math.imul(e, 0x2545f491);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    let slot = (hash ^ (hash >>> 13)) & mask;
    for (let entry = slots[slot]!; entry !== 0; entry = slots[slot]!) {
      const at = (entry - 1) * width;
      const same =
        keys[at] === a && keys[at + 1] === b && keys[at + 2] === c && keys[at + 3] === d && keys[at + 4] === e;
      if (same) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  };

  const grow = (): void => {
    const larger = new Int32Array(keys.length * 2);
    larger.set(keys);
    keys = larger;
    mask = mask * 2 + 1;
    slots = new Int32Array(mask + 1);
    for (let id = 0; id < size; id++) {
      const at = id * width;
      slots[slotOf(keys[at]!, keys[at + 1]!, keys[at + 2]!, keys[at + 3]!, keys[at + 4]!)] = id + 1;
    }
  };

  return {
    get size() {
      return size;
    },
    id(a, b = 0, c = 0, d = 0, e = 0) {
      // digests are u32: kept as the same 32 bits, signed
      const slot = slotOf(a | 0, b | 0, c | 0, d | 0, e | 0);
      const known = slots[slot]!;
      if (known !== 0) return known - 1;
      const at = size * width;
      keys[at] = a;
      keys[at + 1] = b;
      keys[at + 2] = c;
      keys[at + 3] = d;
      keys[at + 4] = e;
      slots[slot] = ++size;
      if (size * width === keys.length) grow();
      return size - 1;
    },
    find(a, b = 0, c = 0, d = 0, e = 0) {
      return slots[slotOf(a | 0, b | 0, c | 0, d | 0, e | 0)]! - 1;
    },
  };
}
