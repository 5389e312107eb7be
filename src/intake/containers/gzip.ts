/**
 * gzip, RFC 1952: `1F 8B 08`, flags, time, extra flags, system, [extra, name, comment, header CRC], DEFLATE data,
 * CRC32, size. Several members may follow one another. The browser reads a single one, fflate everything else.
 */
import { same } from '../../text/text';
import { cursor, type Cursor } from '../chunks';
import { createInflater } from '../inflate';
import { inflateFirst, worthwhile } from '../inflate-native';
import { bySignature, byName, hasBytes } from '../sniffing';
import { readSlice, slices } from '../source';
import { container, type Chunks, type ContainerInput, type ContainerReport } from './container';

const signature = [0x1f, 0x8b, 0x08];
/** A rotated log in an archive is smaller. */
const mostHeld = 16 * 2 ** 20;
const flag = { headerCrc: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 } as const;

export default container({
  id: 'gzip',
  name: same('gzip'),
  stream: true,
  sniff: (head, path) =>
    hasBytes(head, signature) && (head[3]! & flag.reserved) === 0
      ? bySignature('gzip')
      : byName('gzip', /\.(gz|tgz)$/i, path),
  async *members(input, report) {
    const state = { packed: 0 };
    yield { name: '', type: 'file', packed: () => state.packed, chunks: () => decode(input, report, state) };
  },
});

interface State {
  packed: number;
}

async function* decode(input: ContainerInput, report: ContainerReport, state: State): AsyncGenerator<Uint8Array> {
  const { first, again, last, bytes } = await repeatable(input);
  if (!again || bytes < worthwhile) {
    yield* inflateMembers(first, report, state);
    return;
  }
  yield* inflateFirst(
    first,
    (taken) => (state.packed = taken),
    async (size) => size % 2 ** 32 === (await last()),
    () => {
      state.packed = 0;
      return inflateMembers(again(), report, state);
    },
  );
}

interface Source {
  readonly first: Chunks;
  readonly bytes: number;
  /** The same bytes from the start, where that can be. */
  again?(): Chunks;
  /** Its last four bytes: where there is one member and nothing behind it, that is its size. */
  last(): Promise<number>;
}

/** What lies at rest is read again from there, what comes in a stream is held so far as it is small. */
async function repeatable(input: ContainerInput): Promise<Source> {
  const { atRest } = input;
  const chunks = input.chunks();
  if (atRest) {
    const last = async () => lastWord([await readSlice(atRest, Math.max(0, atRest.size - 4), 4)]);
    return { first: chunks, bytes: atRest.size, again: () => slices(atRest), last };
  }
  const iterator = chunks[Symbol.asyncIterator]();
  const held: Uint8Array[] = [];
  let bytes = 0;
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    held.push(next.value.slice());
    bytes += next.value.length;
    if (bytes > mostHeld) return { first: followed(held, iterator), bytes, last: () => Promise.resolve(NaN) };
  }
  const all = () => followed(held);
  const last = () => Promise.resolve(lastWord(held));
  return { first: all(), bytes, again: all, last };
}

async function* followed(held: readonly Uint8Array[], more?: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* held;
  if (more) yield* { [Symbol.asyncIterator]: () => more };
}

function lastWord(pieces: readonly Uint8Array[]): number {
  const bytes = pieces.slice(-4).flatMap((piece) => [...piece.subarray(-4)]);
  return new DataView(Uint8Array.from(bytes.slice(-4)).buffer).getUint32(0, true);
}

async function* inflateMembers(chunks: Chunks, report: ContainerReport, state: State): AsyncGenerator<Uint8Array> {
  const bytes = cursor(chunks);
  try {
    for (let member = 0; ; member++) {
      const start = bytes.offset;
      const header = await readHeader(bytes);
      if (header === 'end') return;
      if (header !== 'ok') {
        if (member === 0) report.problem(header === 'short' ? 'truncated-archive' : 'corrupt-archive', start, 'gzip');
        // gzip itself lets zero padding pass, as tapes and block devices leave it
        else if (header !== 'zeros') report.problem('trailing-bytes', start, 'gzip');
        return;
      }
      const inflater = createInflater();
      while (!inflater.done && inflater.fault === undefined) {
        const piece = await bytes.some();
        if (piece.length === 0) break;
        const before = bytes.offset - piece.length - inflater.taken;
        for (const chunk of inflater.push(piece)) {
          state.packed = before + inflater.taken;
          yield chunk;
        }
        bytes.giveBack(inflater.left);
      }
      if (inflater.fault !== undefined)
        return report.problem('corrupt-archive', bytes.offset, `gzip, ${inflater.fault}`);
      const trailer = await bytes.take(8);
      if (!inflater.done || trailer.length < 8) return report.problem('truncated-archive', bytes.offset, 'gzip');
      const view = new DataView(trailer.buffer, trailer.byteOffset, 8);
      if (view.getUint32(0, true) !== inflater.crc || view.getUint32(4, true) !== inflater.size % 2 ** 32) {
        report.problem('corrupt-archive', bytes.offset - 8, 'gzip, CRC32');
      }
    }
  } finally {
    await bytes.close();
  }
}

/** Passes over a member's header. `zeros`: padding to the end. */
async function readHeader(bytes: Cursor): Promise<'ok' | 'end' | 'short' | 'other' | 'zeros'> {
  const fixed = (await bytes.take(10)).slice();
  if (fixed.length === 0) return 'end';
  if (!hasBytes(fixed, signature.slice(0, Math.min(3, fixed.length)))) {
    return (await onlyZeros(bytes, fixed)) ? 'zeros' : 'other';
  }
  if (fixed.length < 10) return 'short';
  const flags = fixed[3]!;
  if (flags & flag.reserved) return 'other';
  if (flags & flag.extra) {
    const length = await bytes.take(2);
    if (length.length < 2) return 'short';
    const extra = length[0]! | (length[1]! << 8);
    if ((await bytes.skip(extra)) < extra) return 'short';
  }
  for (const text of [flag.name, flag.comment]) {
    if (!(flags & text)) continue;
    for (let byte = await bytes.take(1); byte[0] !== 0; byte = await bytes.take(1)) {
      if (byte.length === 0) return 'short';
    }
  }
  if (flags & flag.headerCrc && (await bytes.skip(2)) < 2) return 'short';
  return 'ok';
}

async function onlyZeros(bytes: Cursor, first: Uint8Array): Promise<boolean> {
  for (let piece = first; piece.length > 0; piece = await bytes.some()) {
    if (piece.some((byte) => byte !== 0)) return false;
  }
  return true;
}
