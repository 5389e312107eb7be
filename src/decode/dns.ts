/**
 * DNS (RFC 1035 §4.1): one question with its answer's code. Enough to say which name was asked for and what came back.
 *
 *     12 34 01 00 00 01 00 00 00 00 00 00  04 _sip 04 _udp 07 example 03 com 00  00 21 00 01
 *     id    flags qd    an    ns    ar     name                                  type  class
 */
export interface DnsQuestion {
  id: number;
  isAnswer: boolean;
  /** RCODE (§4.1.1) and records of an answer. */
  code: number;
  answers: number;
  name: string;
  /** QTYPE. */
  type: number;
}

export const dnsPort = 53;
/** A, AAAA, SRV, NAPTR: what leads from a SIP domain to an address (RFC 3263 §4). */
const types = new Set([1, 28, 33, 35]);
const maxName = 255;

/** Fills `into`; false where it is no such message. */
export function readDns(bytes: Uint8Array, from: number, to: number, into: DnsQuestion): boolean {
  if (to - from < 17) return false;
  const short = (at: number): number => (bytes[at]! << 8) | bytes[at + 1]!;
  const flags = short(from + 2);
  // one question of a standard query; the bits between recursion and code but AD and CD are zero
  if ((flags & 0x7840) !== 0 || short(from + 4) !== 1) return false;
  let at = from + 12;
  let name = '';
  for (;;) {
    const length = bytes[at]!;
    if (length === 0) break;
    if (length > 63 || at + 1 + length >= to || name.length + length > maxName) return false;
    let label = '';
    for (let n = at + 1; n <= at + length; n++) {
      const byte = bytes[n]!;
      if (byte <= 32 || byte >= 127) return false;
      label += String.fromCharCode(byte);
    }
    name += (name === '' ? '' : '.') + label.toLowerCase();
    at += length + 1;
    if (at >= to) return false;
  }
  if (at + 5 > to || name === '') return false;
  const type = short(at + 1);
  if (!types.has(type)) return false;
  into.id = short(from);
  into.isAnswer = (flags & 0x8000) !== 0;
  into.code = flags & 15;
  into.answers = short(from + 6);
  into.name = name;
  into.type = type;
  return true;
}
