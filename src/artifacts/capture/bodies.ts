/** What the bodies of a SIP message are (RFC 3261 §7.4), those of multipart bodies included. */
import { eachPart } from '../../decode/body-parts';
import { createSdpReader, type SdpMedia } from '../../decode/sdp';
import { span, type SipMessage } from '../../decode/sip-message';
import { contains } from '../../decode/sip-values';
import { bodyKinds, otherBody } from '../../evidence/body-kinds';

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const kinds = bodyKinds.map(({ mark }) => ascii(mark));
const marks = { sdp: ascii('/sdp'), multipart: ascii('multipart/') };

/** Bodies kept as fields: what became of a transfer (RFC 3420), keys by INFO, a quality report (RFC 6035). */
const keptBodies: readonly (readonly [Uint8Array, string])[] = [
  [ascii('message/sipfrag'), 'body-sipfrag'],
  [ascii('application/dtmf'), 'body-dtmf'],
  [ascii('vq-rtcpxr'), 'body-vq-rtcpxr'],
];
/** Multipart bodies in one another. */
const maxDepth = 3;

export interface BodyTaker {
  /** A media description of the message; lent. */
  media(media: SdpMedia): void;
  /** A short body that rules read. */
  keep(name: string, from: number, to: number): void;
}

/** Gives the bit set of the bodies of a message whose bytes end at `to`. */
export type ReadBodies = (message: SipMessage, bytes: Uint8Array, to: number) => number;

export function createBodyReader(taker: BodyTaker): ReadBodies {
  const sdp = createSdpReader();
  let bodies = 0;
  const read = (bytes: Uint8Array, typeFrom: number, typeTo: number, from: number, to: number, depth: number): void => {
    if (contains(bytes, typeFrom, typeTo, marks.sdp) || (typeTo === typeFrom && bytes[from] === 0x76)) {
      // one description a message is its offer or answer
      if ((bodies & 1) === 0) sdp.read(bytes, from, to, taker.media);
      bodies |= 1;
    } else if (contains(bytes, typeFrom, typeTo, marks.multipart) && depth < maxDepth) {
      eachPart(bytes, from, to, (...part) => read(bytes, ...part, depth + 1));
    } else {
      const kind = kinds.findIndex((mark) => contains(bytes, typeFrom, typeTo, mark));
      bodies |= kind < 0 ? otherBody : 1 << kind;
      for (const [mark, name] of keptBodies) if (contains(bytes, typeFrom, typeTo, mark)) taker.keep(name, from, to);
    }
  };
  return ({ spans, body }, bytes, to) => {
    bodies = 0;
    if (to - body >= 4) read(bytes, spans[span.contentType]!, spans[span.contentType + 1]!, body, to, 0);
    return bodies;
  };
}
