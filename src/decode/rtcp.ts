/**
 * RTCP (RFC 3550 §6) and its extended reports (RFC 3611 §4.7): a chain of `version+padding+count type(1) length(2)`:
 *
 *     81 c9 00 07  reporter(4)  ssrc(4) fraction(1) lost(3) highest(4) jitter(4) lsr(4) dlsr(4)
 *
 * Values are read only where the lengths of the chain end where the datagram ends: what is encrypted (SRTCP, RFC 3711
 * §3.4) has a tail behind it and parts that cannot be read.
 */
export interface RtcpBlock {
  /** Who reports, on which source; 0 = on none. */
  reporter: number;
  ssrc: number;
  /** Share lost since the last report, of 256; −1 = not said. */
  fraction: number;
  lost: number;
  /** Ticks of the RTP clock. */
  jitter: number;
  /** VoIP metrics: MOS × 10, R, ms; 0 = not said. */
  mosListening: number;
  mosConversational: number;
  rFactor: number;
  roundTrip: number;
  isBye: boolean;
}

const type = { sender: 200, receiver: 201, bye: 203, extended: 207 } as const;
const voipMetrics = 7;
/** Blocks of one datagram. */
const maxBlocks = 64;

/** A datagram that starts like RTCP: version 2, types 192 to 223 (RFC 5761 §4). */
export const looksLikeRtcp = (bytes: Uint8Array, at: number, end: number): boolean =>
  end - at >= 8 && bytes[at]! >> 6 === 2 && bytes[at + 1]! >= 192 && bytes[at + 1]! <= 223;

/** Does the chain of lengths end where the datagram ends? */
export function isPlainRtcp(bytes: Uint8Array, from: number, end: number): boolean {
  let at = from;
  while (at + 4 <= end && looksLikeHeader(bytes, at)) at += 4 + ((bytes[at + 2]! << 8) | bytes[at + 3]!) * 4;
  return at === end;
}

const looksLikeHeader = (bytes: Uint8Array, at: number): boolean =>
  bytes[at]! >> 6 === 2 && bytes[at + 1]! >= 192 && bytes[at + 1]! <= 223;

/** Hands out what a plain datagram says; one block is lent for each. */
export function readRtcp(view: DataView, from: number, end: number, take: (block: RtcpBlock) => void): void {
  const block = newBlock();
  let blocks = 0;
  const give = (): void => {
    if (blocks++ < maxBlocks) take(block);
  };
  for (let at = from; at + 8 <= end && blocks < maxBlocks;) {
    const kind = view.getUint8(at + 1);
    const count = view.getUint8(at) & 31;
    const next = Math.min(end, at + 4 + view.getUint16(at + 2) * 4);
    Object.assign(block, newBlock(), { reporter: view.getUint32(at + 4) });
    if (kind === type.sender || kind === type.receiver) {
      let place = at + (kind === type.sender ? 28 : 8);
      if (count === 0) give();
      for (let n = 0; n < count && place + 24 <= next; n++, place += 24) {
        block.ssrc = view.getUint32(place);
        block.fraction = view.getUint8(place + 4);
        block.lost = (view.getInt32(place + 4) << 8) >> 8;
        block.jitter = view.getUint32(place + 12);
        give();
      }
    } else if (kind === type.bye) {
      block.isBye = true;
      give();
    } else if (kind === type.extended) {
      for (let place = at + 8; place + 4 <= next;) {
        const length = 4 + view.getUint16(place + 2) * 4;
        if (view.getUint8(place) === voipMetrics && length >= 36 && place + 36 <= next) {
          block.ssrc = view.getUint32(place + 4);
          block.fraction = view.getUint8(place + 8);
          block.roundTrip = view.getUint16(place + 16);
          const said = (value: number): number => (value === 127 ? 0 : value);
          block.rFactor = said(view.getUint8(place + 24));
          block.mosListening = said(view.getUint8(place + 26));
          block.mosConversational = said(view.getUint8(place + 27));
          give();
        }
        place += length;
      }
    }
    at = next;
  }
}

const newBlock = (): RtcpBlock => ({
  reporter: 0,
  ssrc: 0,
  fraction: -1,
  lost: 0,
  jitter: 0,
  mosListening: 0,
  mosConversational: 0,
  rFactor: 0,
  roundTrip: 0,
  isBye: false,
});
