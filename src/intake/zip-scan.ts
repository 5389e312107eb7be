/**
 * A zip without its directory: cut while it was sent. Members are read by their local headers (APPNOTE 4.3.7) as far as
 * they go:
 *
 *   PK\3\4 4 version 6 flags 8 method 10 time 14 crc 18 packed 22 size 26 name 28 extra
 *
 * With flag 8 the sizes stand behind the data, in a descriptor `[PK\7\8] crc packed size`; deflated data says where it
 * ends, stored data does not.
 */
import { cursor, noChunks, type Cursor } from './chunks';
import type { ContainerReport, Member } from './containers/container';
import { createInflater, createStored } from './inflate';
import { hasBytes } from './sniffing';
import { readSlice, sliceSize } from './source';
import { faultOf, readExtra, wide, zipName, zipSignature } from './zip-directory';

export async function* scanMembers(blob: Blob, report: ContainerReport): AsyncGenerator<Member> {
  const bytes = cursor(slices(blob));
  let found = 0;
  for (;;) {
    const start = bytes.offset;
    const fixed = (await bytes.take(30)).slice();
    if (fixed.length < 30 || !hasBytes(fixed, zipSignature.local)) {
      // the directory begins here, or nothing comes any more
      const code = found > 0 || fixed.length < 30 ? 'truncated-archive' : 'corrupt-archive';
      report.problem(code, start, 'zip, no directory at its end');
      return;
    }
    found++;
    const member = await readMember(fixed, bytes, report);
    yield member.listed;
    if (!(await member.finish())) return;
  }
}

async function* slices(blob: Blob): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < blob.size; at += sliceSize) yield await readSlice(blob, at, sliceSize);
}

/** `finish` passes over what was not read; false where the next header cannot be found. */
async function readMember(
  fixed: Uint8Array,
  bytes: Cursor,
  report: ContainerReport,
): Promise<{ listed: Member; finish: () => Promise<boolean> }> {
  const view = new DataView(fixed.buffer);
  const flags = view.getUint16(6, true);
  const method = view.getUint16(8, true);
  const raw = (await bytes.take(view.getUint16(26, true))).slice();
  const extra = readExtra((await bytes.take(view.getUint16(28, true))).slice());
  const { values, zip64 } = wide(extra, [view.getUint32(22, true), view.getUint32(18, true)]);
  const [size, packed] = values as [number, number];
  const name = zipName(raw, flags, extra);
  const later = (flags & 8) !== 0 && packed === 0;
  const fault = faultOf({ flags, method });
  const data = bytes.offset;
  const type = name.endsWith('/') ? 'folder' : 'file';
  let taken = 0;
  let state: 'unread' | 'read' | 'lost' = 'unread';
  async function* chunks(): AsyncGenerator<Uint8Array> {
    state = 'lost';
    const inflater = method === 0 ? createStored() : createInflater();
    for (let left = later ? Infinity : packed; left > 0 && !inflater.done;) {
      const piece = await bytes.some();
      if (piece.length === 0) return report.problem('truncated-archive', bytes.offset, `zip, ${name}`);
      const used = piece.subarray(0, left);
      const before = bytes.offset - piece.length - inflater.taken;
      for (const chunk of inflater.push(used)) {
        taken = before + inflater.taken - data;
        yield chunk;
      }
      bytes.giveBack(piece.length - used.length + inflater.left);
      left -= used.length;
      if (inflater.fault !== undefined) {
        return report.problem('corrupt-archive', bytes.offset, `zip, ${name}, ${inflater.fault}`);
      }
    }
    if (method === 8 && !inflater.done) report.problem('truncated-archive', bytes.offset, `zip, ${name}`);
    const told = later ? await descriptor(bytes, zip64) : view.getUint32(14, true);
    if (told !== inflater.crc) report.problem('corrupt-archive', data, `zip, ${name}, CRC32`);
    state = 'read';
  }
  const readable = !fault && type === 'file' && !(later && method === 0);
  const unsized: Member['fault'] =
    later && method === 0 && !fault ? { code: 'corrupt-archive', detail: 'zip, stored without a size' } : undefined;
  const refused = fault ?? unsized;
  return {
    listed: {
      name,
      type,
      bytes: size,
      ...(refused ? { fault: refused } : {}),
      packed: () => Math.max(1, taken),
      chunks: readable ? chunks : noChunks,
    },
    async finish() {
      if (state === 'unread' && readable) for await (const _ of chunks());
      else if (state === 'unread') {
        if (later) return false;
        await bytes.skip(packed);
        return true;
      }
      return state === 'read';
    },
  };
}

/** The CRC of a data descriptor, whose signature is optional. */
async function descriptor(bytes: Cursor, zip64: boolean): Promise<number> {
  let first = (await bytes.take(4)).slice();
  if (hasBytes(first, zipSignature.descriptor)) first = (await bytes.take(4)).slice();
  await bytes.skip(zip64 ? 16 : 8);
  return first.length === 4 ? new DataView(first.buffer).getUint32(0, true) : NaN;
}
