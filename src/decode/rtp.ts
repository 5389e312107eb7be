/**
 * RTP (RFC 3550 §5.1) on ports that SDP announced: `version+padding+extension+count marker+type sequence(2) time(4)
 * ssrc(4)`. A stream is one SSRC on one pair of endpoints. Ports are told apart by a bit set first, so a packet that no
 * call announced costs a few compares.
 */
import { createKeys, putAddress } from './keys';
import type { Frame } from './layer';

export interface RtpStreams {
  /** Media are expected at this endpoint from now on. */
  announce(address: Uint32Array, port: number): void;
  /** Takes the datagram at hand where it is RTP of an announced endpoint. */
  add(frame: Frame): void;
  readonly count: number;
}

const maxEndpoints = 2 ** 20;

export function createRtpStreams(): RtpStreams {
  const ports = new Uint8Array(65536);
  const endpoints = createKeys(5, maxEndpoints);
  const streams = createKeys(10, maxEndpoints);
  const isAnnounced = (address: Uint32Array, port: number): boolean => {
    if (ports[port] === 0) return false;
    putAddress(endpoints.key, 0, address);
    endpoints.key[4] = port;
    return endpoints.find() >= 0;
  };
  return {
    announce(address, port) {
      if (port === 0) return;
      putAddress(endpoints.key, 0, address);
      endpoints.key[4] = port;
      if (endpoints.add() >= 0) ports[port] = 1;
    },
    add(frame) {
      if (ports[frame.targetPort] === 0 && ports[frame.sourcePort] === 0) return;
      const { at, bytes } = frame;
      if (frame.end - at < 12 || bytes[at]! >> 6 !== 2) return;
      // 72–76 are RTCP packet types 200–204 (RFC 5761 §4)
      const type = bytes[at + 1]! & 127;
      if (type >= 72 && type <= 76) return;
      if (!isAnnounced(frame.target, frame.targetPort) && !isAnnounced(frame.source, frame.sourcePort)) return;
      const { key } = streams;
      putAddress(key, 0, frame.source);
      putAddress(key, 4, frame.target);
      key[8] = (frame.sourcePort << 16) | frame.targetPort;
      key[9] = frame.view.getUint32(at + 8);
      streams.add();
    },
    get count() {
      return streams.size;
    },
  };
}
