/**
 * Telephone events in RTP (RFC 4733 §2.3): `event(1) E+R+volume(1) duration(2)`, e.g. `05 8a 03 20` = digit 5, its end,
 * 800 ticks. All packets of an event carry the RTP time of its start.
 */
import type { Frame } from './layer';
import { payloadAt, payloadLength } from './rtp-state';

export interface Tone {
  digit: string;
  isEnd: boolean;
  /** Ticks of the RTP clock. */
  duration: number;
  /** RTP time: which event it is. */
  stamp: number;
}

const digits = '0123456789*#ABCD';
/** Hook flash, the last event of the DTMF set (§3.2). */
const flash = 16;

/** Has the packet the form of an event, where no SDP says what its type means? */
export function isEvent(frame: Frame, type: number): boolean {
  if (type < 96 || payloadLength(frame) !== 4) return false;
  const at = payloadAt(frame);
  return frame.bytes[at]! <= flash && (frame.bytes[at + 1]! & 64) === 0;
}

/** The event of a packet; undefined where it carries none of DTMF. Encrypted payload is longer and no event. */
export function readTone(frame: Frame): Tone | undefined {
  if (payloadLength(frame) !== 4) return undefined;
  const at = payloadAt(frame);
  const code = frame.bytes[at]!;
  if (code > flash) return undefined;
  return {
    digit: code === flash ? '!' : digits[code]!,
    isEnd: (frame.bytes[at + 1]! & 128) !== 0,
    duration: (frame.bytes[at + 2]! << 8) | frame.bytes[at + 3]!,
    stamp: frame.view.getUint32(frame.at + 4),
  };
}
