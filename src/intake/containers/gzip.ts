/**
 * gzip, RFC 1952: `1F 8B 08`, flags, time, extra flags, system, [extra, name, comment, header CRC], DEFLATE data,
 * CRC32, size. Several members may follow one another. The browser's own decoder is twice as fast but refuses several
 * members and drops what it had; so it goes first where the bytes can be read again, and fflate reads the rest.
 */
import { crc32 } from '../../base/crc32';
import { same } from '../../text/text';
import { after, cursor, type Cursor } from '../chunks';
import { createInflater } from '../inflate';
import { bySignature, byName, hasBytes } from '../sniffing';
import { readSlice, slices } from '../source';
import { container, type Chunks, type ContainerInput, type ContainerReport } from './container';

const signature = [0x1f, 0x8b, 0x08];
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
  const { atRest } = input;
  if (!atRest || typeof DecompressionStream === 'undefined') {
    yield* inflateMembers(input.chunks(), report, state);
    return;
  }
  const native = new DecompressionStream('gzip');
  const pump = feed(native.writable.getWriter(), input.chunks(), state);
  const reader = native.readable.getReader();
  let delivered = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      delivered += value.length;
      yield value;
    }
    if (await endsWithSize(atRest, delivered)) return;
  } catch {
    // several members, trailing bytes, damage: read again from the start by the slower reader, which tells which
  } finally {
    await reader.cancel().catch(() => undefined);
    await pump;
  }
  state.packed = 0;
  yield* after(delivered, inflateMembers(slices(atRest), report, state));
}

/** One member and nothing behind it: the last four bytes are its size. */
async function endsWithSize(blob: Blob, size: number): Promise<boolean> {
  const last = await readSlice(blob, Math.max(0, blob.size - 4), 4);
  return last.length === 4 && new DataView(last.buffer).getUint32(0, true) === size % 2 ** 32;
}

/** Never rejects: a fault shows at the reading side. */
async function feed(writer: WritableStreamDefaultWriter<BufferSource>, chunks: Chunks, state: State): Promise<void> {
  try {
    for await (const chunk of chunks) {
      await writer.write(chunk as BufferSource);
      state.packed += chunk.length;
    }
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => undefined);
  }
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
      let crc = 0;
      let size = 0;
      let kept = 0;
      while (!inflater.done && inflater.fault === undefined) {
        const piece = await bytes.some();
        if (piece.length === 0) break;
        for (const chunk of inflater.push(piece)) {
          crc = crc32(chunk, crc);
          size += chunk.length;
          yield chunk;
        }
        kept = inflater.done ? inflater.left : 0;
        bytes.giveBack(kept);
        state.packed = bytes.offset;
      }
      if (inflater.fault !== undefined)
        return report.problem('corrupt-archive', bytes.offset, `gzip, ${inflater.fault}`);
      const trailer = await bytes.take(8);
      if (!inflater.done || trailer.length < 8) return report.problem('truncated-archive', bytes.offset, 'gzip');
      const view = new DataView(trailer.buffer, trailer.byteOffset, 8);
      if (view.getUint32(0, true) !== crc || view.getUint32(4, true) !== size % 2 ** 32) {
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
