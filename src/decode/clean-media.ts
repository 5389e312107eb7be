/**
 * Takes what was said out of a media packet and leaves what its quality is read from: headers of RTP (RFC 3550 §5.1;
 * also of SRTP, RFC 3711 §3.1), counts of RTCP, types of STUN and DTLS. Lengths stay.
 */
export function cleanMedia(bytes: Uint8Array, from: number, to: number): void {
  if (to - from < 2) return;
  const first = bytes[from]!;
  const second = bytes[from + 1]!;
  if (first >> 6 === 2 && second >= 192 && second <= 223) cleanRtcp(bytes, from, to);
  else if (first >> 6 === 2) bytes.fill(0, Math.min(to, rtpHeader(bytes, from, to)), to);
  // DTLS (RFC 7983: 20–63): the handshake is public, what is behind it is data
  else if (first >= 20 && first <= 63) {
    if (first === 23) bytes.fill(0, Math.min(to, from + 13), to);
  }
  // STUN (RFC 8489 §5): header without user names and keys; else UDPTL: its sequence number
  else if (first < 4 && to - from >= 20 && isStun(bytes, from)) cleanStun(bytes, from + 20, to);
  else bytes.fill(0, from + 2, to);
}

function rtpHeader(bytes: Uint8Array, from: number, to: number): number {
  const first = bytes[from]!;
  let end = from + 12 + (first & 15) * 4;
  // an extension may tell levels and names: its length stays, its content does not
  if (first & 16 && end + 4 <= to) end += 4;
  return end;
}

/** Sender and receiver reports and XR stay; SDES, BYE and APP carry names and text. Encrypted ones lose all but 8 bytes. */
function cleanRtcp(bytes: Uint8Array, from: number, to: number): void {
  let at = from;
  while (at + 8 <= to) {
    const type = bytes[at + 1]!;
    const end = at + 4 + ((bytes[at + 2]! << 8) | bytes[at + 3]!) * 4;
    if (bytes[at]! >> 6 !== 2 || type < 192 || type > 223 || end > to) break;
    if (type === 202 || type === 203 || type === 204) bytes.fill(0, Math.min(end, at + 8), end);
    at = end;
  }
  bytes.fill(0, Math.min(to, at === from ? at + 8 : at), to);
}

const isStun = (bytes: Uint8Array, at: number): boolean =>
  bytes[at + 4] === 0x21 && bytes[at + 5] === 0x12 && bytes[at + 6] === 0xa4 && bytes[at + 7] === 0x42;

/** Attributes keep type and length; of their values only mapped addresses and error codes stay. */
function cleanStun(bytes: Uint8Array, from: number, to: number): void {
  const kept = new Set([0x0001, 0x0009, 0x0012, 0x0016, 0x0020]);
  let at = from;
  while (at + 4 <= to) {
    const type = (bytes[at]! << 8) | bytes[at + 1]!;
    const length = (bytes[at + 2]! << 8) | bytes[at + 3]!;
    const end = Math.min(to, at + 4 + length + ((4 - (length % 4)) % 4));
    if (!kept.has(type)) bytes.fill(0, at + 4, end);
    at = end;
  }
  bytes.fill(0, at, to);
}
