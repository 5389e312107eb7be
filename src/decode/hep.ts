/**
 * HEP version 3 (Homer encapsulation): a mirrored packet in a UDP datagram, `"HEP3" length(2)`, then chunks
 * `vendor(2) type(2) length(2) value`: 1 IP family, 2 protocol, 3/4 IPv4 and 5/6 IPv6 addresses, 7/8 ports, 9/10 seconds
 * and µs, 15 the payload. What is inside stands as if it had been captured where the agent saw it.
 *
 *     48 45 50 33 02 10  00 00 00 01 00 07 02  00 00 00 02 00 07 11  …
 */
import { layer, type Frame, type Layer } from './layer';

const chunk = { source4: 3, target4: 4, source6: 5, target6: 6, sourcePort: 7, targetPort: 8, seconds: 9, micros: 10 };
const payload = 15;

export const isHep = (bytes: Uint8Array, at: number, end: number): boolean =>
  end - at > 6 && bytes[at] === 0x48 && bytes[at + 1] === 0x45 && bytes[at + 2] === 0x50 && bytes[at + 3] === 0x33;

export function hep(frame: Frame): Layer {
  const { view } = frame;
  const end = Math.min(frame.end, frame.at + view.getUint16(frame.at + 4));
  let at = frame.at + 6;
  let seconds = -1;
  let micros = 0;
  let found = false;
  while (end - at >= 6) {
    const type = view.getUint16(at) === 0 ? view.getUint16(at + 2) : 0;
    const size = view.getUint16(at + 4);
    if (size < 6 || at + size > end) break;
    const value = at + 6;
    const length = size - 6;
    if (type === chunk.source4 && length === 4) four(frame.source, view.getUint32(value));
    else if (type === chunk.target4 && length === 4) four(frame.target, view.getUint32(value));
    else if (type === chunk.source6 && length === 16) six(frame.source, view, value);
    else if (type === chunk.target6 && length === 16) six(frame.target, view, value);
    else if (type === chunk.sourcePort && length === 2) frame.sourcePort = view.getUint16(value);
    else if (type === chunk.targetPort && length === 2) frame.targetPort = view.getUint16(value);
    else if (type === chunk.seconds && length === 4) seconds = view.getUint32(value);
    else if (type === chunk.micros && length === 4) micros = view.getUint32(value);
    else if (type === payload && !found) {
      found = true;
      frame.at = value;
      frame.end = value + length;
    }
    at += size;
  }
  if (!found) return layer.none;
  // the agent's clock stamped it when it passed there
  if (seconds > 0 && micros < 1e6) frame.time = seconds * 1e6 + micros;
  return layer.datagram;
}

function four(words: Uint32Array, address: number): void {
  words[0] = words[1] = 0;
  words[2] = 0xffff;
  words[3] = address;
}

function six(words: Uint32Array, view: DataView, at: number): void {
  for (let word = 0; word < 4; word++) words[word] = view.getUint32(at + word * 4);
}
