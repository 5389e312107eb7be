/** The Internet checksum (RFC 1071) of UDP and TCP, over the pseudo header of RFC 768, RFC 9293 §3.1, RFC 8200 §8.1. */

/** One's complement sum of 16-bit words; an odd last byte counts as the upper one. */
function sum(bytes: Uint8Array, from: number, to: number): number {
  let total = 0;
  for (let at = from; at < to; at += 2) {
    total += (bytes[at]! << 8) | (at + 1 < to ? bytes[at + 1]! : 0);
    if (total > 0x7fff_0000) total = (total & 0xffff) + (total >>> 16);
  }
  return folded(total);
}

const folded = (total: number): number => {
  let value = total;
  while (value > 0xffff) value = (value & 0xffff) + (value >>> 16);
  return value;
};

/** Sum of the bytes of a segment, for `resealed`. */
export const sumOf = sum;

/** Checksum of a whole segment whose own field is taken as zero; `source` and `target` are addresses as four words. */
export function segmentChecksum(
  bytes: Uint8Array,
  from: number,
  to: number,
  field: number,
  protocol: number,
  source: Uint32Array,
  target: Uint32Array,
): number {
  let pseudo = protocol + (to - from);
  for (const words of [source, target]) {
    // an IPv4 address lies behind a prefix that its pseudo header does not have
    const isFour = words[0] === 0 && words[1] === 0 && words[2] === 0xffff;
    for (let word = isFour ? 3 : 0; word < 4; word++) pseudo += (words[word]! >>> 16) + (words[word]! & 0xffff);
  }
  const own = (bytes[field]! << 8) | bytes[field + 1]!;
  const total = folded(sum(bytes, from, to) + (~own & 0xffff) + folded(pseudo));
  return ~total & 0xffff || 0xffff;
}

/** Checksum after a change, where the segment is not here in full (RFC 1624 eq. 3). The field must not be in the sums. */
export const resealed = (own: number, before: number, after: number): number =>
  ~folded((~own & 0xffff) + (~before & 0xffff) + after) & 0xffff || 0xffff;
