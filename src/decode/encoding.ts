/**
 * Character encodings of text evidence: UTF-8, UTF-16 with or without byte order mark, and Windows-1252 for what is no
 * UTF-8 (tools on Windows, spreadsheets). Sample: `C3 A9` = é in UTF-8, `E9` = é in Windows-1252, `E9 00` in UTF-16LE.
 */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

export interface Detected {
  readonly encoding: Encoding;
  /** Bytes of the byte order mark. */
  readonly mark: number;
}

/** How many bytes `detectEncoding` wants to see. */
export const headForEncoding = 1024;

export function detectEncoding(head: Uint8Array): Detected {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', mark: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', mark: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', mark: 2 };
  // without a mark: western text in UTF-16 has a zero in every other byte, in one half only
  const length = Math.min(head.length, headForEncoding) & ~1;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < length; at += 2) {
    if (head[at] === 0) even++;
    if (head[at + 1] === 0) odd++;
  }
  const half = length / 2;
  if (half >= 4 && odd > half * 0.7 && even < half * 0.1) return { encoding: 'utf-16le', mark: 0 };
  if (half >= 4 && even > half * 0.7 && odd < half * 0.1) return { encoding: 'utf-16be', mark: 0 };
  return { encoding: 'utf-8', mark: 0 };
}

const decoders: Record<Encoding | 'windows-1252', TextDecoder> = {
  'utf-8': new TextDecoder('utf-8', { ignoreBOM: true }),
  'utf-16le': new TextDecoder('utf-16le', { ignoreBOM: true }),
  'utf-16be': new TextDecoder('utf-16be', { ignoreBOM: true }),
  'windows-1252': new TextDecoder('windows-1252', { ignoreBOM: true }),
};

/** Never throws; what cannot be decoded stands as U+FFFD. */
export const decodeAs = (bytes: Uint8Array, encoding: Encoding): string => decoders[encoding].decode(bytes);

/** A line or row that is no UTF-8 is read as Windows-1252, as a whole. `decoded` is what UTF-8 made of it. */
export function repaired(decoded: string, bytes: Uint8Array, encoding: Encoding): string {
  if (encoding !== 'utf-8' || !decoded.includes('\ufffd')) return decoded;
  const writtenSo = decoded.split('\ufffd').length - 1;
  let marks = 0;
  for (let at = bytes.indexOf(0xef); at >= 0; at = bytes.indexOf(0xef, at + 1)) {
    if (bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd) marks++;
  }
  return marks === writtenSo ? decoded : decoders['windows-1252'].decode(bytes);
}

/** The text of a head for sniffing, without its mark; undefined where the bytes are no text. */
export function textOfHead(head: Uint8Array): string | undefined {
  const { encoding, mark } = detectEncoding(head);
  const bytes = head.subarray(mark);
  let control = 0;
  if (encoding === 'utf-8') {
    // a run of NULs in a log is a crash, not a binary, however long: many short ones are. ESC colours terminals
    const length = Math.min(bytes.length, 16_384);
    let seen = 0;
    let runs = 0;
    for (let at = 0; at < length; at++) {
      const byte = bytes[at]!;
      if (byte === 0) {
        if (at === 0 || bytes[at - 1] !== 0) runs++;
        continue;
      }
      seen++;
      if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 27 && byte !== 12) control++;
    }
    if (seen === 0 || control > seen * 0.02 || (seen < length * 0.5 && runs > 4)) return undefined;
  }
  const text = decodeAs(bytes, encoding);
  return repaired(text, bytes, encoding).replaceAll('\0', '');
}
