import { isBytePool } from '../base/byte-pool';
import type { Pool } from '../base/strings';

/** Bytes of text → id in a string pool, without making a string where the pool keeps bytes. */
export interface Interner {
  id(bytes: Uint8Array, from: number, to: number): number;
  /** The same, where it may well be a string that is known already: `maybe` is its id. */
  idNear(bytes: Uint8Array, from: number, to: number, maybe: number): number;
}

/** Longer values are cut: they are shown from the file, and compared by nobody. */
const maxLength = 8192;

export function createInterner(pool: Pool): Interner {
  const bytesOf = isBytePool(pool) ? pool : undefined;
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
  const id = (bytes: Uint8Array, from: number, end: number): number => {
    const to = Math.min(end, from + maxLength);
    if (to <= from) return 0;
    // what is no printable ASCII may be another encoding, or a fold
    const plain = bytesOf ? bytesOf.idOfPlain(bytes, from, to) : -1;
    return plain < 0 ? pool.id(decode(bytes.subarray(from, to))) : plain;
  };
  return {
    id,
    idNear: (bytes, from, to, maybe) => (bytesOf?.isText(maybe, bytes, from, to) ? maybe : id(bytes, from, to)),
  };
}
