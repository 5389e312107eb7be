/**
 * Overwrites secrets in packets that go out, each by as many `x`: credentials, SDES keys, tokens, push tokens (RFC 8599
 * `pn-prid`, `pn-param`), keyed digits (they may be a PIN). What stands beside the messages of the chosen calls in a TCP segment or behind the length of a
 * datagram is overwritten too; media lose what was said. Checksums are true afterwards.
 */
import { resealed, segmentChecksum, sumOf } from '../decode/checksum';
import { cleanMedia } from '../decode/clean-media';
import { ethernet, vlan } from '../decode/ethernet';
import { ip, ipv4 } from '../decode/ipv4';
import { ipv6 } from '../decode/ipv6';
import { createFrame, layer, type Layer } from '../decode/layer';
import { byLinkType } from '../decode/link-type';
import { sll, sll2 } from '../decode/sll';
import { transports } from '../evidence/schema';
import { maskSecretBytes } from '../evidence/mask';
import { spansOf, type Kept, type Segment } from './export-packets';
import type { View } from './view';

/** Bytes of a WebSocket frame header at most (RFC 6455 §5.2): without it the message cannot be read again. */
const webSocketHeader = 14;

export function clean(view: View, rows: readonly number[], kept: readonly Kept[]): void {
  const before = kept.map(({ bytes, segment }) =>
    segment && !segment.spans ? sumOf(bytes, segment.from, segment.to) : 0,
  );
  const places = createPlaces(kept);
  /** Per packet: bytes that belong to a chosen message. */
  const covered = kept.map(({ bytes, media }) => (media ? undefined : new Uint8Array(bytes.length)));
  for (const row of rows) maskMessage(view, row, places, covered);
  kept.forEach((packet, index) => {
    const { segment, bytes, media } = packet;
    if (media) {
      if (segment) cleanMedia(bytes, segment.from, segment.to);
    } else if (segment && !segment.spans) coverRest(bytes, segment, covered[index]!);
  });
  kept.forEach((packet, index) => {
    if (packet.segment?.spans) sealWhole(packet, packet.segment, places);
    else if (packet.segment) seal(packet, packet.segment, before[index]!);
  });
}

interface Places {
  /** The kept packet that holds a byte of a file, with the place of that byte in it. */
  at(
    artifact: number,
    offset: number,
  ): { readonly index: number; readonly packet: Kept; readonly at: number } | undefined;
}

function createPlaces(kept: readonly Kept[]): Places {
  const order = [...kept.keys()].sort(
    (a, b) => kept[a]!.artifact - kept[b]!.artifact || kept[a]!.offset - kept[b]!.offset,
  );
  return {
    at(artifact, offset) {
      let [low, high] = [0, order.length];
      while (low < high) {
        const middle = (low + high) >>> 1;
        const one = kept[order[middle]!]!;
        if (one.artifact < artifact || (one.artifact === artifact && one.offset + one.bytes.length <= offset))
          low = middle + 1;
        else high = middle;
      }
      const index = order[low];
      const packet = index === undefined ? undefined : kept[index]!;
      if (!packet || packet.artifact !== artifact || packet.offset > offset) return undefined;
      return { index: index!, packet, at: offset - packet.offset };
    },
  };
}

function maskMessage(view: View, row: number, places: Places, covered: readonly (Uint8Array | undefined)[]): void {
  const { messages } = view.evidence;
  const spans = spansOf(view, row).flatMap(({ artifact, offset, size, mask }) => {
    const place = places.at(artifact, offset);
    return place ? [{ ...place, size: Math.min(size, place.packet.bytes.length - place.at), mask }] : [];
  });
  const text = new Uint8Array(spans.reduce((sum, { size }) => sum + size, 0));
  let at = 0;
  for (const { packet, at: from, size, mask } of spans) {
    for (let n = 0; n < size; n++) text[at + n] = packet.bytes[from + n]! ^ keyByte(mask, n);
    at += size;
  }
  const masked = maskDigits(maskPushTokens(maskSecretBytes(text)));
  const isWebSocket = /^WSS?$/.test(transports[messages.transport[row]!] ?? '');
  at = 0;
  for (const { index, packet, at: from, size, mask } of spans) {
    for (let n = 0; n < size; n++) packet.bytes[from + n] = masked[at + n]! ^ keyByte(mask, n);
    covered[index]?.fill(1, isWebSocket ? Math.max(0, from - webSocketHeader) : from, from + size);
    at += size;
  }
}

const keyByte = (mask: number, n: number): number => (mask === 0 ? 0 : (mask >>> (24 - (n % 4) * 8)) & 255);

/** Bytes as characters of the same places. */
const textOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

/**
 * Digits in bodies: `Signal=5` of application/dtmf-relay, the bare ones of application/dtmf, `digits="123"` of KPML
 * (RFC 4730 §5.2).
 */
function maskDigits(bytes: Uint8Array): Uint8Array {
  const text = textOf(bytes);
  const from = text.indexOf('\r\n\r\n') + 4;
  if (from < 4 || from === text.length) return bytes;
  const body = text.slice(from);
  const cover = (pattern: RegExp): void => {
    for (const { index, 1: before = '', 2: digits = '' } of body.matchAll(pattern)) {
      bytes.fill(0x78, from + index + before.length, from + index + before.length + digits.length);
    }
  };
  cover(/^([ \t]{0,8}Signal[ \t]{0,8}[=:][ \t]{0,8})([\dA-D*#,]{1,64})/gim);
  cover(/(\bdigits[ \t]{0,4}=[ \t]{0,4}["'])([^"'<>\r\n]{1,256})/gi);
  if (
    /\r\n(?:content-type|c)[ \t]{0,4}:[ \t]{0,8}application\/(?:vnd\.nortelnetworks\.digits|dtmf)[ \t]{0,4}[;\r]/i.test(
      text,
    )
  )
    cover(/()([\dA-D*#]{1,256})/gi);
  return bytes;
}

/** `;pn-prid=…`, `;pn-param=…` of a Contact. */
function maskPushTokens(bytes: Uint8Array): Uint8Array {
  const text = textOf(bytes);
  for (const { index, 0: whole, 1: value = '' } of text.matchAll(/;pn-(?:prid|param)=([^;>\s,"]{1,2000})/gi)) {
    bytes.fill(0x78, index + whole.length - value.length, index + whole.length);
  }
  return bytes;
}

/** Payload beside the chosen messages: line ends stay, so that the next start line is found. */
function coverRest(bytes: Uint8Array, { from, to }: Segment, covered: Uint8Array): void {
  for (let at = from; at < Math.min(to, bytes.length); at++) {
    if (covered[at] === 0 && bytes[at] !== 13 && bytes[at] !== 10) bytes[at] = 0x78;
  }
}

function seal({ bytes, link }: Kept, segment: Segment, before: number): void {
  const { protocol, from, to, source, target, cut } = segment;
  const header = protocol === 17 ? from - 8 : tcpStart(bytes, from);
  if (header < 0 || to > bytes.length) return;
  const field = header + (protocol === 17 ? 6 : 16);
  openTunnel(bytes, link, header);
  const own = (bytes[field]! << 8) | bytes[field + 1]!;
  // UDP without a checksum (RFC 768) stays so
  if (protocol === 17 && own === 0) return;
  const value = cut
    ? resealed(own, before, sumOf(bytes, from, to))
    : segmentChecksum(bytes, header, to, field, protocol, source, target);
  bytes[field] = value >> 8;
  bytes[field + 1] = value & 255;
}

/** A datagram that lies in several packets: its checksum stands in the first of them. */
function sealWhole({ artifact }: Kept, { spans, to, source, target }: Segment, places: Places): void {
  const whole = new Uint8Array(to);
  for (const { at, offset, length } of spans!) {
    for (let n = 0; n < length && at + n < to; n++) {
      const place = places.at(artifact, offset + n);
      if (!place) return;
      whole[at + n] = place.packet.bytes[place.at]!;
    }
  }
  if (whole[6] === 0 && whole[7] === 0) return;
  const value = segmentChecksum(whole, 0, to, 6, 17, source, target);
  for (const [at, byte] of [
    [6, value >> 8],
    [7, value & 255],
  ] as const) {
    const span = spans!.find((one) => one.at <= at && at < one.at + one.length);
    const place = span && places.at(artifact, span.offset + at - span.at);
    if (place) place.packet.bytes[place.at] = byte;
  }
}

/** Where the TCP header begins whose options end at `payload`: its own length field says so. */
function tcpStart(bytes: Uint8Array, payload: number): number {
  for (let size = 20; size <= 60; size += 4) {
    const at = payload - size;
    if (at >= 0 && bytes[at + 12]! >> 4 === size / 4) return at;
  }
  return -1;
}

/** A tunnel over UDP may do without a checksum (RFC 7348 §5, RFC 6935); an old one would no longer be true. */
function openTunnel(bytes: Uint8Array, link: number, inner: number): void {
  const frame = createFrame();
  frame.bytes = bytes;
  frame.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  frame.end = bytes.length;
  let next: Layer | undefined = byLinkType(link);
  for (let depth = 0; depth < 8 && next !== undefined; depth++) {
    if (next === layer.udp) {
      if (frame.at !== inner) bytes.fill(0, frame.at + 6, frame.at + 8);
      return;
    }
    next = steps.get(next)?.(frame);
  }
}

const steps = new Map<Layer, (frame: ReturnType<typeof createFrame>) => Layer>([
  [layer.ethernet, ethernet],
  [layer.vlan, vlan],
  [layer.ip, ip],
  [layer.ipv4, ipv4],
  [layer.ipv6, ipv6],
  [layer.sll, sll],
  [layer.sll2, sll2],
]);
