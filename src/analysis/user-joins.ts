/**
 * What other evidence says about the people of the report: their registration, calls, events and findings, found by
 * e-mail and by the numbers of their SIP phones. Built from the side of the evidence, so a report of 200 000 people
 * costs no more than one of 200.
 */
import { HOUR } from '../base/time';
import { incidentSpan } from '../facts/facts';
import { pushesOf } from '../rules/pushes';
import { outcomes, registrationOutcomes } from '../evidence/links';
import type { Evidence } from '../evidence/evidence';
import { fold, roster } from './user-index';
import { per } from './per';
import type { View } from './view';

export interface UserJoins {
  /** Row of `links.registrations`, −1 = none: the latest of any of the user's numbers. */
  registration(row: number): number;
  /** Row of `listed`, −1 = none. */
  listed(row: number): number;
  calls(row: number): { readonly calls: number; readonly failed: number };
  pushes(row: number): { readonly pushes: number; readonly failed: number };
  events(row: number): number;
  /** Events from two hours before the incident to its end. */
  nearEvents(row: number): number;
  /** Indexes of findings that name the user. */
  findings(row: number): readonly number[];
}

const failed = new Set<number>([outcomes.indexOf('rejected'), outcomes.indexOf('timeout')]);

export const userJoins = per((view: View): UserJoins => {
  const { evidence, findings } = view;
  const { users, strings } = evidence;
  const registrations = registrationsByKey(view);
  const calls = callsByKey(view);
  const listed = listedByKey(evidence);
  const pushes = pushesByKey(view);
  const incident = incidentSpan(view.facts);
  const { all: events, near } = eventsByUser(
    view,
    incident ? { from: incident.from - beforeIncident, to: incident.to } : undefined,
  );
  const anything = registrations.size + calls.size + listed.size + pushes.size > 0;
  const named = new Map<string, number[]>();
  findings.forEach(({ outcome, subject, also }, index) => {
    if (outcome !== 'found') return;
    for (const name of new Set([subject, ...also])) if (name !== '') push(named, name, index);
  });
  const placed = new Map<number, number[]>();
  const rowOf = new Map<string, number>();
  for (const row of roster(evidence).rows) rowOf.set(`${users.artifact[row]}:${users.row[row]}`, row);
  findings.forEach(({ outcome, at }, index) => {
    if (outcome !== 'found') return;
    for (const { artifact, row } of at) {
      const user = row === undefined ? undefined : rowOf.get(`${artifact}:${row}`);
      if (user !== undefined) push(placed, user, index);
    }
  });
  const none: readonly string[] = [];
  const keys = (row: number): readonly string[] => (anything ? userKeys(evidence, row) : none);
  return {
    registration(row) {
      let best = -1;
      for (const key of keys(row)) {
        const found = registrations.get(key);
        if (found !== undefined && (best < 0 || later(view, found, best))) best = found;
      }
      return best;
    },
    calls(row) {
      let [all, bad] = [0, 0];
      for (const key of keys(row)) {
        const found = calls.get(key);
        if (!found) continue;
        all += found.calls;
        bad += found.failed;
      }
      return { calls: all, failed: bad };
    },
    listed(row) {
      for (const key of keys(row)) {
        const found = listed.get(key);
        if (found !== undefined) return found;
      }
      return -1;
    },
    pushes(row) {
      let [all, bad] = [0, 0];
      for (const key of keys(row)) {
        const found = pushes.get(key);
        if (!found) continue;
        all += found.pushes;
        bad += found.failed;
      }
      return { pushes: all, failed: bad };
    },
    events: (row) => events.get(row) ?? 0,
    nearEvents: (row) => near.get(row) ?? 0,
    findings(row) {
      const email = strings.text(users.email[row]!);
      return [...new Set([...(placed.get(row) ?? []), ...(named.get(email) ?? [])])].sort((a, b) => a - b);
    },
  };
});

function push<Key>(map: Map<Key, number[]>, key: Key, value: number): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** What a user is known by in SIP: the digits of both phones and the e-mail. */
export function userKeys(evidence: Evidence, row: number): readonly string[] {
  const { users, strings } = evidence;
  const keys: string[] = [];
  const add = (key: string): void => {
    if (key !== '' && !keys.includes(key)) keys.push(key);
  };
  for (const own of [row, ...(roster(evidence).folded.get(row) ?? [])]) {
    if (!users.damaged[own]) {
      add(numberKey(strings.text(users.zmSipPhoneNumber[own]!)));
      add(numberKey(strings.text(users.zmSipPhoneMobileNumber[own]!)));
    }
    add(fold(strings.text(users.email[own]!)));
  }
  return keys;
}

/** `+33 1 55 50 41 42` and `4142` as digits; empty where it is no number. */
export function numberKey(text: string): string {
  if (text === '' || isDigits(text)) return text.length > 1 && text.length <= 32 ? text : '';
  if (!/^[\s+().\-/\d]{2,32}$/.test(text)) return '';
  return text.replace(/\D+/g, '');
}

/** Most numbers are plain digits: this costs a tenth of an expression. */
function isDigits(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) return false;
  }
  return true;
}

/** Keys of a SIP or tel URI, or of a bare user part: number, and `user@host` for who registers with the e-mail. */
export function uriKeys(uri: string): readonly string[] {
  const bare = uri
    .replace(/^[^<]{0,256}</, '')
    .replace(/^(?:sips?|tel):/i, '')
    .replace(/[>;?].*$/, '');
  const at = bare.lastIndexOf('@');
  const number = numberKey(at < 0 ? bare : bare.slice(0, at));
  return [...(number ? [number] : []), ...(at > 0 ? [fold(bare)] : [])];
}

function later({ links, clock }: View, one: number, other: number): boolean {
  return clock.messages[links.registrations.last[one]!]! > clock.messages[links.registrations.last[other]!]!;
}

function registrationsByKey(view: View): Map<string, number> {
  const { links, evidence } = view;
  const found = new Map<string, number>();
  for (let row = 0; row < links.registrations.length; row++) {
    for (const key of uriKeys(evidence.strings.text(links.registrations.aor[row]!))) {
      const known = found.get(key);
      if (known === undefined || later(view, row, known)) found.set(key, row);
    }
  }
  return found;
}

function callsByKey({ links, evidence }: View): Map<string, { calls: number; failed: number }> {
  const { messages, strings } = evidence;
  const keysOf = new Map<number, readonly string[]>();
  const keys = (id: number): readonly string[] => {
    let known = keysOf.get(id);
    if (!known) keysOf.set(id, (known = uriKeys(strings.text(id))));
    return known;
  };
  const found = new Map<string, { calls: number; failed: number; last: number }>();
  const count = (key: string, call: number): void => {
    let entry = found.get(key);
    if (!entry) found.set(key, (entry = { calls: 0, failed: 0, last: -1 }));
    if (entry.last === call) return;
    entry.last = call;
    entry.calls++;
    if (failed.has(links.calls.outcome[call]!)) entry.failed++;
  };
  // all messages of one call before the next, so that a key counts a call once
  for (let call = 0; call < links.calls.length; call++) {
    for (const row of links.callMessages(call)) {
      if (messages.status[row] !== 0 || strings.text(messages.method[row]!) !== 'INVITE') continue;
      for (const id of [messages.fromUri[row]!, messages.toUri[row]!, messages.requestUri[row]!]) {
        for (const key of keys(id)) count(key, call);
      }
    }
  }
  return found;
}

/** Entries of listings by number; where a phone is listed twice the one that stands longer. */
function listedByKey({ listed, strings }: Evidence): Map<string, number> {
  const found = new Map<string, number>();
  for (let row = 0; row < listed.length; row++) {
    const text = strings.text(listed.number[row]!);
    for (const key of new Set([numberKey(text), ...uriKeys(text)])) {
      const known = key === '' ? undefined : found.get(key);
      if (key !== '' && (known === undefined || listed.expires[row]! > listed.expires[known]!)) found.set(key, row);
    }
  }
  return found;
}

function pushesByKey({ evidence, clock, links, facts }: View): Map<string, { pushes: number; failed: number }> {
  const found = new Map<string, { pushes: number; failed: number }>();
  for (const { user, status } of pushesOf({ evidence, clock, links, facts })) {
    const key = numberKey(user) || fold(user);
    if (key === '') continue;
    const entry = found.get(key) ?? { pushes: 0, failed: 0 };
    found.set(key, entry);
    entry.pushes++;
    if (status >= 400) entry.failed++;
  }
  return found;
}

/** A change this long before an incident is worth a look (guide EN 6.4.5.3). */
const beforeIncident = 2 * HOUR;

/** Events name people by e-mail or by their CloudLink or Zoom id, in any column. */
function eventsByUser(
  { evidence, clock }: View,
  window: { readonly from: number; readonly to: number } | undefined,
): { readonly all: Map<number, number>; readonly near: Map<number, number> } {
  const { events, users, strings } = evidence;
  const found = new Map<number, number>();
  const near = new Map<number, number>();
  if (events.length === 0) return { all: found, near };
  const known = new Map<string, number>();
  for (const row of roster(evidence).rows) {
    for (const id of [users.email[row]!, users.clUserId[row]!, users.zmUserId[row]!]) {
      const name = strings.text(id).toLowerCase();
      if (name.length > 4) known.set(name, row);
    }
  }
  for (let event = 0; event < events.length; event++) {
    const seen = new Set<number>();
    for (const token of strings
      .text(events.text[event]!)
      .toLowerCase()
      .match(/[^\s"'<>,;:()[\]{}|=]+/g) ?? []) {
      const row = known.get(token);
      if (row !== undefined) seen.add(row);
    }
    const time = clock.events[event]!;
    const inside = window !== undefined && time >= window.from && time <= window.to;
    for (const row of seen) {
      found.set(row, (found.get(row) ?? 0) + 1);
      if (inside) near.set(row, (near.get(row) ?? 0) + 1);
    }
  }
  return { all: found, near };
}

export const registered = registrationOutcomes.indexOf('registered');
