/** Addresses as four words; IPv4 behind the IPv4-mapped prefix `::ffff:0:0/96` (RFC 4291 §2.5.5.2). */

export function formatAddress(words: Uint32Array): string {
  const [a = 0, b = 0, c = 0, d = 0] = words;
  if (a === 0 && b === 0 && c === 0xffff) return `${d >>> 24}.${(d >>> 16) & 255}.${(d >>> 8) & 255}.${d & 255}`;
  const groups = [a, b, c, d].flatMap((word) => [word >>> 16, word & 0xffff]);
  // RFC 5952 §4.2: the longest run of at least two zero groups is shortened, the first of equal ones
  let best = -1;
  let length = 1;
  for (let start = 0; start < 8; start++) {
    let end = start;
    while (end < 8 && groups[end] === 0) end++;
    if (end - start > length) {
      best = start;
      length = end - start;
    }
  }
  const text = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':');
  return best < 0 ? text(groups) : `${text(groups.slice(0, best))}::${text(groups.slice(best + length))}`;
}

/** Writes the words of an address as written in text; false where it is none (a name, a typing error). */
export function parseAddress(text: string, words: Uint32Array, at = 0): boolean {
  if (text.length > 45) return false;
  if (!text.includes(':')) {
    const value = dotted(text);
    if (value < 0) return false;
    words.set([0, 0, 0xffff, value], at);
    return true;
  }
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const left = groupsOf(halves[0]!);
  const right = halves.length === 2 ? groupsOf(halves[1]!) : [];
  if (!left || !right) return false;
  const missing = 8 - left.length - right.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return false;
  const groups = [...left, ...new Array<number>(missing).fill(0), ...right];
  for (let word = 0; word < 4; word++) words[at + word] = (groups[word * 2]! << 16) | groups[word * 2 + 1]!;
  return true;
}

/** The same of bytes; of IPv4 no string is made. */
export function readAddress(bytes: Uint8Array, from: number, to: number, words: Uint32Array): boolean {
  const value = dottedBytes(bytes, from, to);
  if (value < 0) return to - from <= 45 && parseAddress(String.fromCharCode(...bytes.subarray(from, to)), words);
  words[0] = words[1] = 0;
  words[2] = 0xffff;
  words[3] = value;
  return true;
}

/** −1 where it is not the usual form of an IPv4 address. */
function dottedBytes(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  let part = 0;
  let digits = 0;
  let dots = 0;
  for (let at = from; at < to; at++) {
    const digit = bytes[at]! - 0x30;
    if (digit >= 0 && digit <= 9) {
      part = part * 10 + digit;
      if (++digits > 3 || part > 255) return -1;
    } else {
      if (bytes[at] !== 0x2e || digits === 0) return -1;
      value = value * 256 + part;
      part = digits = 0;
      dots++;
    }
  }
  return dots === 3 && digits > 0 ? value * 256 + part : -1;
}

function groupsOf(text: string): number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  for (const part of text.split(':')) {
    if (part.includes('.')) {
      const value = dotted(part);
      if (value < 0) return undefined;
      groups.push(value >>> 16, value & 0xffff);
    } else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(parseInt(part, 16));
    else return undefined;
  }
  return groups;
}

function dotted(text: string): number {
  let value = 0;
  let part = 0;
  let digits = 0;
  let dots = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x30 && code <= 0x39) {
      part = part * 10 + code - 0x30;
      if (++digits > 3 || part > 255) return -1;
    } else {
      if (code !== 0x2e || digits === 0) return -1;
      value = value * 256 + part;
      part = digits = 0;
      dots++;
    }
  }
  return dots === 3 && digits > 0 ? value * 256 + part : -1;
}
