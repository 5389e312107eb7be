/**
 * How rules read SIP: places and spans of messages, kept headers, names in URIs, and the guards of sip.md §5 that must
 * hold before a capture proves that something did not happen. Derived once per evidence and links.
 */
import { createIntern } from '../evidence/intern';
import type { At, Evidence } from '../evidence/evidence';
import type { Links } from '../evidence/links';
import { transports } from '../evidence/schema';
import { derived } from './derived';
import type { Grounds, Hit } from './rule';
import { shownPlaces } from './users';

export function messageAt({ messages }: Evidence, row: number): At {
  return {
    artifact: messages.artifact[row]!,
    offset: messages.offset[row]!,
    length: messages.size[row]!,
    // of a message in a log it is the line
    ...(transports[messages.transport[row]!] === 'text'
      ? { line: messages.packet[row]! }
      : { packet: messages.packet[row]! }),
  };
}

/** Places, hosts and time span of message rows. */
export function seenIn(
  { evidence, clock }: Grounds,
  rows: readonly number[],
): Pick<Hit, 'at' | 'hosts' | 'from' | 'to'> {
  const { messages, strings } = evidence;
  const hosts = new Set<number>();
  let from = Infinity;
  let to = -Infinity;
  for (const row of rows) {
    hosts.add(messages.source[row]!);
    hosts.add(messages.target[row]!);
    from = Math.min(from, clock.messages[row]!);
    to = Math.max(to, clock.messages[row]!);
  }
  return {
    at: rows.slice(0, shownPlaces).map((row) => messageAt(evidence, row)),
    hosts: [...hosts].map((host) => strings.text(host)).sort(),
    ...(from <= to ? { from, to } : {}),
  };
}

/** `2001@pbx.example` of `sip:2001@pbx.example:5061;user=phone`; the host in lower case, without port. */
export function addressOf(uri: string): string {
  const { user, host } = splitUri(uri);
  return user === '' ? host : `${user}@${host}`;
}

/** `2001` of `sip:2001@pbx.example`, `+33123` of `tel:+33123`; empty where there is no user. */
export const userOf = (uri: string): string => splitUri(uri).user;

interface UriParts {
  readonly user: string;
  readonly host: string;
}

/** Rules ask for the same URIs over and over, message by message. */
const known = new Map<string, UriParts>();
const maxKnown = 2 ** 16;

function splitUri(uri: string): UriParts {
  let parts = known.get(uri);
  if (!parts) {
    if (known.size >= maxKnown) known.clear();
    known.set(uri, (parts = cutUri(uri)));
  }
  return parts;
}

function cutUri(uri: string): UriParts {
  const plain = uri.replace(/^[<\s]+/, '').replace(/[>?].*$/s, '');
  const scheme = /^([a-z][a-z\d+.-]*):/i.exec(plain)?.[1] ?? '';
  const rest = scheme === '' ? plain : plain.slice(scheme.length + 1);
  if (scheme.toLowerCase() === 'tel') return { user: rest.split(';')[0]!, host: '' };
  const at = rest.lastIndexOf('@');
  const user = at < 0 ? '' : rest.slice(0, at).split(';')[0]!.split(':')[0]!;
  const host = rest.slice(at + 1).split(';')[0]!;
  return { user, host: (host.startsWith('[') ? host.replace(/\].*$/s, ']') : host.split(':')[0]!).toLowerCase() };
}

/** Values of a kept header by message row, in the order of the message. `name` in lower case long form. */
export function headerValues(evidence: Evidence, name: string): ReadonlyMap<number, readonly string[]> {
  const { rowsByName, known } = headers(evidence);
  let values = known.get(name);
  if (values) return values;
  known.set(name, (values = new Map()));
  const { fields, strings } = evidence;
  for (const row of rowsByName.get(strings.find(name)) ?? []) {
    const message = fields.message[row]!;
    const own = values.get(message);
    if (own) own.push(strings.text(fields.value[row]!));
    else values.set(message, [strings.text(fields.value[row]!)]);
  }
  return values;
}

/** Rows of kept headers by name, and the values that somebody asked for. */
const headers = derived(({ fields }: Evidence) => {
  const rowsByName = new Map<number, number[]>();
  for (let row = 0; row < fields.length; row++) {
    const own = rowsByName.get(fields.name[row]!);
    if (own) own.push(row);
    else rowsByName.set(fields.name[row]!, [row]);
  }
  return { rowsByName, known: new Map<string, Map<number, string[]>>() };
});

/** Guard G1: was anything seen from one host to the other (ids of the string pool), SIP or any packet that is kept? */
export const seenFrom = (evidence: Evidence, source: number, target: number): boolean =>
  directions(evidence.messages).find(source, target) !== -1 || directions(evidence.packets).find(source, target) !== -1;
const directions = derived(({ source, target, length }: Evidence['messages'] | Evidence['packets']) => {
  const pairs = createIntern(length >> 4);
  for (let row = 0; row < length; row++) pairs.id(source[row]!, target[row]!);
  return pairs;
});

/** Guard G2: does the capture run on so long (µs) after the last message of the transaction? */
export function ranOn({ evidence, clock, links }: Grounds, transaction: number, wait: number): boolean {
  const { starts, rows } = links.messagesByTransaction();
  const last = rows[starts[transaction + 1]! - 1]!;
  return links.coverage[evidence.messages.artifact[last]!]! >= clock.messages[last]! + wait;
}

/** Rows of a transaction that repeat a given one, in order. */
export function repeatsOf(links: Links, transaction: number, row: number): readonly number[] {
  const { starts, rows } = links.messagesByTransaction();
  const repeats: number[] = [];
  for (let at = starts[transaction]!; at < starts[transaction + 1]!; at++) {
    if (links.repeatOf[rows[at]!] === row) repeats.push(rows[at]!);
  }
  return repeats;
}
