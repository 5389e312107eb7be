/** Faults of syntax that RFC 4475 §3.1.2 and RFC 5118 §4 show, in a few technical words; empty = none. */

const space = 0x20;
const isBlank = (byte: number): boolean => byte === space || byte === 9 || byte === 13 || byte === 10;

/** A request URI: blanks, brackets around it, headers in it, an IPv6 address without brackets or with `:::`. */
export function requestUriFault(bytes: Uint8Array, from: number, to: number): string {
  if (from === to) return 'no request URI';
  if (bytes[from] === 0x3c) return 'request URI in brackets';
  let colons = 0;
  let triple = 0;
  let inside = false;
  let headers = false;
  let parameters = false;
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    if (isBlank(byte)) return 'space in request URI';
    switch (byte) {
      case 0x40: // @: what stood before it was the user
        colons = triple = 0;
        headers = parameters = false;
        break;
      case 0x5b:
        inside = true;
        break;
      case 0x5d:
        inside = false;
        break;
      case 0x3b:
        parameters = true;
        break;
      case 0x3f:
        headers = true;
        break;
      case 0x3a:
        triple = bytes[at - 1] === 0x3a && bytes[at - 2] === 0x3a ? 3 : triple;
        if (!inside && !parameters && !headers) colons++;
        break;
    }
  }
  // of other schemes than sip and sips the rest is opaque
  if ((bytes[from]! | 32) !== 0x73 || (bytes[from + 1]! | 32) !== 0x69 || (bytes[from + 2]! | 32) !== 0x70) return '';
  if (headers) return 'headers in request URI';
  if (triple > 0) return 'IPv6 address';
  // without a user the colon of the scheme is among them
  return colons > 2 ? 'IPv6 address without brackets' : '';
}

/** Parameters between `from` and `to` of which one is empty: `;;`, `;,`, a `;` at the end. */
export function hasEmptyParameter(bytes: Uint8Array, from: number, to: number): boolean {
  let open = false;
  let quoted = false;
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    if (byte === 0x22) quoted = !quoted;
    else if (quoted && byte === 0x5c) at++;
    if (quoted) open = false;
    else if (byte === 0x3b || byte === 0x2c) {
      if (open) return true;
      open = byte === 0x3b;
    } else if (!isBlank(byte)) open = false;
  }
  return open;
}

/** An address of From, To or Contact as it was cut: `bracketed` = it stood in angle brackets. */
export function addressFault(bytes: Uint8Array, from: number, to: number, bracketed: boolean): string {
  if (from === to) return 'empty address';
  if (isBlank(bytes[from]!)) return 'space in address';
  let colon = false;
  for (let at = from; at < to; at++) {
    if (bytes[at] === 0x3a) colon = true;
    else if (bytes[at] === 0x3f && !bracketed) return 'address without brackets';
  }
  return colon ? '' : 'address without a scheme';
}
