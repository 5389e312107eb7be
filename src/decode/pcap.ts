/**
 * Classic pcap (draft-ietf-opsawg-pcap): a 24-byte header, `magic version(2+2) zone(4) sigfigs(4) snaplen(4) link(4)`,
 * then records `seconds(4) fraction(4) captured(4) length(4)` + bytes, all in the order of the capturing host. The magic
 * tells order and resolution: a1b2c3d4 µs, a1b23c4d ns, a1b2cd34 Kuznetzov's patch with 8 more bytes a record.
 */
import type { CaptureReader, CaptureSink } from './capture-file';
import { createFrame } from './layer';
import { byLinkType } from './link-type';

/** Longest packet (libpcap's MAXIMUM_SNAPLEN); USB and D-Bus have longer ones, which are passed over. */
export const maxPacket = 262_144;
export const maxSkipped = 128 * 2 ** 20;

export function createPcapReader(sink: CaptureSink): CaptureReader {
  const frame = createFrame();
  let little = true;
  let nano = false;
  let headerSize = 16;
  let state: 'head' | 'records' | 'stopped' = 'head';
  /** An incomplete record that began in an earlier chunk. */
  let carry = new Uint8Array(4096);
  let carried = 0;
  /** Bytes of an oversized record still to be passed over. */
  let skipping = 0;
  /** File offset behind the last chunk. */
  let behind = 0;

  /** Reads what stands at `at`; returns its size, or the size that it needs where it is not all there (negated). */
  const step = (bytes: Uint8Array, view: DataView, at: number, end: number, base: number): number => {
    if (state === 'head') return end - at < 24 ? -24 : head(view, at);
    if (end - at < headerSize) return -headerSize;
    const captured = view.getUint32(at + 8, little);
    if (captured > maxPacket) {
      if (captured > maxSkipped || byLinkType(frame.link) !== undefined) {
        sink.corrupt(base + at, `packet of ${String(captured)} bytes`);
        state = 'stopped';
        return end - at;
      }
      const size = headerSize + captured;
      frame.number++;
      sink.other();
      skipping = Math.max(0, size - (end - at));
      return Math.min(size, end - at);
    }
    const size = headerSize + captured;
    if (end - at < size) return -size;
    frame.bytes = bytes;
    frame.view = view;
    frame.base = base;
    frame.at = at + headerSize;
    frame.end = at + size;
    fill(view, at, base + at + headerSize, captured);
    sink.frame(frame);
    return size;
  };
  const fill = (view: DataView, at: number, offset: number, captured: number): void => {
    const fraction = view.getUint32(at + 4, little);
    frame.number++;
    frame.time = view.getUint32(at, little) * 1e6 + (nano ? Math.floor(fraction / 1000) : fraction);
    frame.offset = offset;
    frame.captured = captured;
    frame.length = view.getUint32(at + 12, little);
    frame.cut = captured < frame.length;
    frame.spans = undefined;
  };
  const head = (view: DataView, at: number): number => {
    let magic = view.getUint32(at, true);
    little = magic === 0xa1b2c3d4 || magic === 0xa1b23c4d || magic === 0xa1b2cd34;
    if (!little) magic = view.getUint32(at, false);
    nano = magic === 0xa1b23c4d;
    headerSize = magic === 0xa1b2cd34 ? 24 : 16;
    // the upper bits say whether frames carry a checksum
    frame.link = view.getUint32(at + 20, little) & 0xffff;
    sink.link(frame.link, 20);
    state = 'records';
    return 24;
  };
  const run = (bytes: Uint8Array, from: number, end: number, base: number): number => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = from;
    while (at < end && state !== 'stopped') {
      const size = step(bytes, view, at, end, base);
      if (size < 0) return at;
      at += size;
    }
    return state === 'stopped' ? end : at;
  };
  /** Size that the carried record needs, as far as its header tells. */
  const needed = (): number => {
    if (state === 'head') return 24;
    if (carried < headerSize) return headerSize;
    return headerSize + new DataView(carry.buffer).getUint32(8, little);
  };
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
      let at = Math.min(skipping, chunk.length);
      skipping -= at;
      while (carried > 0 && at < chunk.length && state !== 'stopped') {
        const take = Math.min(chunk.length - at, Math.min(needed(), headerSize + maxPacket) - carried);
        keep(chunk.subarray(at, at + take));
        at += take;
        const size = run(carry, 0, carried, base + at - carried);
        if (size > 0) carried = 0;
        const passed = Math.min(skipping, chunk.length - at);
        skipping -= passed;
        at += passed;
      }
      if (state === 'stopped') return;
      const done = run(chunk, at, chunk.length, base);
      if (done < chunk.length) keep(chunk.subarray(done));
    },
    end() {
      if (state === 'stopped') return;
      if (carried > 0 || skipping > 0) sink.truncated(behind - carried);
    },
  };
}
