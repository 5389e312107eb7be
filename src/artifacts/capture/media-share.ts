/**
 * The helping share of a capture: media alone. Of SIP it reads what SDP announces, from the same packets in the same
 * order as the other share, so that a stream is known from the same packet on.
 */
import { captureForm, type CaptureReader, type CaptureSink } from '../../decode/capture-file';
import { createConnections } from '../../decode/connections';
import { createFragments } from '../../decode/fragments';
import { createInterner } from '../../decode/intern';
import { layer, type Frame } from '../../decode/layer';
import { byLinkType } from '../../decode/link-type';
import { createPcapReader } from '../../decode/pcap';
import { createPcapngReader } from '../../decode/pcapng';
import { eachChunk } from '../../decode/sctp';
import { createSipBodyReader } from '../../decode/sip';
import { behindHeaders } from '../../decode/sip-framing';
import { isSipStart } from '../../decode/sip-start';
import { createTcpStreams } from '../../decode/tcp-streams';
import { walk } from '../../decode/walk';
import { nothingRead, type Reader, type Sink } from '../kind';
import { createAddresses } from './addresses';
import { createAnnouncements } from './announcements';
import { createBodyReader } from './bodies';
import { isBinary, isLookup } from './record-lookups';
import { createMediaRecorder } from './record-media';

export function openMedia(sink: Sink): Reader {
  const sip = createSipBodyReader();
  const { id } = createInterner(sink.strings);
  const media = createMediaRecorder(sink, createAddresses(sink.strings), (detail) =>
    sink.problem('limit-reached', 0, detail),
  );
  const announcements = createAnnouncements(media.announce);
  let lent: Uint8Array = new Uint8Array(0);
  const readBodies = createBodyReader({
    media: (one) => announcements(lent, one, id(one.formats, 0, one.formatsLength)),
    keep: () => undefined,
  });
  const message = (bytes: Uint8Array, to: number): void => {
    lent = bytes;
    readBodies(sip.message, bytes, to);
  };
  const fragments = createFragments();
  const streams = createTcpStreams(sip, createConnections(), {
    message: ({ bytes, to }) => message(bytes, to),
    segment: () => undefined,
    lost: () => undefined,
    limit: () => undefined,
  });
  const datagram = (frame: Frame): void => {
    const { bytes, end } = frame;
    let { at } = frame;
    if (isBinary(frame)) return media.add(frame);
    while (at < end && (bytes[at] === 13 || bytes[at] === 10)) at++;
    if (!isSipStart(bytes, at, end)) {
      if (!isLookup(frame)) media.add(frame);
      return;
    }
    // most messages end with their headers
    const behind = behindHeaders(bytes, at, end);
    if (behind < 0 || end - behind < 4) return;
    sip.read(bytes, at, end);
    const { body, contentLength } = sip.message;
    message(bytes, contentLength < 0 ? end : Math.min(end, body + contentLength));
  };
  const file: CaptureSink = {
    frame(frame) {
      const start = byLinkType(frame.link);
      const found = start === undefined ? layer.none : walk(frame, start, fragments);
      if (found === layer.datagram) datagram(frame);
      else if (found === layer.segment) streams.add(frame);
      else if (found === layer.chunks) eachChunk(frame, datagram);
    },
    other: () => undefined,
    link: () => undefined,
    corrupt: () => undefined,
    truncated: () => undefined,
  };
  let reader: CaptureReader | undefined;

  return {
    // the first chunk of a file that is shared holds more than its magic number
    push(chunk) {
      const form = captureForm(chunk) ?? 'pcap';
      reader ??= form === 'pcapng' ? createPcapngReader(file) : createPcapReader(file, form);
      reader.push(chunk);
    },
    end() {
      reader?.end();
      streams.end();
      fragments.end();
      media.end();
      return {
        ...nothingRead,
        capture: {
          packets: 0,
          truncatedPackets: 0,
          sipMessages: 0,
          callIds: 0,
          requests: {},
          responses: {},
          rtpStreams: media.announced,
          linkTypes: [],
          tlsFlows: 0,
        },
      };
    },
  };
}
