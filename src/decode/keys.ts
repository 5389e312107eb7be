/**
 * Compound numeric keys → dense indices 0, 1, 2, …: an open-addressing table in typed arrays. Addresses, flows and
 * streams are looked up for every packet, so neither a string nor an object is made for one.
 */
export interface Keys {
  readonly size: number;
  /** Where the caller writes the key before `find` or `add`. */
  readonly key: Uint32Array;
  /** Its index, or −1. */
  find(): number;
  /** Its index; a new one is `size` before the call. −1 where the table is full. */
  add(): number;
  /** The words of a key that was added. */
  words(index: number): Uint32Array;
  /** One of them. */
  word(index: number, n: number): number;
  clear(): void;
}

/** Writes the four words of an address into a key; `TypedArray.set` costs more than the four stores. */
export function putAddress(key: Uint32Array, at: number, words: Uint32Array, from = 0): void {
  key[at] = words[from]!;
  key[at + 1] = words[from + 1]!;
  key[at + 2] = words[from + 2]!;
  key[at + 3] = words[from + 3]!;
}

export function createKeys(width: number, limit = 2 ** 22): Keys {
  const key = new Uint32Array(width);
  // a seed of its own keeps a hostile capture from choosing keys that collide; indices do not depend on it
  const seed = (Math.random() * 2 ** 32) | 0;
  let room = 64;
  let slots = new Int32Array(room * 2).fill(-1);
  let stored = new Uint32Array(room * width);
  let size = 0;

  const hash = (words: Uint32Array, from: number): number => {
    let value = seed;
    for (let word = 0; word < width; word++) {
      value = Math.imul(value ^ words[from + word]!, 0x9e3779b1);
      value ^= value >>> 15;
    }
    return value;
  };
  const slot = (): number => {
    const mask = slots.length - 1;
    let at = hash(key, 0) & mask;
    for (;;) {
      const index = slots[at]!;
      if (index < 0) return at;
      let word = 0;
      while (word < width && stored[index * width + word] === key[word]) word++;
      if (word === width) return at;
      at = (at + 1) & mask;
    }
  };
  const grow = (): void => {
    room *= 2;
    const larger = new Uint32Array(room * width);
    larger.set(stored);
    stored = larger;
    slots = new Int32Array(room * 2).fill(-1);
    const mask = slots.length - 1;
    for (let index = 0; index < size; index++) {
      let at = hash(stored, index * width) & mask;
      while (slots[at]! >= 0) at = (at + 1) & mask;
      slots[at] = index;
    }
  };
  return {
    get size() {
      return size;
    },
    key,
    find: () => slots[slot()]!,
    add() {
      const at = slot();
      const index = slots[at]!;
      if (index >= 0) return index;
      if (size >= limit) return -1;
      stored.set(key, size * width);
      slots[at] = size++;
      if (size === room) grow();
      return size - 1;
    },
    word: (index, n) => stored[index * width + n]!,
    words: (index) => stored.subarray(index * width, (index + 1) * width),
    clear() {
      slots.fill(-1);
      size = 0;
    },
  };
}
