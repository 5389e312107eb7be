/**
 * pcapng (draft-ietf-opsawg-pcapng): blocks `type(4) length(4) body length(4)`. A section header (0a0d0d0a, magic
 * 1a2b3c4d) sets the byte order; interface descriptions (1) give link type, `if_tsresol` (9) and `if_tsoffset` (14);
 * packets are enhanced (6), simple (3, without time) or obsolete (2) blocks. Blocks of other types are passed over.
 */
import type { CaptureReader, CaptureSink } from './capture-file';
import { createFrame } from './layer';
import { maxPacket, maxSkipped } from './pcap';
import { createTicks, type Ticks } from './ticks';

interface Interface {
  readonly link: number;
  readonly snaplen: number;
  readonly ticks: Ticks;
}

const block = {
  section: 0x0a0d0d0a,
  interface: 1,
  obsolete: 2,
  simple: 3,
  enhanced: 6,
  journal: 9,
  custom: 0xbad,
  customKept: 0x40000bad,
} as const;
/** A block that is read has a packet of at most 256 KiB, and options. */
const maxBlock = 2 ** 21;
const maxInterfaces = 65_536;

export function createPcapngReader(sink: CaptureSink): CaptureReader {
  const frame = createFrame();
  let little = true;
  let interfaces: Interface[] = [];
  let stopped = false;
  let carry = new Uint8Array(4096);
  let carried = 0;
  let skipping = 0;
  let behind = 0;

  const corrupt = (offset: number, detail: string): number => {
    sink.corrupt(offset, detail);
    stopped = true;
    return 0;
  };
  /** Size of the block at `at`, 0 = damaged, or the negated size that is needed to tell more. */
  const step = (bytes: Uint8Array, view: DataView, at: number, end: number, base: number): number => {
    if (end - at < 8) return -8;
    const type = view.getUint32(at, little);
    if (type === block.section) {
      // the length can only be read once the magic behind it has told the order
      if (end - at < 12) return -12;
      const magic = view.getUint32(at + 8, true);
      if (magic !== 0x1a2b3c4d && magic !== 0x4d3c2b1a) return corrupt(base + at, 'section header');
      little = magic === 0x1a2b3c4d;
    }
    const size = view.getUint32(at + 4, little);
    if (size < 12) return corrupt(base + at, `block of ${String(size)} bytes`);
    // lengths are multiples of 4; some writers forget the padding in them
    const padded = size + ((4 - (size % 4)) % 4);
    const isRead =
      type === block.section ||
      type === block.interface ||
      type === block.enhanced ||
      type === block.simple ||
      type === block.obsolete;
    if (isRead ? size > maxBlock && size > maxSkipped : size > 2 ** 30) {
      return corrupt(base + at, `block of ${String(size)} bytes`);
    }
    if (!isRead || size > maxBlock) {
      if (isRead || type === block.journal || type === block.custom || type === block.customKept) {
        // Wireshark gives these a frame number too
        frame.number++;
        sink.other();
      }
      skipping = Math.max(0, padded - (end - at));
      return Math.min(padded, end - at);
    }
    if (end - at < padded) return -padded;
    if (view.getUint32(at + padded - 4, little) !== size) return corrupt(base + at, 'block lengths differ');
    read(type, bytes, view, at, at + padded - 4, base);
    return padded;
  };
  const read = (type: number, bytes: Uint8Array, view: DataView, at: number, end: number, base: number): void => {
    const body = at + 8;
    switch (type) {
      case block.section:
        interfaces = [];
        return;
      case block.interface:
        if (interfaces.length < maxInterfaces && end - body >= 8) describe(view, body, end, base);
        return;
      case block.enhanced:
        if (end - body < 20) return;
        packet(view.getUint32(body, little), view, body + 4, body + 20, end);
        break;
      case block.obsolete:
        if (end - body < 20) return;
        packet(view.getUint16(body, little), view, body + 4, body + 20, end);
        break;
      case block.simple: {
        if (end - body < 4) return;
        const one = interfaces[0];
        const length = view.getUint32(body, little);
        frame.time = NaN;
        frame.link = one?.link ?? -1;
        frame.length = length;
        frame.captured = Math.min(length, end - body - 4, one && one.snaplen > 0 ? one.snaplen : length);
        frame.at = body + 4;
        break;
      }
    }
    frame.number++;
    frame.bytes = bytes;
    frame.view = view;
    frame.base = base;
    frame.offset = base + frame.at;
    frame.end = frame.at + frame.captured;
    frame.cut = frame.captured < frame.length;
    frame.spans = undefined;
    sink.frame(frame);
  };
  const packet = (id: number, view: DataView, at: number, data: number, end: number): void => {
    const one = interfaces[id];
    frame.link = one?.link ?? -1;
    frame.time = one ? one.ticks(view.getUint32(at, little), view.getUint32(at + 4, little)) : NaN;
    frame.captured = Math.min(view.getUint32(at + 8, little), end - data, maxPacket);
    frame.length = view.getUint32(at + 12, little);
    frame.at = data;
  };
  const describe = (view: DataView, body: number, end: number, base: number): void => {
    let resolution = 6;
    let offset = 0;
    for (let at = body + 8; at + 4 <= end;) {
      const code = view.getUint16(at, little);
      const length = view.getUint16(at + 2, little);
      if (code === 0 || at + 4 + length > end) break;
      if (code === 9 && length >= 1) resolution = view.getUint8(at + 4);
      if (code === 14 && length >= 8) offset = Number(view.getBigInt64(at + 4, little));
      at += 4 + length + ((4 - (length % 4)) % 4);
    }
    const link = view.getUint16(body, little);
    interfaces.push({ link, snaplen: view.getUint32(body + 4, little), ticks: createTicks(resolution, offset) });
    sink.link(link, base + body);
  };
  const run = (bytes: Uint8Array, from: number, end: number, base: number): number => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = from;
    while (at < end && !stopped) {
      const size = step(bytes, view, at, end, base);
      if (size < 0) {
        missing = -size;
        return at;
      }
      at += size;
    }
    return stopped ? end : at;
  };
  /** Bytes that the carried block needs before it can be looked at again. */
  let missing = 8;
  const keep = (bytes: Uint8Array): void => {
    if (carry.length < carried + bytes.length) {
      const larger = new Uint8Array(Math.max(carry.length * 2, carried + bytes.length));
      larger.set(carry.subarray(0, carried));
      carry = larger;
    }
    carry.set(bytes, carried);
    carried += bytes.length;
  };

  return {
    push(chunk) {
      const base = behind;
      behind += chunk.length;
      if (stopped) return;
      let at = Math.min(skipping, chunk.length);
      skipping -= at;
      while (carried > 0 && at < chunk.length && !stopped) {
        const take = Math.min(chunk.length - at, missing - carried);
        keep(chunk.subarray(at, at + take));
        at += take;
        if (carried < missing) return;
        const size = run(carry, 0, carried, base + at - carried);
        if (size > 0) carried = 0;
        const passed = Math.min(skipping, chunk.length - at);
        skipping -= passed;
        at += passed;
      }
      if (stopped) return;
      const done = run(chunk, at, chunk.length, base);
      if (done < chunk.length) keep(chunk.subarray(done));
    },
    end() {
      if (!stopped && (carried > 0 || skipping > 0)) sink.truncated(behind - carried);
    },
  };
}
