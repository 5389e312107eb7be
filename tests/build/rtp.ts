/** Draws media packets: RTP, telephone events, RTCP, STUN. */
import type { DrawnPacket } from './pcap';

export interface DrawnRtp {
  readonly sequence: number;
  readonly stamp: number;
  readonly ssrc?: number;
  readonly type?: number;
  readonly marker?: boolean;
  readonly payload?: Uint8Array;
}

export function rtp({ sequence, stamp, ssrc = 0x1234, type = 8, marker = false, payload }: DrawnRtp): Uint8Array {
  const body = payload ?? new Uint8Array(160).fill(0xd5);
  const bytes = new Uint8Array(12 + body.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 0x80);
  view.setUint8(1, type | (marker ? 128 : 0));
  view.setUint16(2, sequence & 0xffff);
  view.setUint32(4, stamp >>> 0);
  view.setUint32(8, ssrc);
  bytes.set(body, 12);
  return bytes;
}

/** RFC 4733 payload. */
export const tone = (event: number, duration: number, isEnd = false): Uint8Array =>
  Uint8Array.of(event, isEnd ? 0x8a : 0x0a, duration >> 8, duration & 255);

export interface DrawnStream {
  readonly from: string;
  readonly to: string;
  /** Seconds since the epoch. */
  readonly start: number;
  readonly packets: number;
  readonly ssrc?: number;
  readonly type?: number;
  readonly first?: number;
  /** Numbers of packets (from 0) that are missing. */
  readonly without?: readonly number[];
  readonly size?: number;
}

/** A stream of 20 ms packets. */
export function stream(drawn: DrawnStream): DrawnPacket[] {
  const { from, to, start, packets, ssrc = 0x1234, type = 8, first = 100, without = [], size = 160 } = drawn;
  return Array.from({ length: packets }, (_, n) => n)
    .filter((n) => !without.includes(n))
    .map((n) => ({
      time: start + n * 0.02,
      from,
      to,
      transport: 'udp' as const,
      payload: rtp({ sequence: first + n, stamp: n * 160, ssrc, type, payload: new Uint8Array(size) }),
    }));
}

/** A receiver report (RFC 3550 §6.4.2) with one block. */
export function receiverReport(ssrc: number, fraction: number, lost: number, jitter: number): Uint8Array {
  const bytes = new Uint8Array(32);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x81c90007);
  view.setUint32(4, 0x9999);
  view.setUint32(8, ssrc);
  view.setUint32(12, ((fraction << 24) | (lost & 0xffffff)) >>> 0);
  view.setUint32(20, jitter);
  return bytes;
}

/** A STUN message (RFC 8489 §5) of a type with attributes `[type, value]`. */
export function stun(type: number, attributes: readonly (readonly [number, Uint8Array])[] = []): Uint8Array {
  const padded = attributes.map(([name, value]) => {
    const part = new Uint8Array(4 + Math.ceil(value.length / 4) * 4);
    new DataView(part.buffer).setUint32(0, name * 65_536 + value.length);
    part.set(value, 4);
    return part;
  });
  const length = padded.reduce((sum, part) => sum + part.length, 0);
  const bytes = new Uint8Array(20 + length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, type * 65_536 + length);
  view.setUint32(4, 0x2112a442);
  let at = 20;
  for (const part of padded) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
