/**
 * Pictures (EN 5.1: screenshots of errors): told by their signature; their size in pixels is read, nothing else.
 *
 *   89 50 4E 47 0D 0A 1A 0A …IHDR w w w w h h h h      PNG
 *   FF D8 FF … FF C0 l l 8 h h w w                     JPEG, the frame header lies behind other segments
 */
import { text } from '../text/text';
import { artifactKind, notThis, nothingRead, type KindExample, type Reader } from './kind';

interface Picture {
  readonly format: string;
  /** Pixels; 0 where the head does not hold them. */
  readonly width: number;
  readonly height: number;
}

const starts = (bytes: Uint8Array, words: readonly number[], at = 0): boolean =>
  bytes.length >= at + words.length && words.every((word, n) => bytes[at + n] === word);
const letters = (word: string): readonly number[] => [...word].map((letter) => letter.charCodeAt(0));

/** What a picture's first bytes say; undefined where they are no picture. */
function pictureOf(head: Uint8Array): Picture | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const has = (end: number): boolean => head.length >= end;
  if (starts(head, [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]))
    return { format: 'PNG', width: has(24) ? view.getUint32(16) : 0, height: has(24) ? view.getUint32(20) : 0 };
  if (starts(head, letters('GIF87a')) || starts(head, letters('GIF89a')))
    return {
      format: 'GIF',
      width: has(10) ? view.getUint16(6, true) : 0,
      height: has(10) ? view.getUint16(8, true) : 0,
    };
  if (starts(head, letters('RIFF')) && starts(head, letters('WEBP'), 8)) return { format: 'WebP', width: 0, height: 0 };
  // `BM`, the size of the whole, four bytes of zeros, the offset of the pixels
  if (starts(head, letters('BM')) && starts(head, [0, 0, 0, 0], 6) && has(26) && view.getUint32(10, true) < 2 ** 16)
    return { format: 'BMP', width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) };
  return starts(head, [0xff, 0xd8, 0xff]) ? jpegOf(head, view) : undefined;
}

/** Segments `FF marker length` up to a frame header SOF0 … SOF15 (ITU-T T.81 B.1.1.3, B.2.2). */
function jpegOf(head: Uint8Array, view: DataView): Picture {
  for (let at = 2; at + 9 < head.length && head[at] === 0xff;) {
    const marker = head[at + 1]!;
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc)
      return { format: 'JPEG', width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    const length = view.getUint16(at + 2);
    if (length < 2) break;
    at += 2 + length;
  }
  return { format: 'JPEG', width: 0, height: 0 };
}

const headSize = 65_536;

export default artifactKind({
  id: 'image',
  name: text('Image', 'Image'),
  provides: [],
  sniff(head) {
    const picture = pictureOf(head);
    return picture
      ? {
          certainty: 3,
          reason: text('It begins with the {format} signature.', 'Il commence par la signature {format}.'),
          values: { format: picture.format },
        }
      : notThis;
  },
  open: read,
});

function read(): Reader {
  const head = new Uint8Array(headSize);
  let filled = 0;
  return {
    push(chunk) {
      const part = chunk.subarray(0, headSize - filled);
      head.set(part, filled);
      filled += part.length;
    },
    end() {
      const picture = pictureOf(head.subarray(0, filled));
      if (!picture) return nothingRead;
      const { format, width, height } = picture;
      const note = width > 0 ? `${format}, ${width} × ${height}` : format;
      return { ...nothingRead, records: 1, note: { en: note, fr: note } };
    },
  };
}

const bytes = (...words: readonly (number | string)[]): Uint8Array =>
  Uint8Array.from(words.flatMap((word) => (typeof word === 'string' ? letters(word) : [word])));

export const examples: readonly KindExample[] = [
  {
    name: 'error.png',
    bytes: bytes(0x89, 'PNG', 13, 10, 26, 10, 0, 0, 0, 13, 'IHDR', 0, 0, 5, 0, 0, 0, 3, 32, 8, 2, 0, 0, 0),
  },
  {
    name: 'error.jpg',
    bytes: bytes(
      0xff,
      0xd8,
      0xff,
      0xe0,
      0,
      4,
      0,
      0,
      0xff,
      0xc0,
      0,
      17,
      8,
      3,
      32,
      5,
      0,
      3,
      1,
      34,
      0,
      2,
      17,
      1,
      3,
      17,
      1,
    ),
  },
  { name: 'error.gif', bytes: bytes('GIF89a', 0, 5, 32, 3, 0x80, 0, 0) },
];
