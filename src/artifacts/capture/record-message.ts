/** Writes SIP messages into the evidence tables: `messages`, `pieces`, `fields`, `media`. */
import { crc32 } from '../../base/crc32';
import { createInterner } from '../../decode/intern';
import type { SdpMedia } from '../../decode/sdp';
import type { Sighting } from '../../decode/sighting';
import { span, type SipMessage } from '../../decode/sip-message';
import { cutSpans } from '../../decode/spans';
import { messageFlags } from '../../evidence/schema';
import type { Sink } from '../kind';
import { createAddresses, type Addresses } from './addresses';
import { createAnnouncements, type Announce } from './announcements';
import { createBodyReader } from './bodies';

export interface MessageRecorder {
  /** Adds the row of a message. Returns the row. */
  add(message: SipMessage, sighting: Sighting): number;
  readonly address: Addresses;
}

const maxKept = 2048;

/** `wanted` as given to the SIP reader that fills `SipMessage.fields`; `announce` hears where SDP expects RTP. */
export function createMessageRecorder(sink: Sink, wanted: readonly string[], announce?: Announce): MessageRecorder {
  const { tables, strings } = sink;
  const { id, idNear } = createInterner(strings);
  const wantedIds = wanted.map((name) => strings.id(name));
  const address = createAddresses(strings);
  const announcements = announce && createAnnouncements(announce);
  /** Newest row by pool id of its Call-ID: its values are likely those of the next message. */
  const newest = createNewest();
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
  /** Of the message whose bodies are read. */
  let row = 0;
  let bytes: Uint8Array = new Uint8Array(0);
  /** The row of the same Call-ID before it, −1 = none. */
  let before = -1;
  const text = (spans: Int32Array, at: number, column: Uint32Array): number => {
    const start = spans[at]!;
    const end = spans[at + 1]!;
    if (start === end) return 0;
    return before < 0 ? id(bytes, start, end) : idNear(bytes, start, end, column[before]!);
  };
  const readBodies = createBodyReader({
    media: (media) => addMedia(row, bytes, media),
    keep(name, from, to) {
      const field = tables.fields.row();
      tables.fields.columns.message[field] = row;
      tables.fields.columns.name[field] = strings.id(name);
      tables.fields.columns.value[field] = id(bytes, from, Math.min(to, from + maxKept));
    },
  });
  const addMedia = (row: number, bytes: Uint8Array, from: SdpMedia): void => {
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
    announcements?.(bytes, from, columns.formats[at]!);
  };

  return {
    address,
    add(message, sighting) {
      const { from, to } = sighting;
      const { spans } = message;
      bytes = sighting.bytes;
      row = tables.messages.row();
      const { columns } = tables.messages;
      const callId = idNear(
        bytes,
        spans[span.callId]!,
        spans[span.callId + 1]!,
        row > 0 ? columns.callId[row - 1]! : 0,
      );
      before = newest.replace(callId, row);
      columns.artifact[row] = sink.artifact;
      columns.time[row] = sighting.time;
      columns.packet[row] = sighting.number;
      columns.transport[row] = sighting.carrier;
      columns.source[row] = address(sighting.source);
      columns.target[row] = address(sighting.target);
      columns.sourcePort[row] = sighting.sourcePort;
      columns.targetPort[row] = sighting.targetPort;
      columns.method[row] = text(spans, span.method, columns.method);
      columns.status[row] = message.status;
      columns.reason[row] = text(spans, span.reason, columns.reason);
      columns.cseq[row] = message.cseq;
      columns.callId[row] = callId;
      columns.branch[row] = text(spans, span.branch, columns.branch);
      columns.sentBy[row] = text(spans, span.sentBy, columns.sentBy);
      columns.fromUri[row] = text(spans, span.fromUri, columns.fromUri);
      columns.fromTag[row] = text(spans, span.fromTag, columns.fromTag);
      columns.toUri[row] = text(spans, span.toUri, columns.toUri);
      columns.toTag[row] = text(spans, span.toTag, columns.toTag);
      columns.requestUri[row] = text(spans, span.requestUri, columns.requestUri);
      columns.contact[row] = text(spans, span.contact, columns.contact);
      columns.expires[row] = message.expires;
      columns.agent[row] = text(spans, span.agent, columns.agent);
      columns.digest[row] = crc32(bytes, 0, from, to);
      columns.received[row] = text(spans, span.received, columns.received);
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
      columns.bodies[row] = readBodies(message, bytes, to);
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
