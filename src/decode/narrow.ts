/**
 * UTF-16 text as one byte a character, for readers that look for ASCII: `49 00 4E 00` → `49 4E`. A character that no byte
 * holds becomes `?`, so that places stay: byte n of the result is unit n of the text.
 */
import { detectEncoding, type Encoding } from './encoding';

export function narrow(bytes: Uint8Array, encoding: Encoding): Uint8Array {
  if (encoding === 'utf-8') return bytes;
  const low = encoding === 'utf-16le' ? 0 : 1;
  const result = new Uint8Array(bytes.length >> 1);
  for (let at = 0; at < result.length; at++) {
    result[at] = bytes[at * 2 + 1 - low] === 0 ? bytes[at * 2 + low]! : 0x3f;
  }
  return result;
}

/** The same for a piece that was cut out of a text, whose mark stands elsewhere. */
export const narrowed = (bytes: Uint8Array): Uint8Array => narrow(bytes, detectEncoding(bytes).encoding);
