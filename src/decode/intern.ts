import { isBytePool } from '../base/byte-pool';
import type { Pool } from '../base/strings';

/** Bytes of text → id in a string pool, without making a string where the pool keeps bytes. */
export interface Interner {
  id(bytes: Uint8Array, from: number, to: number): number;
}

/** Longer values are cut: they are shown from the file, and compared by nobody. */
const maxLength = 8192;

export function createInterner(pool: Pool): Interner {
  const idOf = isBytePool(pool) ? pool.idOf : undefined;
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const latin1 = new TextDecoder('windows-1252');
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
      if (!idOf) return pool.id(decode(bytes.subarray(from, to)));
      /** High bits where a byte is no printable ASCII: it is not UTF-8's single byte, or a fold. */
      let odd = 0;
      for (let at = from; at < to; at++) {
        const byte = bytes[at]!;
        odd |= byte | ((byte - 0x20) & ~byte);
      }
      return odd & 0x80 ? pool.id(decode(bytes.subarray(from, to))) : idOf(bytes, from, to);
    },
  };
}
