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
  const legOf = new Map<string, number>();
  features.opening.forEach((row, leg) => {
    const text = row === -1 ? '' : strings.text(messages.callId[row]!);
    if (text.length >= shortest) legOf.set(text, leg);
  });
  for (const [text, leg] of legOf) {
    let places = 0;
    for (let at = 1; at < text.length && places < mostPlaces; at++) {
      if (isPlain(text.charCodeAt(at - 1)) && isPlain(text.charCodeAt(at))) continue;
      places++;
      for (const part of [text.slice(0, at), text.slice(at)]) {
        const other = part.length < shortest ? undefined : legOf.get(part);
        if (other !== undefined && features.meet(leg, other) && !features.parallel(leg, other)) {
          note(leg, other, weight, 'call-id');
        }
      }
    }
  }
}

const isPlain = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
