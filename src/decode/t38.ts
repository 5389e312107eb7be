/**
 * Fax over UDPTL (ITU-T T.38 Annex; SDP `m=image 6060 udptl t38`): `sequence(2) length(1) IFP …` on an announced port.
 * A stream is one pair of endpoints; what is missing of the sequence was lost or is carried again as redundancy.
 */
import { createKeys, putAddress, type Keys } from './keys';
import type { Frame } from './layer';

export interface FaxStream {
  first: number;
  last: number;
  packets: number;
  lost: number;
  duplicates: number;
  reordered: number;
  highest: number;
  number: number;
  offset: number;
  size: number;
  deltaMax: number;
}

export interface FaxStreams {
  announce(address: Uint32Array, port: number): void;
  add(frame: Frame): boolean;
  each(take: (stream: FaxStream, key: Uint32Array) => void): void;
}

const limit = 2 ** 16;

export function createFaxStreams(): FaxStreams {
  const endpoints = createKeys(5, limit);
  const keys = createKeys(9, limit);
  const streams: FaxStream[] = [];
  const has = (address: Uint32Array, port: number): boolean => {
    put(endpoints, address, port);
    return endpoints.find() >= 0;
  };
  return {
    announce(address, port) {
      put(endpoints, address, port);
      endpoints.add();
    },
    add(frame) {
      if (endpoints.size === 0 || frame.end - frame.at < 4) return false;
      if (!has(frame.target, frame.targetPort) && !has(frame.source, frame.sourcePort)) return false;
      putAddress(keys.key, 0, frame.source);
      putAddress(keys.key, 4, frame.target);
      keys.key[8] = (frame.sourcePort << 16) | frame.targetPort;
      const index = keys.add();
      if (index < 0) return false;
      const sequence = (frame.bytes[frame.at]! << 8) | frame.bytes[frame.at + 1]!;
      const stream = streams[index];
      if (!stream) {
        streams[index] = {
          first: frame.time,
          last: frame.time,
          packets: 1,
          lost: 0,
          duplicates: 0,
          reordered: 0,
          highest: sequence,
          number: frame.number,
          offset: frame.offset,
          size: frame.captured,
          deltaMax: 0,
        };
        return true;
      }
      const ahead = (sequence - stream.highest) & 0xffff;
      if (ahead === 0) stream.duplicates++;
      else if (ahead < 0x8000) {
        if (ahead < 3000) stream.lost += ahead - 1;
        stream.highest = sequence;
      } else {
        stream.reordered++;
        if (stream.lost > 0) stream.lost--;
      }
      stream.packets++;
      stream.deltaMax = Math.max(stream.deltaMax, frame.time - stream.last);
      stream.last = frame.time;
      return true;
    },
    each(take) {
      streams.forEach((stream, index) => take(stream, keys.words(index)));
    },
  };
}

function put(keys: Keys, address: Uint32Array, port: number): void {
  putAddress(keys.key, 0, address);
  keys.key[4] = port;
}
