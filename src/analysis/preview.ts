/**
 * The bytes of a file as rows of text or hex. Text rows are found by walking over the bytes once, in pieces, so a row of
 * a large log is shown without the rest ever being in memory; a line longer than `rowBytes` continues on a further row.
 */
import { decodeAs, detectEncoding, headForEncoding, repaired, type Encoding } from '../decode/encoding';
import { maskSecretBytes, maskSecrets } from '../session/mask';

export const hexWidth = 16;
const rowBytes = 4096;
const pieceBytes = 2 ** 20;
/** Rows beyond are not indexed: the hex form reaches every byte. */
const mostRows = 4_000_000;

export interface TextIndex {
  readonly encoding: Encoding;
  /** Rows known so far. */
  readonly length: number;
  /** The whole file was walked over. */
  readonly done: boolean;
  /** False where the file has more rows than are indexed. */
  readonly complete: boolean;
  start(row: number): number;
  end(row: number): number;
  /** The row that holds a byte. */
  rowAt(offset: number): number;
  /** Walks on until `offset` is reached (or the end); false once there is nothing more. */
  walk(offset: number): Promise<boolean>;
}

export async function textIndex(blob: Blob): Promise<TextIndex> {
  const head = new Uint8Array(await blob.slice(0, headForEncoding).arrayBuffer());
  const { encoding, mark } = detectEncoding(head);
  const unit = encoding === 'utf-8' ? 1 : 2;
  let starts = new Float64Array(1024);
  starts[0] = mark;
  let length = blob.size > mark ? 1 : 0;
  let at = mark;
  let full = false;
  const add = (start: number): void => {
    if (length === mostRows) full = true;
    if (full) return;
    if (length === starts.length) {
      const larger = new Float64Array(starts.length * 2);
      larger.set(starts);
      starts = larger;
    }
    starts[length++] = start;
  };
  const self: TextIndex = {
    encoding,
    get length() {
      return length;
    },
    get done() {
      return full || at >= blob.size;
    },
    get complete() {
      return !full;
    },
    start: (row) => starts[row] ?? blob.size,
    end: (row) => (row + 1 < length ? starts[row + 1]! : Math.min(at, starts[row]! + rowBytes)),
    rowAt(offset) {
      let low = 0;
      let high = length - 1;
      while (low < high) {
        const middle = (low + high + 1) >>> 1;
        if (starts[middle]! <= offset) low = middle;
        else high = middle - 1;
      }
      return low;
    },
    async walk(offset) {
      if (self.done) return false;
      while (!self.done) {
        const bytes = new Uint8Array(await blob.slice(at, at + pieceBytes).arrayBuffer());
        if (bytes.length === 0) break;
        for (let n = 0; n + unit <= bytes.length && !full; n += unit) {
          const sign =
            unit === 1
              ? bytes[n]!
              : encoding === 'utf-16le'
                ? bytes[n]! | (bytes[n + 1]! << 8)
                : (bytes[n]! << 8) | bytes[n + 1]!;
          const next = at + n + unit;
          if (next >= blob.size) break;
          if (sign === 10 || next - starts[length - 1]! >= rowBytes) add(next);
        }
        at += bytes.length;
        if (at > offset) break;
      }
      return !self.done;
    },
  };
  return self;
}

/** A piece of a file as text, by the encoding that its first bytes show. */
export function textOf(piece: Uint8Array, head: Uint8Array): string {
  const { encoding } = detectEncoding(head);
  return repaired(decodeAs(piece, encoding), piece, encoding);
}

/** Rows of text, masked; line ends are left out, control characters are made visible. */
export async function textRows(blob: Blob, index: TextIndex, from: number, to: number): Promise<string[]> {
  const first = index.start(from);
  const bytes = new Uint8Array(await blob.slice(first, index.end(to - 1)).arrayBuffer());
  const rows = Array.from({ length: to - from }, (_, n) => {
    const part = bytes.subarray(index.start(from + n) - first, index.end(from + n) - first);
    return visible(repaired(decodeAs(part, index.encoding), part, index.encoding).replace(/\r?\n$/, ''));
  });
  // a private key spans lines: mask the rows together
  const masked = maskSecrets(rows.join('\n')).split('\n');
  return masked.length === rows.length ? masked : rows.map((row) => maskSecrets(row));
}

/** Control and direction characters as pictures, so that nothing on the screen pretends to be something else. */
export const visible = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, (sign) => {
    const code = sign.charCodeAt(0);
    return code < 32 ? String.fromCharCode(0x2400 + code) : code === 127 ? '\u2421' : '\ufffd';
  });

export interface HexRow {
  readonly offset: number;
  readonly hex: string;
  readonly text: string;
}

export async function hexRows(blob: Blob, from: number, to: number): Promise<HexRow[]> {
  const raw = new Uint8Array(await blob.slice(from * hexWidth, to * hexWidth).arrayBuffer());
  const bytes = maskSecretBytes(raw);
  return Array.from({ length: Math.ceil(bytes.length / hexWidth) }, (_, n) => {
    const part = bytes.subarray(n * hexWidth, (n + 1) * hexWidth);
    let [hex, text] = ['', ''];
    part.forEach((byte, at) => {
      hex += `${at === 8 ? '  ' : at > 0 ? ' ' : ''}${byte.toString(16).padStart(2, '0')}`;
      text += byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '·';
    });
    return { offset: (from + n) * hexWidth, hex, text };
  });
}

const pictures = [
  { type: 'image/png', magic: [0x89, 0x50, 0x4e, 0x47] },
  { type: 'image/jpeg', magic: [0xff, 0xd8, 0xff] },
  { type: 'image/gif', magic: [0x47, 0x49, 0x46, 0x38] },
  { type: 'image/bmp', magic: [0x42, 0x4d] },
];
/** The type of a picture that browsers draw without running anything in it; undefined for all else. */
export async function pictureType(blob: Blob): Promise<string | undefined> {
  const head = new Uint8Array(await blob.slice(0, 4).arrayBuffer());
  return pictures.find(({ magic }) => magic.every((byte, at) => head[at] === byte))?.type;
}

/** Whether the first bytes read as text. */
export async function looksLikeText(blob: Blob): Promise<boolean> {
  const head = new Uint8Array(await blob.slice(0, 4096).arrayBuffer());
  if (head.length === 0) return true;
  if (detectEncoding(head).encoding !== 'utf-8') return true;
  let odd = 0;
  for (const byte of head) if (byte < 9 || (byte > 13 && byte < 27) || (byte > 27 && byte < 32)) odd++;
  return odd / head.length < 0.02;
}
