/**
 * pcapng (draft-ietf-opsawg-pcapng): blocks `type(4) length(4) body length(4)`. A section header (0a0d0d0a, magic
 * 1a2b3c4d) sets the byte order; interface descriptions (1) give link type, `if_tsresol` (9) and `if_tsoffset` (14);
 * packets are enhanced (6), simple (3, without time) or obsolete (2) blocks. Interface statistics (5) say how many packets
 * the capture dropped (`isb_ifdrop`, 5, and `isb_osdrop`, 7), name resolution (4) how hosts are called, comments
 * (`opt_comment`, 1) what somebody wrote beside a packet, a section or an interface. Secrets of TLS (10) are counted and not
 * read. Blocks of other types are passed over.
 */
import { formatAddress } from './address';
import type { CaptureReader, CaptureSink } from './capture-file';
import { createCarry } from './carry';
import { createFrame } from './layer';
import { maxPacket, maxSkipped } from './pcap';
import { createTicks, type Ticks } from './ticks';

interface Interface {
  readonly link: number;
  readonly snaplen: number;
  readonly ticks: Ticks;
  /** By the last statistics. */
  dropped: number;
}

const block = {
  section: 0x0a0d0d0a,
  interface: 1,
  obsolete: 2,
  simple: 3,
  names: 4,
  statistics: 5,
  enhanced: 6,
  journal: 9,
  secrets: 10,
  custom: 0xbad,
  customKept: 0x40000bad,
} as const;
/** A block that is read has a packet of at most 256 KiB, and options. */
const maxBlock = 2 ** 21;
const maxInterfaces = 65_536;
/** Names and statistics beyond it are passed over. */
const maxAside = 2 ** 20;
const maxComment = 1024;
const maxName = 255;
const readTypes: ReadonlySet<number> = new Set([
  block.section,
  block.interface,
  block.enhanced,
  block.simple,
  block.obsolete,
]);
const knownTypes: ReadonlySet<number> = new Set([
  ...readTypes,
  block.names,
  block.statistics,
  block.journal,
  block.secrets,
]);
const utf8 = new TextDecoder();

export function createPcapngReader(sink: CaptureSink): CaptureReader {
  const frame = createFrame();
  let little = true;
  let interfaces: Interface[] = [];
  /** Where damage begins, −1 = none, and what it looks like. */
  let lostAt = -1;
  let fault = '';

  const lose = (offset: number, detail: string): number => {
    lostAt = offset;
    fault = detail;
    return 1;
  };
  /** Size of the block at `at`; negated, the size that is needed to tell more. */
  const step = (bytes: Uint8Array, view: DataView, at: number, end: number, base: number, last: boolean): number => {
    if (lostAt >= 0) return search(bytes, view, at, end, base, last);
    if (end - at < 8) return -8;
    const type = view.getUint32(at, little);
    if (type === block.section) {
      // the length can only be read once the magic behind it has told the order
      if (end - at < 12) return -12;
      const magic = view.getUint32(at + 8, true);
      if (magic !== 0x1a2b3c4d && magic !== 0x4d3c2b1a) return lose(base + at, 'section header');
      little = magic === 0x1a2b3c4d;
    }
    const size = view.getUint32(at + 4, little);
    if (size < 12) return lose(base + at, `block of ${String(size)} bytes`);
    // lengths are multiples of 4; some writers forget the padding in them
    const padded = size + ((4 - (size % 4)) % 4);
    const isRead = readTypes.has(type);
    if (isRead ? size > maxSkipped : size > 2 ** 30) return lose(base + at, `block of ${String(size)} bytes`);
    if ((type === block.statistics || type === block.names) && size <= maxAside) {
      if (end - at < padded) return -padded;
      if (view.getUint32(at + padded - 4, little) !== size) return padded;
      if (type === block.statistics) statistics(view, at + 8, at + padded - 4, base + at);
      else names(bytes, view, at + 8, at + padded - 4, base);
      return padded;
    }
    if (type === block.secrets) sink.secrets?.(base + at);
    if (!isRead || size > maxBlock) {
      if (isRead || type === block.journal || type === block.custom || type === block.customKept) {
        // Wireshark gives these a frame number too
        frame.number++;
        sink.other();
      }
      return padded;
    }
    if (end - at < padded) return -padded;
    if (view.getUint32(at + padded - 4, little) !== size) return lose(base + at, 'block lengths differ');
    read(type, bytes, view, at, at + padded - 4, base);
    return padded;
  };
  /** Behind damage: a block of a known type whose two lengths are equal. */
  const search = (
    bytes: Uint8Array,
    view: DataView,
    from: number,
    end: number,
    base: number,
    last: boolean,
  ): number => {
    for (let at = from; ; at++) {
      if (end - at < 12) return at > from ? at - from : last ? end - from : -12;
      if (base + at === lostAt) continue;
      const type = view.getUint32(at, little);
      const isSection = type === block.section;
      const order = isSection ? view.getUint32(at + 8, true) : 0;
      if (isSection ? order !== 0x1a2b3c4d && order !== 0x4d3c2b1a : !knownTypes.has(type)) continue;
      const size = view.getUint32(at + 4, isSection ? order === 0x1a2b3c4d : little);
      if (size < 12 || size % 4 !== 0 || size > maxBlock) continue;
      if (end - at < size) {
        if (last) continue;
        return at > from ? at - from : -size;
      }
      if (view.getUint32(at + size - 4, isSection ? order === 0x1a2b3c4d : little) !== size) continue;
      sink.skipped?.(lostAt, base + at - lostAt);
      lostAt = -1;
      return at > from ? at - from : step(bytes, view, at, end, base, last);
    }
  };
  const read = (type: number, bytes: Uint8Array, view: DataView, at: number, end: number, base: number): void => {
    const body = at + 8;
    let comment = '';
    switch (type) {
      case block.section:
        interfaces = [];
        remark(bytes, view, body + 16, end, base + at);
        return;
      case block.interface:
        if (interfaces.length < maxInterfaces && end - body >= 8) {
          describe(view, body, end, base);
          remark(bytes, view, body + 8, end, base + at);
        }
        return;
      case block.enhanced:
        if (end - body < 20) return;
        packet(view.getUint32(body, little), view, body + 4, body + 20, end);
        comment = commentIn(bytes, view, body + 20 + frame.captured + ((4 - (frame.captured % 4)) % 4), end);
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
    // a packet that is no IP has no source: not that of the packet before it
    if (comment) frame.source.fill(0);
    sink.frame(frame);
    if (comment) sink.comment?.(comment, base + at, frame);
  };
  /** The comment of a block that is no packet. */
  const remark = (bytes: Uint8Array, view: DataView, at: number, end: number, offset: number): void => {
    const comment = commentIn(bytes, view, at, end);
    if (comment) sink.comment?.(comment, offset);
  };
  const commentIn = (bytes: Uint8Array, view: DataView, options: number, end: number): string => {
    let comment = '';
    eachOption(view, options, end, (code, at, length) => {
      if (code === 1 && !comment) comment = utf8.decode(bytes.subarray(at, at + Math.min(length, maxComment)));
    });
    return comment;
  };
  /** Records `type(2) length(2) value`: 1 = IPv4, 2 = IPv6, each with names that end with a zero byte; 0 = the last. */
  const names = (bytes: Uint8Array, view: DataView, body: number, end: number, base: number): void => {
    eachOption(view, body, end, (type, at, length) => {
      const size = type === 1 ? 4 : type === 2 ? 16 : 0;
      if (size === 0 || length <= size) return;
      const words = new Uint32Array([0, 0, 0xffff, 0]);
      // addresses are in network order whatever the order of the section
      for (let n = 0; n < size; n += 4) words[4 - size / 4 + n / 4] = view.getUint32(at + n);
      const stop = bytes.indexOf(0, at + size);
      const to = stop < 0 || stop > at + length ? at + length : stop;
      const name = utf8.decode(bytes.subarray(at + size, Math.min(to, at + size + maxName)));
      if (name) sink.name?.(formatAddress(words), name, base + at);
    });
  };
  const eachOption = (
    view: DataView,
    from: number,
    end: number,
    take: (code: number, at: number, length: number) => void,
  ): void => {
    for (let at = from; at + 4 <= end;) {
      const code = view.getUint16(at, little);
      const length = view.getUint16(at + 2, little);
      if (code === 0 || at + 4 + length > end) return;
      take(code, at + 4, length);
      at += 4 + length + ((4 - (length % 4)) % 4);
    }
  };
  const packet = (id: number, view: DataView, at: number, data: number, end: number): void => {
    const one = interfaces[id];
    frame.link = one?.link ?? -1;
    frame.time = one ? one.ticks(view.getUint32(at, little), view.getUint32(at + 4, little)) : NaN;
    frame.captured = Math.min(view.getUint32(at + 8, little), end - data, maxPacket);
    frame.length = view.getUint32(at + 12, little);
    frame.at = data;
  };
  /** Counts run on from one block to the next. */
  const statistics = (view: DataView, body: number, end: number, offset: number): void => {
    const one = end - body >= 12 ? interfaces[view.getUint32(body, little)] : undefined;
    if (!one) return;
    let dropped = 0;
    eachOption(view, body + 12, end, (code, at, length) => {
      if ((code === 5 || code === 7) && length === 8) dropped += Number(view.getBigUint64(at, little));
    });
    if (dropped <= one.dropped) return;
    sink.dropped?.(offset, dropped - one.dropped);
    one.dropped = dropped;
  };
  const describe = (view: DataView, body: number, end: number, base: number): void => {
    let resolution = 6;
    let offset = 0;
    eachOption(view, body + 8, end, (code, at, length) => {
      if (code === 9 && length >= 1) resolution = view.getUint8(at);
      if (code === 14 && length >= 8) offset = Number(view.getBigInt64(at, little));
    });
    const link = view.getUint16(body, little);
    interfaces.push({
      link,
      snaplen: view.getUint32(body + 4, little),
      ticks: createTicks(resolution, offset),
      dropped: 0,
    });
    sink.link(link, base + body);
  };
  let seen = 0;
  const carry = createCarry({
    step,
    left: (offset) => {
      if (lostAt < 0) sink.truncated(offset);
    },
  });
  return {
    push(chunk) {
      seen += chunk.length;
      carry.push(chunk);
    },
    end() {
      carry.end();
      if (lostAt >= 0) sink.corrupt(lostAt, `${fault}, ${String(seen - lostAt)} bytes not read`);
    },
  };
}
