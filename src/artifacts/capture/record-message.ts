/** Writes SIP messages into the evidence tables: `messages`, `pieces`, `fields`, `media`. */
import { formatAddress, parseAddress } from '../../decode/address';
import { crc32 } from '../../base/crc32';
import { eachPart } from '../../decode/body-parts';
import { createInterner } from '../../decode/intern';
import { createKeys, putAddress } from '../../decode/keys';
import { createSdpReader, type SdpMedia } from '../../decode/sdp';
import type { Sighting } from '../../decode/sighting';
import { span, type SipMessage } from '../../decode/sip-message';
import { contains } from '../../decode/sip-values';
import { cutSpans } from '../../decode/spans';
import { bodyKinds, otherBody } from '../../evidence/body-kinds';
import { messageFlags } from '../../evidence/schema';
import type { Sink } from '../kind';

export interface MessageRecorder {
  /** Adds the row of a message; `announce` hears where its SDP expects RTP. Returns the row. */
  add(message: SipMessage, sighting: Sighting, announce?: Announce): number;
  /** The pool id of an address: four words at a place. */
  address(words: Uint32Array, at?: number): number;
}

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const kinds = bodyKinds.map(({ mark }) => ascii(mark));
const marks = { sdp: ascii('/sdp'), multipart: ascii('multipart/'), rtp: ascii('rtp/'), fax: ascii('udptl') };

/** Bodies kept as fields: what became of a transfer (RFC 3420), keys by INFO, a quality report (RFC 6035). */
const keptBodies: readonly (readonly [Uint8Array, string])[] = [
  [ascii('message/sipfrag'), 'body-sipfrag'],
  [ascii('application/dtmf'), 'body-dtmf'],
  [ascii('vq-rtcpxr'), 'body-vq-rtcpxr'],
];
const maxKept = 2048;
/** Multipart bodies in one another. */
const maxDepth = 3;

/** `wanted` as given to the SIP reader that fills `SipMessage.fields`. */
export function createMessageRecorder(sink: Sink, wanted: readonly string[]): MessageRecorder {
  const { tables, strings } = sink;
  const { id, idNear } = createInterner(strings);
  const wantedIds = wanted.map((name) => strings.id(name));
  const addresses = createKeys(4);
  const addressIds: number[] = [];
  const sdp = createSdpReader();
  /** Newest row by pool id of its Call-ID: its values are likely those of the next message. */
  const newest = createNewest();
  /** Words of the addresses that SDP names, by pool id; undefined = a host name. */
  const named = new Map<number, Uint32Array | undefined>();
  const announced = (place: number): Uint32Array | undefined => {
    if (!named.has(place)) {
      const words = new Uint32Array(4);
      named.set(place, parseAddress(strings.text(place), words) ? words : undefined);
    }
    return named.get(place);
  };

  /** The two asked for last: a packet and its message name the same ones, and a flow its two ends. */
  const last = new Uint32Array(8);
  const lastIds = [0, 0];
  let turn = 0;
  const isLast = (of: Uint32Array, at: number, n: number): boolean =>
    of[at + 3] === last[n + 3] && of[at + 2] === last[n + 2] && of[at + 1] === last[n + 1] && of[at] === last[n];
  const address = (of: Uint32Array, at = 0): number => {
    if (lastIds[0] !== 0 && isLast(of, at, 0)) return lastIds[0]!;
    if (lastIds[1] !== 0 && isLast(of, at, 4)) return lastIds[1]!;
    putAddress(addresses.key, 0, of, at);
    const index = addresses.add();
    const id =
      index < 0
        ? strings.id(formatAddress(addresses.key))
        : (addressIds[index] ??= strings.id(formatAddress(addresses.key)));
    putAddress(last, turn * 4, of, at);
    lastIds[turn] = id;
    turn = 1 - turn;
    return id;
  };
  const place = (row: number, sighting: Sighting): void => {
    const { messages, pieces } = tables;
    const { from, to, spans } = sighting;
    messages.columns.size[row] = to - from;
    if (!spans) {
      messages.columns.offset[row] = sighting.base + from;
      return;
    }
    const places = cutSpans(spans, from, to);
    messages.columns.offset[row] = places[0]?.offset ?? 0;
    if (places.length < 2 && !places[0]?.mask) return;
    for (const { offset, length, mask = 0 } of places) {
      pieces.add({ artifact: sink.artifact, message: row, offset, size: length, mask });
    }
  };
  /** A short body that rules read, as a field of its own name. */
  const keep = (row: number, name: string, bytes: Uint8Array, from: number, to: number): void => {
    const field = tables.fields.row();
    tables.fields.columns.message[field] = row;
    tables.fields.columns.name[field] = strings.id(name);
    tables.fields.columns.value[field] = id(bytes, from, Math.min(to, from + maxKept));
  };
  const body = (row: number, message: SipMessage, sighting: Sighting, announce?: Announce): void => {
    const { bytes, to } = sighting;
    const from = message.body;
    if (to - from < 4) return;
    const each = (media: SdpMedia): void => addMedia(row, bytes, media, announce);
    const { bodies } = tables.messages.columns;
    const read = (typeFrom: number, typeTo: number, from: number, to: number, depth: number): void => {
      if (contains(bytes, typeFrom, typeTo, marks.sdp) || (typeTo === typeFrom && bytes[from] === 0x76)) {
        // one description a message is its offer or answer
        if ((bodies[row]! & 1) === 0) sdp.read(bytes, from, to, each);
        bodies[row]! |= 1;
      } else if (contains(bytes, typeFrom, typeTo, marks.multipart) && depth < maxDepth) {
        eachPart(bytes, from, to, (...part) => read(...part, depth + 1));
      } else {
        const kind = kinds.findIndex((mark) => contains(bytes, typeFrom, typeTo, mark));
        bodies[row]! |= kind < 0 ? otherBody : 1 << kind;
        for (const [mark, name] of keptBodies)
          if (contains(bytes, typeFrom, typeTo, mark)) keep(row, name, bytes, from, to);
      }
    };
    read(message.spans[span.contentType]!, message.spans[span.contentType + 1]!, from, to, 0);
  };
  const addMedia = (row: number, bytes: Uint8Array, from: SdpMedia, announce?: Announce): void => {
    const at = tables.media.row();
    const { columns } = tables.media;
    const place = id(bytes, from.addressFrom, from.addressTo);
    columns.message[at] = row;
    columns.index[at] = from.index;
    columns.kind[at] = id(bytes, from.kindFrom, from.kindTo);
    columns.address[at] = place;
    columns.port[at] = from.port;
    columns.profile[at] = id(bytes, from.profileFrom, from.profileTo);
    columns.direction[at] = from.direction;
    columns.formats[at] = id(from.formats, 0, from.formatsLength);
    columns.keyed[at] = from.keyed;
    columns.ptime[at] = from.ptime;
    columns.flags[at] = from.flags;
    columns.crypto[at] = id(from.crypto, 0, from.cryptoLength);
    columns.origin[at] = id(bytes, from.originFrom, from.originTo);
    if (!announce || from.port === 0) return;
    const isFax = contains(bytes, from.profileFrom, from.profileTo, marks.fax);
    if (!isFax && !contains(bytes, from.profileFrom, from.profileTo, marks.rtp)) return;
    const words = announced(place);
    if (words) announce(words, from.port, columns.formats[at]!, isFax);
  };

  return {
    address,
    add(message, sighting, announce) {
      const { bytes, from, to } = sighting;
      const { spans } = message;
      const row = tables.messages.row();
      const { columns } = tables.messages;
      const callId = idNear(
        bytes,
        spans[span.callId]!,
        spans[span.callId + 1]!,
        row > 0 ? columns.callId[row - 1]! : 0,
      );
      const before = newest.replace(callId, row);
      const text = (at: number, column: Uint32Array): number => {
        const [start, end] = [spans[at]!, spans[at + 1]!];
        if (start === end) return 0;
        return before < 0 ? id(bytes, start, end) : idNear(bytes, start, end, column[before]!);
      };
      columns.artifact[row] = sink.artifact;
      columns.time[row] = sighting.time;
      columns.packet[row] = sighting.number;
      columns.transport[row] = sighting.carrier;
      columns.source[row] = address(sighting.source);
      columns.target[row] = address(sighting.target);
      columns.sourcePort[row] = sighting.sourcePort;
      columns.targetPort[row] = sighting.targetPort;
      columns.method[row] = text(span.method, columns.method);
      columns.status[row] = message.status;
      columns.reason[row] = text(span.reason, columns.reason);
      columns.cseq[row] = message.cseq;
      columns.callId[row] = callId;
      columns.branch[row] = text(span.branch, columns.branch);
      columns.sentBy[row] = text(span.sentBy, columns.sentBy);
      columns.fromUri[row] = text(span.fromUri, columns.fromUri);
      columns.fromTag[row] = text(span.fromTag, columns.fromTag);
      columns.toUri[row] = text(span.toUri, columns.toUri);
      columns.toTag[row] = text(span.toTag, columns.toTag);
      columns.requestUri[row] = text(span.requestUri, columns.requestUri);
      columns.contact[row] = text(span.contact, columns.contact);
      columns.expires[row] = message.expires;
      columns.agent[row] = text(span.agent, columns.agent);
      columns.digest[row] = crc32(bytes, 0, from, to);
      columns.received[row] = text(span.received, columns.received);
      columns.rport[row] = message.rport;
      columns.maxForwards[row] = message.maxForwards < 0 ? 255 : Math.min(254, message.maxForwards);
      columns.flags[row] =
        (message.credentials ? messageFlags.credentials : 0) |
        (sighting.cut || sighting.partial ? messageFlags.cut : 0) |
        (message.malformed ? messageFlags.malformed : 0) |
        (message.push ? messageFlags.push : 0);
      place(row, sighting);
      for (let n = 0; n < message.fieldCount; n++) {
        const field = tables.fields.row();
        const at = n * 3;
        tables.fields.columns.message[field] = row;
        tables.fields.columns.name[field] = wantedIds[message.fields[at]!]!;
        tables.fields.columns.value[field] = id(bytes, message.fields[at + 1]!, message.fields[at + 2]!);
      }
      body(row, message, sighting, announce);
      return row;
    },
  };
}

function createNewest(): { replace(callId: number, row: number): number } {
  let rows = new Int32Array(1024).fill(-1);
  return {
    /** The newest row of the Call-ID so far, −1 = none. */
    replace(callId, row) {
      if (callId >= rows.length) {
        const larger = new Int32Array(Math.max(callId + 1, rows.length * 2)).fill(-1);
        larger.set(rows);
        rows = larger;
      }
      const before = callId === 0 ? -1 : rows[callId]!;
      rows[callId] = row;
      return before;
    },
  };
}

/** `formats`: pool id of the formats of the m-line. */
export type Announce = (address: Uint32Array, port: number, formats: number, isFax: boolean) => void;
