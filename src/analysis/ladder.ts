/** The rows of one ladder: messages with repeats and second sightings told apart, and what else happened meanwhile. */
import { SECOND } from '../base/time';
import { joinReasons, type JoinReason } from '../evidence/links';
import { directions, messageFlags, transports } from '../evidence/schema';
import { describeCalls } from './calls';
import type { Ladder, LadderLeg, LadderMessage, LadderOf } from './desk';
import { notesOf } from './ladder-notes';
import { lanesOf } from './lanes';
import { per } from './per';
import { describeRegistrations } from './registrations';
import type { Read } from './scan';
import type { View } from './view';

/**
 * Messages that get an arrow, each with how often it was seen. A further sighting folds into one that shares an end with
 * it (another file, a mirror port, behind a NAT); between two other hosts it is a hop of its own.
 */
function foldSightings({ evidence: { messages }, links }: View, rows: Uint32Array): ReadonlyMap<number, number> {
  const seen = new Map<number, number>();
  const arrowsOf = new Map<number, number[]>();
  for (const row of rows) {
    const original = links.duplicateOf[row]! >= 0 ? links.duplicateOf[row]! : row;
    const arrows = arrowsOf.get(original) ?? [];
    const same = arrows.find(
      (one) => messages.source[one] === messages.source[row] || messages.target[one] === messages.target[row],
    );
    if (same === undefined) {
      arrowsOf.set(original, [...arrows, row]);
      seen.set(row, 1);
    } else seen.set(same, seen.get(same)! + 1);
  }
  return seen;
}

/** Registrations beside a call: so long before and after it, and at most so many messages. */
const margin = 5 * SECOND;
const mostBeside = 200;

export async function ladderOf(view: View, of: LadderOf, read: Read): Promise<Ladder> {
  const { evidence, links } = view;
  const { messages, strings } = evidence;
  const call = of.kind === 'call' ? describeCalls(view, [of.row])[0] : undefined;
  const registration = of.kind === 'registration' ? describeRegistrations(view, [of.row])[0] : undefined;
  const rows = call
    ? withRegistrations(view, links.callMessages(call.row))
    : registration
      ? links.registrationMessages(registration.row)
      : new Uint32Array(0);
  const lanes = lanesOf(view, rows);
  const legOf = new Map<number, number>();
  for (const row of rows) {
    const leg = links.legOf[row]!;
    if (call && links.callOf[row] === call.row && !legOf.has(leg)) legOf.set(leg, legOf.size);
  }
  const seen = foldSightings(view, rows);
  const placeOf = new Map<number, number>();
  const list: LadderMessage[] = [];
  for (const row of rows) {
    if (!seen.has(row)) continue;
    placeOf.set(row, list.length);
    list.push({
      row,
      time: view.clock.messages[row]!,
      from: lanes.from(row),
      to: lanes.to(row),
      method: strings.text(messages.method[row]!),
      status: messages.status[row]!,
      reason: strings.text(messages.reason[row]!),
      cseq: messages.cseq[row]!,
      leg: legOf.get(links.legOf[row]!) ?? -1,
      transaction: links.transactionOf[row]!,
      dialog: links.dialogOf[row]!,
      summary: summary(view, row),
      transport: transports[messages.transport[row]!] ?? '',
      repeats: placeOf.get(links.repeatOf[row]!) ?? -1,
      sightings: seen.get(row) ?? 1,
    });
  }
  const findings = call?.findings ?? registration?.findings ?? [];
  return {
    title: call ? { from: call.from, to: call.to } : { from: registration?.aor ?? '', to: registration?.host ?? '' },
    lanes: lanes.lanes,
    messages: list,
    ...(await notesOf(view, { lanes, messages: list, placeOf, findings }, read)),
    legs: legsOf(view, [...legOf.keys()]),
    ...(call ? { call } : {}),
    ...(registration ? { registration } : {}),
  };
}

/** A phone that is woken registers before it takes the call: what the parties of a call registered meanwhile. */
function withRegistrations(view: View, own: Uint32Array): Uint32Array {
  const { evidence, clock, links } = view;
  const { messages, strings } = evidence;
  const { registrations } = links;
  if (registrations.length === 0 || own.length === 0) return own;
  const users = new Set<string>();
  for (const row of own) {
    if (messages.status[row] !== 0) continue;
    for (const uri of [messages.fromUri[row]!, messages.toUri[row]!, messages.requestUri[row]!]) {
      users.add(userOf(strings.text(uri)));
    }
  }
  users.delete('');
  const from = clock.messages[own[0]!]! - margin;
  const to = clock.messages[own.at(-1)!]! + margin;
  const beside: number[] = [];
  for (let row = 0; row < registrations.length && beside.length < mostBeside; row++) {
    if (!users.has(userOf(strings.text(registrations.aor[row]!)))) continue;
    for (const message of links.registrationMessages(row)) {
      const time = clock.messages[message]!;
      if (time >= from && time <= to && beside.length < mostBeside) beside.push(message);
    }
  }
  if (beside.length === 0) return own;
  const rank = placeInOrder(view);
  return Uint32Array.from([...own, ...beside].sort((a, b) => rank[a]! - rank[b]!));
}

const userOf = (uri: string): string => /^(?:sips?|tel):([^@;>]+)/i.exec(uri)?.[1] ?? '';

/** Place of each message in `links.order`. */
const placeInOrder = per(({ links: { order } }: View): Uint32Array => {
  const place = new Uint32Array(order.length);
  order.forEach((row, index) => (place[row] = index));
  return place;
});

function legsOf({ evidence: { strings }, links }: View, legs: readonly number[]): LadderLeg[] {
  const { joins } = links;
  const indexOf = new Map(legs.map((leg, index) => [leg, index]));
  const best = new Map<number, NonNullable<LadderLeg['joined']>>();
  for (let join = 0; legs.length > 1 && join < joins.length; join++) {
    const [a, b] = [indexOf.get(joins.legA[join]!), indexOf.get(joins.legB[join]!)];
    const reason = strings.text(joins.reason[join]!);
    if (a === undefined || b === undefined || !Object.hasOwn(joinReasons, reason)) continue;
    const later = Math.max(a, b);
    const weight = joins.weight[join]!;
    if (weight > (best.get(later)?.weight ?? 0)) {
      best.set(later, { leg: Math.min(a, b), reason: reason as JoinReason, weight });
    }
  }
  return legs.map((leg, index) => {
    const joined = best.get(index);
    return { callId: strings.text(links.legs.callId[leg]!), letter: legLetter(index), ...(joined ? { joined } : {}) };
  });
}

/** A … Z, AA … */
const legLetter = (index: number): string =>
  (index < 26 ? '' : String.fromCharCode(64 + Math.floor(index / 26))) + String.fromCharCode(65 + (index % 26));

/** What the arrow carries, in the words of the protocol: `SAVP PCMA PCMU`, `sendonly`, `expires 300`, `Q.850 cause 16`. */
function summary(view: View, row: number): string {
  const { media, messages, strings } = view.evidence;
  const parts: string[] = [];
  const first = firstMedia(view).get(row) ?? media.length;
  for (let line = first; line < media.length && media.message[line] === row; line++) {
    const kind = strings.text(media.kind[line]!);
    const codecs = strings
      .text(media.formats[line]!)
      .split(', ')
      .map((format) => format.replace(/^\d+ /, '').replace(/\/\d+.*$/, ''))
      // a dynamic format without a name says nothing
      .filter((codec) => codec !== 'telephone-event' && !/^\d*$/.test(codec));
    const direction = directions[media.direction[line]!] ?? '';
    const profile = strings.text(media.profile[line]!);
    parts.push(
      [
        kind === 'audio' ? '' : kind,
        media.port[line] === 0 ? 'port 0' : '',
        profile === 'RTP/AVP' ? '' : profile.replace(/^.*\//, ''),
        codecs.slice(0, 3).join(' '),
        direction === 'sendrecv' ? '' : direction,
      ]
        .filter((part) => part !== '')
        .join(' '),
    );
  }
  if (parts.length > 0) parts.push(isOffer(view, row) ? 'offer' : 'answer');
  const isRegister = strings.text(messages.method[row]!) === 'REGISTER';
  if (isRegister && messages.expires[row]! >= 0) parts.push(`expires ${messages.expires[row]}`);
  if (messages.status[row] === 0 && (messages.flags[row]! & messageFlags.credentials) !== 0) {
    parts.push('with credentials');
  }
  const cause = reasons(view).get(row);
  if (cause) parts.push(cause);
  return parts.filter((part) => part !== '').join(' · ');
}

/** RFC 3264: a request offers, unless it is the ACK of an INVITE that did not; a response answers what was offered. */
function isOffer(view: View, row: number): boolean {
  const { messages, strings } = view.evidence;
  if (messages.status[row] === 0) return strings.text(messages.method[row]!) !== 'ACK';
  const request = view.links.transactions.request[view.links.transactionOf[row]!] ?? -1;
  return request >= 0 && !firstMedia(view).has(request);
}

/** `Q.850 cause 16` or `SIP cause 200` of messages with a Reason header (RFC 3326). */
const reasons = per(({ evidence: { fields, strings } }: View): ReadonlyMap<number, string> => {
  const found = new Map<number, string>();
  const name = strings.find('reason');
  for (let row = 0; name > 0 && row < fields.length; row++) {
    if (fields.name[row] !== name || found.has(fields.message[row]!)) continue;
    const [protocol = '', ...parameters] = strings.text(fields.value[row]!).slice(0, 1000).split(';');
    const cause = parameters.map((one) => /^\s*cause=(\d{1,3})\b/i.exec(one)?.[1]).find((one) => one !== undefined);
    if (cause !== undefined) found.set(fields.message[row]!, `${protocol.trim().slice(0, 12)} cause ${cause}`);
  }
  return found;
});

/** First m-line of each message that has one. */
const firstMedia = per(({ evidence: { media } }: View): ReadonlyMap<number, number> => {
  const first = new Map<number, number>();
  for (let line = media.length - 1; line >= 0; line--) first.set(media.message[line]!, line);
  return first;
});
