import { captureForm, type CaptureForm, type CaptureSink } from '../decode/capture-file';
import { carried, createConnections, maxConnections } from '../decode/connections';
import { createFragments } from '../decode/fragments';
import { layer, type Frame } from '../decode/layer';
import { byLinkType } from '../decode/link-type';
import { createPcapReader } from '../decode/pcap';
import { createPcapngReader } from '../decode/pcapng';
import { eachChunk } from '../decode/sctp';
import { carriers, createSighting, sightDatagram, type Sighting } from '../decode/sighting';
import { createSipReader } from '../decode/sip';
import { createTcpStreams } from '../decode/tcp-streams';
import { walk } from '../decode/walk';
import { text } from '../text/text';
import { createComplaints } from './capture/complaints';
import { createEdges } from './capture/record-edges';
import { recordFragments } from './capture/record-gaps';
import { createLookupRecorder, isBinary } from './capture/record-lookups';
import { createMessageCounts } from './capture/message-counts';
import { openMedia } from './capture/media-share';
import { createMediaRecorder } from './capture/record-media';
import { recordFlows } from './capture/record-flow';
import { createMessageRecorder } from './capture/record-message';
import { createRemarks } from './capture/record-remarks';
import { artifactKind, notThis, type Reader, type Sink } from './kind';

/** Network captures: classic pcap, pcapng and snoop, whatever their names; SIP is found by content on any port. */
export default artifactKind({
  id: 'packet-capture',
  name: text('Packet capture', 'Capture réseau'),
  provides: ['art.pcap.any'],
  sniff(head) {
    const form = captureForm(head);
    if (!form) return notThis;
    return {
      certainty: 3,
      reason: text('{form} magic number', 'nombre magique {form}'),
      values: { form },
    };
  },
  shared: true,
  open: (sink) => (sink.share === 'helping' ? openMedia(sink) : open(sink)),
});

const ascii = (value: string): Uint8Array => Uint8Array.from(value, (char) => char.charCodeAt(0));
export const examples = [
  {
    name: 'capture.pcap0',
    bytes: ascii('\xd4\xc3\xb2\xa1\x02\0\x04\0\0\0\0\0\0\0\0\0\0\0\x04\0\x01\0\0\0'),
  },
  {
    name: 'no-name',
    bytes: ascii('\n\r\r\n\x1c\0\0\0\x4d\x3c\x2b\x1a\x01\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\x1c\0\0\0'),
  },
];

function open(sink: Sink): Reader {
  const sip = createSipReader(sink.wants.headers);
  const isAlone = sink.share !== 'leading';
  const recorder = createMessageRecorder(
    sink,
    sink.wants.headers,
    isAlone ? (address, port, formats, isFax) => media.announce(address, port, formats, isFax) : undefined,
  );
  const complaints = createComplaints(sink);
  const counts = createMessageCounts(sink.strings);
  const edges = createEdges(sink);
  const missing = recordFragments(sink, recorder.address);
  const fragments = createFragments((one) => {
    missing(one);
    edges.datagram(one);
  });
  const lookups = createLookupRecorder(sink, recorder.address, (detail) => complaints.add('limit-reached', 0, detail));
  const media = createMediaRecorder(sink, recorder.address, (detail) => complaints.add('limit-reached', 0, detail));
  const linkTypes = new Set<number>();
  const unknownLinks = new Set<number>();
  const sighting = createSighting();
  let packets = 0;
  let truncated = 0;
  let dropped = 0;
  let droppedAt = 0;
  let first = Infinity;
  let last = -Infinity;

  const addMessage = (seen: Sighting): void => {
    const { message } = sip;
    const row = recorder.add(message, seen);
    if (message.malformed) complaints.add('bad-message', sink.tables.messages.columns.offset[row]!, message.malformed);
    if (seen.partial) return;
    const { columns } = sink.tables.messages;
    counts.add(columns.method[row]!, message.status, columns.callId[row]!);
  };
  const addPacket = (frame: Frame, transport: number): void => {
    const row = sink.tables.packets.row();
    const { columns } = sink.tables.packets;
    columns.artifact[row] = sink.artifact;
    columns.time[row] = frame.time;
    columns.offset[row] = frame.offset;
    columns.size[row] = frame.captured;
    columns.number[row] = frame.number;
    columns.source[row] = recorder.address(frame.source);
    columns.target[row] = recorder.address(frame.target);
    columns.sourcePort[row] = frame.sourcePort;
    columns.targetPort[row] = frame.targetPort;
    columns.transport[row] = transport;
    columns.cut[row] = frame.captured < frame.length ? 1 : 0;
  };
  const remarks = createRemarks(sink, recorder.address);
  const connections = createConnections();
  const streams = createTcpStreams(sip, connections, {
    message: addMessage,
    segment: (frame) => addPacket(frame, 2),
    lost: (offset, bytes) => complaints.add('lost-segment', offset, `${String(bytes)} bytes`),
    limit: (detail) => complaints.add('limit-reached', 0, detail),
    edge: edges.segment,
  });
  const datagram = (frame: Frame): void => {
    if (isBinary(frame)) {
      if (isAlone) media.add(frame);
      return;
    }
    if (!sightDatagram(sighting, sip, frame)) {
      if (!lookups.add(frame) && isAlone) media.add(frame);
      return;
    }
    addPacket(frame, sighting.carrier);
    addMessage(sighting);
  };

  const file: CaptureSink = {
    frame(frame) {
      packets++;
      if (frame.captured < frame.length) truncated++;
      if (frame.time < first) first = frame.time;
      if (frame.time > last) last = frame.time;
      const start = byLinkType(frame.link);
      if (start === undefined) {
        if (!unknownLinks.has(frame.link)) {
          unknownLinks.add(frame.link);
          complaints.add('unknown-link-type', frame.offset, frame.link < 0 ? 'none' : String(frame.link));
        }
        return;
      }
      const end = walk(frame, start, fragments);
      if (end === layer.datagram) datagram(frame);
      else if (end === layer.segment) streams.add(frame);
      else if (end === layer.chunks) {
        sighting.carrier = carriers.sctp;
        eachChunk(frame, datagram);
        sighting.carrier = carriers.udp;
      }
    },
    other: () => void packets++,
    link: (type) => linkTypes.add(type),
    corrupt: (offset, detail) => complaints.add('corrupt-capture', offset, detail),
    skipped: (offset, bytes) => complaints.add('damaged-capture', offset, `${String(bytes)} bytes`),
    truncated: (offset) => complaints.add('truncated-capture', offset),
    comment: remarks.comment,
    name: remarks.name,
    secrets: remarks.secrets,
    dropped(offset, packets) {
      dropped += packets;
      droppedAt = offset;
    },
  };
  const start = (form: CaptureForm) => (form === 'pcapng' ? createPcapngReader(file) : createPcapReader(file, form));
  let reader: ReturnType<typeof start> | undefined;
  /** The magic number, where the first chunks are shorter than that. */
  let head = new Uint8Array(0);

  return {
    push(chunk) {
      if (!reader) {
        const joined = new Uint8Array(head.length + chunk.length);
        joined.set(head);
        joined.set(chunk, head.length);
        head = joined;
        if (head.length < 12) return;
        reader = start(captureForm(head) ?? 'pcap');
        chunk = head;
        head = new Uint8Array(0);
      }
      reader.push(chunk);
    },
    end(other) {
      if (reader) reader.end();
      else complaints.add('truncated-capture', 0);
      streams.end();
      fragments.end();
      edges.end(first, last);
      media.end();
      for (const { code, offset, detail } of other?.problems ?? []) complaints.add(code, offset, detail);
      if (dropped > 0) complaints.add('dropped-packets', droppedAt, String(dropped));
      if (fragments.dropped > 0) {
        complaints.add('limit-reached', 0, `${String(fragments.dropped)} incomplete IP datagrams`);
      }
      if (connections.dropped > 0) {
        complaints.add('limit-reached', 0, `${String(maxConnections)} TCP connections`);
      }
      complaints.end();
      const note = remarks.note();
      const flows = connections.result();
      recordFlows(sink, flows, recorder.address);
      return {
        records: packets,
        first: first === Infinity ? NaN : first,
        last: last === -Infinity ? NaN : last,
        clock: first === Infinity ? 'none' : 'zoned',
        capture: {
          packets,
          truncatedPackets: truncated,
          ...counts.result(),
          rtpStreams: other?.reading.capture?.rtpStreams ?? media.announced,
          linkTypes: [...linkTypes].sort((a, b) => a - b),
          tlsFlows: flows.filter(({ carries }) => carries === carried.tls).length,
        },
        ...(note ? { note } : {}),
      };
    },
  };
}
