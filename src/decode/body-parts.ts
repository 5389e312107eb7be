/**
 * Parts of a multipart body (RFC 2046 §5.1, RFC 5621 §3): `visit` hears the Content-Type and the bytes of each.
 *
 *     --unique-1
 *     Content-Type: application/sdp
 *
 *     v=0 …
 *     --unique-1
 *     Content-Type: application/isup;version=itu-t92+
 *
 *     …
 *     --unique-1--
 */
export type VisitPart = (typeFrom: number, typeTo: number, from: number, to: number) => void;

const maxParts = 16;
const maxHeaders = 16;
const contentType = [...'content-type'].map((sign) => sign.charCodeAt(0));

export function eachPart(bytes: Uint8Array, from: number, to: number, visit: VisitPart): void {
  const first = delimiterAt(bytes, from, to);
  if (first < 0) return;
  const size = lineEnd(bytes, first, to) - first;
  let at = nextLine(bytes, first, to);
  for (let parts = 0; parts < maxParts && at < to; parts++) {
    const end = nextDelimiter(bytes, first, size, at, to);
    // the line end before a delimiter belongs to it
    let last = end;
    if (end < to && last > at && bytes[last - 1] === 10) last--;
    if (end < to && last > at && bytes[last - 1] === 13) last--;
    readPart(bytes, at, last, visit);
    if (end >= to || (bytes[end + size] === 0x2d && bytes[end + size + 1] === 0x2d)) return;
    at = nextLine(bytes, end, to);
  }
}

/** The first line that begins with two hyphens; what stands before it is a preamble. */
function delimiterAt(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from, lines = 0; at < to && lines < maxHeaders; at = nextLine(bytes, at, to), lines++) {
    if (bytes[at] === 0x2d && bytes[at + 1] === 0x2d && lineEnd(bytes, at, to) - at > 2) return at;
  }
  return -1;
}

function nextDelimiter(bytes: Uint8Array, first: number, size: number, from: number, to: number): number {
  for (let at = from; at < to; at = nextLine(bytes, at, to)) {
    if (at + size > to) continue;
    let n = 0;
    while (n < size && bytes[at + n] === bytes[first + n]) n++;
    if (n === size) return at;
  }
  return to;
}

function readPart(bytes: Uint8Array, from: number, to: number, visit: VisitPart): void {
  let [typeFrom, typeTo] = [from, from];
  let at = from;
  for (let headers = 0; at < to; headers++) {
    const end = lineEnd(bytes, at, to);
    const next = nextLine(bytes, at, to);
    if (end === at) {
      visit(typeFrom, typeTo, next, to);
      return;
    }
    if (headers >= maxHeaders) return;
    const colon = bytes.indexOf(0x3a, at);
    if (colon > at && colon < end && isContentType(bytes, at, colon)) [typeFrom, typeTo] = [colon + 1, end];
    at = next;
  }
}

/** `Content-Type`, or `c` for short (RFC 3261 §7.3.3). */
function isContentType(bytes: Uint8Array, from: number, to: number): boolean {
  let end = to;
  while (end > from && (bytes[end - 1] === 32 || bytes[end - 1] === 9)) end--;
  if (end - from === 1) return (bytes[from]! | 32) === 0x63;
  return end - from === contentType.length && contentType.every((sign, n) => (bytes[from + n]! | 32) === (sign | 32));
}

function lineEnd(bytes: Uint8Array, at: number, to: number): number {
  const feed = bytes.indexOf(10, at);
  const end = feed < 0 || feed > to ? to : feed;
  return end > at && bytes[end - 1] === 13 ? end - 1 : end;
}

function nextLine(bytes: Uint8Array, at: number, to: number): number {
  const feed = bytes.indexOf(10, at);
  return feed < 0 || feed >= to ? to : feed + 1;
}
