/** Sparse members: a map of where the stored pieces lie in the file; what lies between them is zeros. */
import { blockSize, latin1, number } from './tar-header';
import type { Cursor } from './chunks';

export interface Sparse {
  /** Size of the file with its holes. */
  readonly size: number;
  readonly pieces: readonly { readonly offset: number; readonly length: number }[];
}

const maxPieces = 100_000;
/** Holes up to here are filled with zeros; beyond, only the stored pieces are read, one after the other. */
export const maxHoles = 64 * 2 ** 20;
const zeros = new Uint8Array(65_536);

/** Old GNU form: the map begins in the header and goes on in blocks of 21 entries. */
export async function oldGnuMap(block: Uint8Array, bytes: Cursor): Promise<Sparse | undefined> {
  const size = number(block.subarray(483, 495));
  const list: number[] = [];
  const read = (from: Uint8Array, count: number): void => {
    for (let n = 0; n < count; n++) {
      const field = from.subarray(n * 24, n * 24 + 24);
      if (field[0] === 0) return;
      list.push(number(field.subarray(0, 12)), number(field.subarray(12, 24)));
    }
  };
  read(block.subarray(386, 482), 4);
  for (let more = block[482]!; more !== 0;) {
    const next = await bytes.take(blockSize);
    if (next.length < blockSize || list.length > 2 * maxPieces) return undefined;
    more = next[504]!;
    read(next, 21);
  }
  return mapOf(list, size);
}

/** pax forms 0.0 and 0.1 (map in the records) and Sun's (`SUN.holesdata`). */
export function paxMap(records: ReadonlyMap<string, string>): Sparse | undefined {
  const map = records.get('GNU.sparse.map');
  if (map === undefined) return undefined;
  return mapOf(map === '' ? [] : map.split(',').map(Number), Number(records.get('GNU.sparse.size')));
}

/** pax form 1.0: the map stands before the data, a decimal number a line, padded to a block. */
export async function leadingMap(bytes: Cursor, size: number): Promise<{ sparse?: Sparse; used: number }> {
  let text = '';
  let used = 0;
  for (let wanted = 1; ;) {
    const lines = text.split('\n');
    const count = Number(lines[0]);
    if (lines.length > 1) wanted = 1 + 2 * count;
    if (!Number.isInteger(count) || count < 0 || count > maxPieces) return { used };
    if (lines.length > 1 && lines.length > wanted)
      return { sparse: mapOf(lines.slice(1, wanted).map(Number), size), used };
    const block = await bytes.take(blockSize);
    used += block.length;
    if (block.length < blockSize) return { used };
    text += latin1(block);
  }
}

function mapOf(list: readonly number[], size: number): Sparse | undefined {
  const pieces: { offset: number; length: number }[] = [];
  let end = 0;
  for (let n = 0; n + 1 < list.length; n += 2) {
    const [offset, length] = [list[n]!, list[n + 1]!];
    if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(length) || offset < end || length < 0) return undefined;
    end = offset + length;
    if (length > 0) pieces.push({ offset, length });
  }
  return Number.isSafeInteger(size) && end <= size && pieces.length <= maxPieces ? { size, pieces } : undefined;
}

export const holes = ({ size, pieces }: Sparse): number => size - pieces.reduce((sum, { length }) => sum + length, 0);

/** The file as it was, holes filled. Gives fewer bytes where the stored ones end early. */
export async function* filled({ size, pieces }: Sparse, bytes: Cursor): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (const { offset, length } of [...pieces, { offset: size, length: 0 }]) {
    for (; at < offset; at += Math.min(zeros.length, offset - at)) yield zeros.subarray(0, offset - at);
    const start = bytes.offset;
    yield* bytes.pieces(length);
    at += bytes.offset - start;
    if (bytes.offset - start < length) return;
  }
}
