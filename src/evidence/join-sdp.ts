/**
 * Legs that carry the same media: one address and port, or one `o=` (RFC 8866 §5.2) user and session id. What passes a
 * border comes in from one host and goes out from another; what one host says of itself in two legs is its habit (a
 * fixed port, a constant session id), and so is what two calls of one pair of hosts have in common.
 */
import type { Evidence } from './evidence';
import type { LegsOfMessages, Note } from './join-evidence';
import type { Features } from './leg-features';
import { createLegIndex, createShared, eachMeeting } from './leg-index';

const passed = 80;
const habit = 30;
/** Session ids below are counters of small devices; ten digits are seconds since 1900, which two hosts may share. */
const leastSession = 10_000;
const longSession = 12;

export function bySdp(evidence: Evidence, { legOf, hasCall }: LegsOfMessages, features: Features, note: Note): void {
  const { media, messages, strings } = evidence;
  const nowhere = new Set(['0.0.0.0', '::', ''].map((address) => strings.find(address)));
  const [sharedPlaces, sharedOrigins] = [createShared(media.length), createShared(media.length)];
  const signs = new Int32Array(media.length);
  for (let row = 0; row < media.length; row++) {
    const leg = legOf[media.message[row]!]!;
    if (leg === -1 || hasCall[leg] === 0) continue;
    sharedPlaces.see(leg, media.address[row]!, media.port[row]!);
    if (media.origin[row] === 0 || media.index[row] !== 0) continue;
    signs[row] = signOf(strings.text(media.origin[row]!));
    sharedOrigins.see(leg, signs[row]!);
  }
  const [places, origins] = [createLegIndex(), createLegIndex()];
  const known = new Map<number, Origin>();
  const sessions = new Map<string, number>();
  for (let row = 0; row < media.length; row++) {
    const message = media.message[row]!;
    const leg = legOf[message]!;
    if (leg === -1 || hasCall[leg] === 0) continue;
    // the mark is the speaker where it speaks of itself, else 0
    const sender = messages.source[message]!;
    const address = media.address[row]!;
    const port = media.port[row]!;
    if (port !== 0 && port !== 9 && sharedPlaces.isShared(address, port) && !nowhere.has(address)) {
      places.add(leg, address, port, address === sender ? sender : 0);
    }
    const line = media.origin[row]!;
    if (line === 0 || media.index[row] !== 0 || !sharedOrigins.isShared(signs[row]!)) continue;
    let origin = known.get(line);
    if (origin === undefined) known.set(line, (origin = originOf(strings.text(line), sessions, strings.id) ?? none));
    if (origin === none) continue;
    const { value, place, long } = origin;
    origins.add(leg, value, long ? 0 : place, place === sender ? sender : 0);
  }
  for (const [index, reason] of [
    [places, 'sdp-address'],
    [origins, 'sdp-origin'],
  ] as const) {
    index.each((legs, marks) => {
      let markOf: ReadonlyMap<number, number> | undefined;
      eachMeeting(legs, features.meet, (one, other, alive) => {
        if (features.parallel(one, other)) return;
        markOf ??= new Map(legs.map((leg, n) => [leg, marks[n]!]));
        const mark = markOf.get(one);
        const itself = mark !== 0 && mark === markOf.get(other);
        const rival = alive.some((leg) => rivals(features, leg, one, other));
        note(one, other, itself || rival ? habit : passed, reason);
      });
    });
  }
}

/** Is `leg` another call that could be carried on just as well: is it parallel to the leading one of the pair? */
function rivals({ follows, parallel }: Features, leg: number, one: number, other: number): boolean {
  if (leg === one || leg === other) return false;
  if (follows(one, other)) return parallel(leg, one);
  return parallel(leg, other) || (!follows(other, one) && parallel(leg, one));
}

interface Origin {
  /** Number of user and session id. */
  readonly value: number;
  /** Its address as a string id. */
  readonly place: number;
  readonly long: boolean;
}

/** Of user and session id: equal ones have equal signs. */
function signOf(line: string): number {
  let sign = 0;
  for (let at = 0, blanks = 0; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code === 32 && ++blanks === 2) break;
    sign = Math.imul(sign ^ code, 0x9e3779b1);
    sign ^= sign >>> 15;
  }
  return sign;
}

const none: Origin = { value: -1, place: -1, long: false };

/** `- 19222 1 IN IP4 192.0.2.20` */
function originOf(line: string, sessions: Map<string, number>, id: (text: string) => number): Origin | undefined {
  const user = line.indexOf(' ');
  const end = line.indexOf(' ', user + 1);
  const session = user === -1 ? '' : line.slice(user + 1, end === -1 ? undefined : end);
  if (!/^\d{1,40}$/.test(session) || Number(session) < leastSession) return undefined;
  const name = end === -1 ? line : line.slice(0, end);
  const value = sessions.get(name) ?? sessions.size;
  sessions.set(name, value);
  const [, , , address = ''] = end === -1 ? [] : line.slice(end + 1).split(' ');
  return { value, place: id(address), long: session.length >= longSession };
}
