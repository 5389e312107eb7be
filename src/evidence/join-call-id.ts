/** Call-IDs of which one is made of the other, as some back-to-back user agents name their second leg. */
import type { Evidence } from './evidence';
import type { Note } from './join-evidence';
import type { Features } from './leg-features';

/** Shorter ones meet by chance. */
const shortest = 12;
const weight = 85;
/** Places at which one Call-ID is tried for another; a longer one has hardly a meaning in so many parts. */
const mostPlaces = 32;

/**
 * `a84b4c76e66710@pbx` and `a84b4c76e66710@pbx-b2b_1`: what one has more stands behind or before the other, set off by a
 * sign that is no letter or digit. So each is cut at its signs, and every beginning and end is looked up.
 */
export function byCallId({ messages, strings }: Evidence, features: Features, note: Note): void {
  const texts: string[] = [];
  const legs: number[] = [];
  features.opening.forEach((row, leg) => {
    const text = row === -1 ? '' : strings.text(messages.callId[row]!);
    if (text.length < shortest) return;
    texts.push(text);
    legs.push(leg);
  });
  // hardly any part is a Call-ID: its signs tell most of them before it is cut out and looked up
  let size = 1024;
  while (size < texts.length * 16) size *= 2;
  const signs = new Uint8Array(size);
  for (const text of texts) signs[signOf(text, 0, text.length) & (size - 1)] = 1;
  let known: Map<string, number> | undefined;
  const legOf = (text: string): number | undefined =>
    (known ??= new Map(texts.map((one, n) => [one, legs[n]!]))).get(text);
  texts.forEach((text, n) => {
    const leg = legs[n]!;
    const tryPart = (from: number, to: number): void => {
      if (to - from < shortest || signs[signOf(text, from, to) & (size - 1)] === 0) return;
      const other = legOf(text.slice(from, to));
      if (other !== undefined && features.meet(leg, other) && !features.parallel(leg, other)) {
        note(leg, other, weight, 'call-id');
      }
    };
    let places = 0;
    for (let at = 1; at < text.length && places < mostPlaces; at++) {
      if (isPlain(text.charCodeAt(at - 1)) && isPlain(text.charCodeAt(at))) continue;
      places++;
      tryPart(0, at);
      tryPart(at, text.length);
    }
  });
}

/** Of a part of at least eight letters: its length, both ends, and its middle. */
function signOf(text: string, from: number, to: number): number {
  let sign = to - from;
  for (let n = 0; n < 4; n++) {
    sign = Math.imul(sign ^ text.charCodeAt(from + n), 0x9e3779b1);
    sign = Math.imul(sign ^ text.charCodeAt(to - 1 - n), 0x85ebca6b);
  }
  sign = Math.imul(sign ^ text.charCodeAt((from + to) >> 1), 0xc2b2ae35);
  return sign ^ (sign >>> 15);
}

const isPlain = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
