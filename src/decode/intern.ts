import type { Pool } from '../base/strings';

/** Bytes of text → id in a string pool, without making a string for text that was seen before. */
export interface Interner {
  id(bytes: Uint8Array, from: number, to: number): number;
}

/** Longer values are cut: they are shown from the file, and compared by nobody. */
const maxLength = 8192;

export function createInterner(pool: Pool): Interner {
  const seed = (Math.random() * 2 ** 32) | 0;
  let slots = new Uint32Array(1024);
  let hashes = new Uint32Array(1024);
  let used = 0;
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const latin1 = new TextDecoder('windows-1252');

  const grow = (): void => {
    const [before, beforeHashes] = [slots, hashes];
    slots = new Uint32Array(before.length * 2);
    hashes = new Uint32Array(before.length * 2);
    const mask = slots.length - 1;
    before.forEach((id, at) => {
      if (id === 0) return;
      let to = beforeHashes[at]! & mask;
      while (slots[to] !== 0) to = (to + 1) & mask;
      slots[to] = id;
      hashes[to] = beforeHashes[at]!;
    });
  };
  const decode = (bytes: Uint8Array): string => {
    let text: string;
    try {
      text = utf8.decode(bytes);
    } catch {
      // older phones write Latin-1 display names
      text = latin1.decode(bytes);
    }
    // a folded value is one line (RFC 3261 §7.3.1)
    return text.replace(/[\r\n]+[\t ]*/g, ' ');
  };
  return {
    id(bytes, from, end) {
      const to = Math.min(end, from + maxLength);
      if (to <= from) return 0;
      let hash = seed ^ (to - from);
      /** High bits where a byte is no printable ASCII: it is not UTF-8's single byte, or a fold. */
      let odd = 0;
      let step = from;
      for (; step + 4 <= to; step += 4) {
        const word = bytes[step]! | (bytes[step + 1]! << 8) | (bytes[step + 2]! << 16) | (bytes[step + 3]! << 24);
        odd |= word | ((word - 0x20202020) & ~word);
        hash = Math.imul(hash ^ word, 0x9e3779b1);
        hash ^= hash >>> 15;
      }
      for (; step < to; step++) {
        const byte = bytes[step]!;
        odd |= byte | ((byte - 0x20) & ~byte);
        hash = Math.imul(hash ^ byte, 0x9e3779b1);
      }
      if (odd & 0x80808080) return pool.id(decode(bytes.subarray(from, to)));
      hash = (hash ^ (hash >>> 15)) >>> 0;
      const mask = slots.length - 1;
      let slot = hash & mask;
      for (let id = slots[slot]!; id !== 0; id = slots[(slot = (slot + 1) & mask)]!) {
        if (hashes[slot] !== hash) continue;
        const text = pool.text(id);
        if (text.length !== to - from) continue;
        let at = 0;
        while (at < text.length && text.charCodeAt(at) === bytes[from + at]) at++;
        if (at === text.length) return id;
      }
      const id = pool.id(utf8.decode(bytes.subarray(from, to)));
      slots[slot] = id;
      hashes[slot] = hash;
      if (++used * 2 > slots.length) grow();
      return id;
    },
  };
}
