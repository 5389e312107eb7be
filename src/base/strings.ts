/**
 * Interned strings. A column of strings is a `Uint32Array` of ids into one pool; id 0 is the empty string.
 * A sealed pool is two typed arrays, so it crosses a worker boundary by transfer and is stored as it is.
 */
export interface StringTable {
  /** All strings in UTF-8, one after the other. */
  readonly bytes: Uint8Array;
  /** `ends[id]` = offset behind string `id`; `ends[0] === 0`. */
  readonly ends: Uint32Array;
}

export interface Pool {
  readonly size: number;
  id(text: string): number;
  /** The id, or -1 where the pool has never seen this text. */
  find(text: string): number;
  text(id: number): string;
  /** The id of bytes that are UTF-8, where the pool keeps bytes. */
  idOf?(bytes: Uint8Array, from: number, to: number): number;
  /** Takes a sealed pool as it is, its ids with it, where nothing was put in before; says whether it did. */
  adopt?(table: StringTable): boolean;
}

export function createPool(): Pool {
  const ids = new Map<string, number>([['', 0]]);
  const texts: string[] = [''];
  return {
    get size() {
      return texts.length;
    },
    id(text) {
      let id = ids.get(text);
      if (id === undefined) {
        id = texts.length;
        texts.push(text);
        ids.set(text, id);
      }
      return id;
    },
    find: (text) => ids.get(text) ?? -1,
    text: (id) => texts[id] ?? '',
  };
}

export function sealPool(pool: Pool): StringTable {
  const encoder = new TextEncoder();
  const ends = new Uint32Array(pool.size);
  let bytes = new Uint8Array(Math.max(64, pool.size * 16));
  let end = 0;
  for (let id = 1; id < pool.size; id++) {
    const text = pool.text(id);
    // encodeInto writes at most 3 bytes per UTF-16 unit
    if (bytes.length - end < text.length * 3) {
      const larger = new Uint8Array(Math.max(bytes.length * 2, end + text.length * 3));
      larger.set(bytes.subarray(0, end));
      bytes = larger;
    }
    end += encoder.encodeInto(text, bytes.subarray(end)).written;
    ends[id] = end;
  }
  return { bytes: bytes.slice(0, end), ends };
}

/** Adds every string of `table` to `pool`; returns the new id of each old id. */
export function mergePool(pool: Pool, { bytes, ends }: StringTable): Uint32Array {
  const map = new Uint32Array(ends.length);
  if (pool.idOf) {
    for (let id = 1; id < ends.length; id++) map[id] = pool.idOf(bytes, ends[id - 1]!, ends[id]!);
    return map;
  }
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for (let id = 1; id < ends.length; id++) map[id] = pool.id(decoder.decode(bytes.subarray(ends[id - 1], ends[id])));
  return map;
}
