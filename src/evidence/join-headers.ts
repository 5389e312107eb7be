/**
 * Legs that name each other or one thing in common: Session-ID (RFC 7989), correlation headers of the vendors, Replaces,
 * Join and REFER (RFC 3891, 3911, 3515).
 */
import { MINUTE, SECOND } from '../base/time';
import type { Evidence } from './evidence';
import { early, type LegsOfMessages, type Note } from './join-evidence';
import type { Features } from './leg-features';
import { createLegIndex, eachMeeting } from './leg-index';

/** Headers whose equal values mean one call, and what of the value counts. */
const correlating: Readonly<Record<string, (value: string) => readonly string[]>> = {
  'x-call-id': list,
  'x-cid': list,
  'x-mitel-correlation-id': list,
  'x-correlation-id': list,
  'p-charging-vector': (value) => [/(?:^|;)\s*icid-value="?([^";\s]+)/i.exec(value)?.[1] ?? ''],
  'cisco-guid': (value) => (/[1-9]/.test(value) ? [value.replace(/\s+/g, '')] : []),
  'user-to-user': (value) => [value.split(';')[0]!.trim()],
};

/** A token of RFC 3261 §25.1, as header names are. */
export const isHeaderName = (name: string): boolean => /^[\w!%*.`'~+-]{1,60}$/.test(name);

/** What the readers must keep for joining legs. */
export const linkHeaders: readonly string[] = [
  'session-id',
  ...Object.keys(correlating),
  'replaces',
  'join',
  'refer-to',
  'referred-by',
];

const weights = { session: 100, header: 100, replaces: 95, transfer: 95 } as const;
/** A leg has two, a transferred one a few more. */
const mostSessions = 8;
/** A shorter value is a flag or a counter. */
const shortest = 8;
/** Of a header that a person named. */
const shortestNamed = 3;
/** A leg that is named may have ended so long ago; a transfer is carried out within it. */
const memory = 2 * MINUTE;
const transferTime = 32 * SECOND;

/** Gives whether two legs belong to different sessions by their Session-IDs. */
export function byHeaders(
  evidence: Evidence,
  times: Float64Array,
  legs: LegsOfMessages,
  features: Features,
  note: Note,
  named: readonly string[] = [],
): (one: number, other: number) => boolean {
  const { fields, messages, strings } = evidence;
  const { legOf, hasCall } = legs;
  const near = (one: number, other: number): boolean =>
    Math.max(features.start[one]!, features.start[other]!) - Math.min(features.end[one]!, features.end[other]!) <=
    memory;
  const legOfCallId = new Map<number, number>();
  for (let leg = 0; leg < features.count; leg++) {
    if (features.opening[leg] !== -1) legOfCallId.set(messages.callId[features.opening[leg]!]!, leg);
  }
  const legNamed = (callId: string): number => legOfCallId.get(strings.find(callId)) ?? -1;

  const values = new Map<string, number>();
  const numberOf = (text: string): number => {
    const number = values.get(text) ?? values.size;
    values.set(text, number);
    return number;
  };
  const sessions = createLegIndex();
  const sessionsOf = new Map<number, number[]>();
  const headers = createLegIndex();
  const refers: { readonly leg: number; readonly time: number; readonly to: string }[] = [];
  const referredBy = new Map<number, string>();
  const further = new Set(named.map((name) => name.trim().toLowerCase()).filter((name) => !linkHeaders.includes(name)));
  const wanted = new Map([...linkHeaders, ...further].map((name) => [strings.find(name), name]));
  wanted.delete(-1);
  for (let row = 0; row < fields.length; row++) {
    const name = wanted.get(fields.name[row]!);
    if (name === undefined) continue;
    const message = fields.message[row]!;
    const leg = legOf[message]!;
    if (leg === -1 || hasCall[leg] === 0) continue;
    const value = strings.text(fields.value[row]!);
    if (name === 'session-id') {
      for (const uuid of sessionIds(value)) {
        const session = numberOf(uuid);
        sessions.add(leg, session);
        const own = sessionsOf.get(leg);
        if (!own) sessionsOf.set(leg, [session]);
        else if (own.length < mostSessions && !own.includes(session)) own.push(session);
      }
    } else if (name === 'replaces' || name === 'join') {
      const other = legNamed(value.split(';')[0]!.trim());
      if (other !== -1 && near(leg, other)) note(leg, other, weights.replaces, 'replaces');
    } else if (name === 'refer-to') {
      const inside = /[?&]replaces=([^&>]+)/i.exec(value)?.[1];
      const other = inside === undefined ? -1 : legNamed(decoded(inside).split(';')[0]!.trim());
      if (other !== -1 && near(leg, other)) note(leg, other, weights.replaces, 'replaces');
      if (messages.status[message] === 0) refers.push({ leg, time: times[message]!, to: value });
    } else if (name === 'referred-by') {
      if (messages.status[message] === 0 && !referredBy.has(leg)) referredBy.set(leg, value);
    } else {
      const isNamed = further.has(name);
      for (const part of isNamed ? list(value) : correlating[name]!(value)) {
        if (part.length < (isNamed ? shortestNamed : shortest)) continue;
        headers.add(leg, numberOf(part), 0, fields.name[row]);
        const other = legNamed(part);
        if (other !== -1 && near(leg, other)) note(leg, other, weights.header, 'header', fields.name[row]);
      }
    }
  }
  sessions.each((own) => eachMeeting(own, near, (one, other) => note(one, other, weights.session, 'session-id')));
  headers.each((own, names) => {
    const nameOf = new Map(own.map((leg, n) => [leg, names[n]!]));
    eachMeeting(own, near, (one, other) => note(one, other, weights.header, 'header', nameOf.get(other)));
  });
  byTransfer(features, refers, referredBy, note);
  return (one, other) => {
    const [own, others] = [sessionsOf.get(one), sessionsOf.get(other)];
    return own !== undefined && others !== undefined && !own.some((session) => others.includes(session));
  };
}

function list(value: string): readonly string[] {
  return value.split(',').map((part) => part.trim());
}

/** Both UUIDs of a Session-ID without the nil one, or the single value of RFC 7329. */
function sessionIds(value: string): readonly string[] {
  const [local = '', ...parameters] = value.toLowerCase().split(';');
  const remote = parameters.map((one) => /^\s*remote=([\da-f-]+)/.exec(one)?.[1] ?? '').find((one) => one !== '') ?? '';
  return [local, remote]
    .map((one) => one.replace(/[-\s]/g, ''))
    .filter((one) => /^[\da-f]{16,}$/.test(one) && /[^0]/.test(one));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A blind transfer: who was asked by REFER to call somebody calls, and says by whom or is a party of that call. */
function byTransfer(
  features: Features,
  refers: readonly { readonly leg: number; readonly time: number; readonly to: string }[],
  referredBy: ReadonlyMap<number, string>,
  note: Note,
): void {
  if (refers.length === 0) return;
  const legsTo = new Map<number, number[]>();
  for (let leg = 0; leg < features.count; leg++) {
    for (const user of new Set([features.called[leg]!, features.dialled[leg]!])) {
      if (user === 0) continue;
      const own = legsTo.get(user);
      if (own) own.push(leg);
      else legsTo.set(user, [leg]);
    }
  }
  for (const { leg, time, to } of refers) {
    const parties = [features.caller[leg]!, features.called[leg]!, features.dialled[leg]!].filter((user) => user !== 0);
    const carried = (legsTo.get(features.user(to.replace(/^[^<]*</, ''))) ?? []).filter((other) => {
      const wait = features.start[other]! - time;
      if (other === leg || wait < -early || wait > transferTime) return false;
      const said = referredBy.get(other);
      const by = said === undefined ? features.caller[other]! : features.user(said.replace(/^[^<]*</, ''));
      return parties.includes(by) && (said !== undefined || features.sharesHost(leg, other));
    });
    // users of one number may transfer to one number at two sites: the leg through the same hosts is meant
    const near = carried.filter((other) => features.sharesHost(leg, other));
    for (const other of near.length > 0 ? near : carried) note(leg, other, weights.transfer, 'transfer');
  }
}
