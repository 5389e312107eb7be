/**
 * Classic pcap (draft-ietf-opsawg-pcap): a 24-byte header, `magic version(2+2) zone(4) sigfigs(4) snaplen(4) link(4)`,
 * then records `seconds(4) fraction(4) captured(4) length(4)` + bytes, all in the order of the capturing host. The magic
 * tells order and resolution: a1b2c3d4 µs, a1b23c4d ns, a1b2cd34 Kuznetzov's patch with 8 more bytes a record. snoop
 * (RFC 1761): `"snoop"\0\0\0 version(4) link(4)`, then `length(4) captured(4) record(4) drops(4) seconds(4) µs(4)` + bytes.
 */
import type { CaptureReader, CaptureSink } from './capture-file';
import { createCarry } from './carry';
import { createFrame } from './layer';
import { byLinkType } from './link-type';

/** Longest packet (libpcap's MAXIMUM_SNAPLEN); USB and D-Bus have longer ones, which are passed over. */
export const maxPacket = 262_144;
export const maxSkipped = 128 * 2 ** 20;
/** Seconds that packets of one file lie apart at most, where a header is looked for behind damage. */
const maxApart = 7 * 86_400;

/** snoop's datalink numbers (RFC 1761) that have a LINKTYPE: Ethernet, IEEE 802.3. */
const ofSnoop: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [4, 1],
]);

export function createPcapReader(sink: CaptureSink, form: 'pcap' | 'snoop' = 'pcap'): CaptureReader {
  const frame = createFrame();
  const isSnoop = form === 'snoop';
  let little = !isSnoop;
  let nano = false;
  let headerSize = isSnoop ? 24 : 16;
  let state: 'head' | 'records' | 'lost' = 'head';
  /** Where damage begins, and what it looks like. */
  let lostAt = 0;
  let fault = '';

  const head = (view: DataView, at: number): number => {
    state = 'records';
    if (isSnoop) {
      frame.link = ofSnoop.get(view.getUint32(at + 12)) ?? -1;
      sink.link(frame.link, 12);
      return 16;
    }
    let magic = view.getUint32(at, true);
    little = magic === 0xa1b2c3d4 || magic === 0xa1b23c4d || magic === 0xa1b2cd34;
    if (!little) magic = view.getUint32(at, false);
    nano = magic === 0xa1b23c4d;
    headerSize = magic === 0xa1b2cd34 ? 24 : 16;
    // the upper bits say whether frames carry a checksum
    frame.link = view.getUint32(at + 20, little) & 0xffff;
    sink.link(frame.link, 20);
    return 24;
  };
  const capturedAt = (view: DataView, at: number): number => view.getUint32(at + (isSnoop ? 4 : 8), little);
  const lengthAt = (view: DataView, at: number): number => view.getUint32(at + (isSnoop ? 0 : 12), little);
  const secondsAt = (view: DataView, at: number): number => view.getUint32(at + (isSnoop ? 16 : 0), little);
  const fractionAt = (view: DataView, at: number): number => view.getUint32(at + (isSnoop ? 20 : 4), little);
  const sizeAt = (view: DataView, at: number): number => {
    const least = headerSize + capturedAt(view, at);
    return isSnoop ? Math.max(least, view.getUint32(at + 8)) : least;
  };
  /** May a record header stand here? Asked behind damage only, so it is strict. */
  const isPlausible = (view: DataView, at: number): boolean => {
    const captured = capturedAt(view, at);
    const apart = Math.abs(secondsAt(view, at) - frame.time / 1e6);
    return (
      captured > 0 &&
      captured <= lengthAt(view, at) &&
      lengthAt(view, at) <= maxPacket &&
      sizeAt(view, at) <= headerSize + captured + (isSnoop ? 64 : 0) &&
      fractionAt(view, at) < (nano ? 1e9 : 1e6) &&
      !(apart > maxApart)
    );
  };
  /** Two headers, one behind the other (or the end of the file), are where records go on. */
  const search = (view: DataView, from: number, end: number, base: number, last: boolean): number => {
    for (let at = from; ; at++) {
      if (end - at < headerSize) return at > from ? at - from : last ? end - from : -headerSize;
      if (base + at === lostAt || !isPlausible(view, at)) continue;
      const next = at + sizeAt(view, at);
      if (next + headerSize > end && !last) return at > from ? at - from : -(next + headerSize - from);
      if (next + headerSize > end ? next !== end : !isPlausible(view, next)) continue;
      sink.skipped?.(lostAt, base + at - lostAt);
      state = 'records';
      return at > from ? at - from : record(view, at, end, base);
    }
  };
  let bytes = frame.bytes;
  const record = (view: DataView, at: number, end: number, base: number): number => {
    const captured = capturedAt(view, at);
    const size = sizeAt(view, at);
    if (captured > maxPacket || size > headerSize + captured + maxPacket) {
      if (size <= maxSkipped && byLinkType(frame.link) === undefined) {
        frame.number++;
        sink.other();
        return size;
      }
      lostAt = base + at;
      fault = `packet of ${String(captured)} bytes`;
      state = 'lost';
      return 1;
    }
    if (end - at < size) return -size;
    give(view, at, captured, base);
    return size;
  };
  const give = (view: DataView, at: number, captured: number, base: number): void => {
    frame.number++;
    frame.bytes = bytes;
    frame.view = view;
    frame.base = base;
    frame.at = at + headerSize;
    frame.end = frame.at + captured;
    const fraction = fractionAt(view, at);
    frame.time = secondsAt(view, at) * 1e6 + (nano ? Math.floor(fraction / 1000) : fraction);
    frame.offset = base + frame.at;
    frame.captured = captured;
    frame.length = lengthAt(view, at);
    frame.cut = captured < frame.length;
    frame.spans = undefined;
    sink.frame(frame);
  };
  /** Whole records, one behind the other; gives their bytes. */
  const plainRecords = (view: DataView, from: number, end: number, base: number): number => {
    let at = from;
    for (const last = end - headerSize; at <= last;) {
      const captured = view.getUint32(at + 8, little);
      if (captured > maxPacket || captured > last - at) break;
      give(view, at, captured, base);
      at += headerSize + captured;
    }
    return at - from;
  };
  let seen = 0;
  const carry = createCarry({
    step(all, view, at, end, base, last) {
      bytes = all;
      if (state === 'head') {
        const size = isSnoop ? 16 : 24;
        return end - at < size ? -size : head(view, at);
      }
      if (state === 'lost') return search(view, at, end, base, last);
      const plain = isSnoop ? 0 : plainRecords(view, at, end, base);
      if (plain > 0) return plain;
      return end - at < headerSize ? -headerSize : record(view, at, end, base);
    },
    left: (offset) => {
      if (state !== 'lost') sink.truncated(offset);
    },
  });
  return {
    push(chunk) {
      seen += chunk.length;
      carry.push(chunk);
    },
    end() {
      carry.end();
      if (state === 'lost') sink.corrupt(lostAt, `${fault}, ${String(seen - lostAt)} bytes not read`);
    },
  };
}
