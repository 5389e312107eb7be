/**
 * Writes pcapng (draft-ietf-opsawg-pcapng §4): one section header, one interface description for each link type, then
 * enhanced packets. No comments, names, statistics or secrets: only what the packets are.
 *
 *   0a0d0d0a 28 1a2b3c4d 1.0 -1 28 · 1 len link snaplen [if_tsresol 9] len · 6 len interface high low captured length bytes len
 */
export interface PacketOut {
  readonly link: number;
  /** µs since the epoch, NaN where the source has none (0 is written), and ns beyond them. */
  readonly time: number;
  readonly nanos: number;
  readonly bytes: Uint8Array;
  /** Bytes on the wire. */
  readonly length: number;
}

export function writePcapng(packets: readonly PacketOut[]): Uint8Array<ArrayBuffer> {
  const links = [...new Set(packets.map(({ link }) => link))];
  const inNanos = packets.some(({ nanos }) => nanos > 0);
  const head = 28 + links.length * 32;
  const size = packets.reduce((sum, { bytes }) => sum + 32 + padded(bytes.length), head);
  const result = new Uint8Array(size);
  const view = new DataView(result.buffer);
  const words = (at: number, ...values: readonly number[]): void =>
    values.forEach((value, n) => view.setUint32(at + n * 4, value, true));
  words(0, 0x0a0d0d0a, 28, 0x1a2b3c4d, 1, 0xffffffff, 0xffffffff, 28);
  links.forEach((link, n) => {
    // option 9 is if_tsresol: 6 = µs, 9 = ns
    words(28 + n * 32, 1, 32, link, 262_144, 9 | (1 << 16), inNanos ? 9 : 6, 0, 32);
  });
  let at = head;
  for (const { link, time, nanos, bytes, length } of packets) {
    const block = 32 + padded(bytes.length);
    const micros = BigInt(Number.isFinite(time) ? Math.max(0, Math.floor(time)) : 0);
    const ticks = inNanos ? micros * 1000n + BigInt(nanos) : micros;
    words(at, 6, block, links.indexOf(link), Number(ticks >> 32n), Number(ticks & 0xffffffffn), bytes.length, length);
    result.set(bytes, at + 28);
    view.setUint32(at + block - 4, block, true);
    at += block;
  }
  return result;
}

const padded = (length: number): number => length + ((4 - (length % 4)) % 4);
