/**
 * How rules read listings of registered phones: what `sip registrar all` of the PBX and the subscribers of the SBC hold,
 * whether they are whole, and when they were made. Numbers are compared by their digits, exactly first, then by their end.
 */
import { HOUR } from '../base/time';
import type { At, Evidence } from '../evidence/evidence';
import { incidentSpan } from '../facts/facts';
import type { Grounds } from './rule';
import { usersOf } from './users';

export type Side = 'pbx' | 'border';
export interface Listing {
  readonly artifact: number;
  readonly side: Side;
  /** Rows of `listed` that stand for a phone which is registered. */
  readonly rows: readonly number[];
  /** It states a number of entries and holds as many, or a person said that it is whole. */
  readonly complete: boolean;
  /** Corrected µs; NaN = nothing tells when it was made. */
  readonly time: number;
  /** Its columns were told by their look and nobody confirmed them. */
  readonly guessed: boolean;
}

const sides: Readonly<Record<string, Side>> = { 'registrar-listing': 'pbx', 'sbc-subscribers': 'border' };
/** How old a listing may be, and how many last digits make a loose match. */
const fresh = 24 * HOUR;
const least = 4;

const away =
  /\bun-?reg|not[ -]?reg|non[ -]?enr|\binacti[fv]e?\b|expir|off-?line|\bdown\b|hors[ -]|d[eé]connect|disconnect/i;

const cache = new WeakMap<Evidence, ReadonlyMap<number, readonly number[]>>();

function rowsBy(evidence: Evidence): ReadonlyMap<number, readonly number[]> {
  let known = cache.get(evidence);
  if (!known) {
    const { listed, strings } = evidence;
    const fresh = new Map<number, number[]>();
    for (let row = 0; row < listed.length; row++) {
      if (away.test(strings.text(listed.status[row]!))) continue;
      const same = fresh.get(listed.artifact[row]!);
      if (same) same.push(row);
      else fresh.set(listed.artifact[row]!, [row]);
    }
    cache.set(evidence, (known = fresh));
  }
  return known;
}

export function listingsOf({ evidence, clock, facts }: Grounds): readonly Listing[] {
  const { artifacts, sources, sourceOf, problems, listed } = evidence;
  const totals = new Map<number, number>();
  for (const { artifact, key, value } of evidence.facts)
    if (key === 'listing.total') totals.set(artifact, Number(value));
  const counts = new Map<number, number>();
  for (const artifact of listed.artifact) counts.set(artifact, (counts.get(artifact) ?? 0) + 1);
  const guessed = new Set(problems.flatMap(({ code, artifact }) => (code === 'listing-layout' ? [artifact] : [])));
  return artifacts.flatMap(({ kind, parent }, artifact): Listing[] => {
    const side = sides[kind];
    if (!side || !counts.has(artifact)) return [];
    const { to } = clock.span(artifact);
    const file = parent < 0 ? sources[sourceOf[artifact]!]?.modified : undefined;
    return [
      {
        artifact,
        side,
        rows: rowsBy(evidence).get(artifact) ?? [],
        complete: facts.listingComplete?.value ?? totals.get(artifact) === counts.get(artifact),
        time: Number.isFinite(to) ? to : (file ?? NaN),
        guessed: guessed.has(artifact),
      },
    ];
  });
}

/** Within a day of the incident, else of the newest evidence; a listing of no known time is taken for one of this case. */
export function isFresh(grounds: Grounds, { time }: Listing): boolean {
  if (!Number.isFinite(time)) return true;
  const incident = incidentSpan(grounds.facts);
  return Math.abs(time - (incident?.from ?? newest(grounds))) <= fresh;
}

/** The last time that any evidence carries. */
export function newest({ evidence, clock }: Grounds): number {
  let last = -Infinity;
  evidence.artifacts.forEach((_, artifact) => {
    const { to } = clock.span(artifact);
    if (to > last) last = to;
  });
  return last;
}

/** Digits of a number, `sip:` and domain taken away; a name that is no number in lower case. */
export function digitsOf(text: string): string {
  const user = text.replace(/^<?(?:sips?|tel):/i, '').replace(/[@;>].*$/, '');
  const plain = user.replace(/[\s().+/-]/g, '');
  return /^\d+$/.test(plain) ? plain : user.trim().toLowerCase();
}

export interface NumberIndex {
  /** Rows whose number is the same, else whose last digits are (`loose`). */
  find(number: string): { readonly rows: readonly number[]; readonly loose: boolean };
}

/** Over any rows with a number; linear in their digits. */
export function numberIndex(numbers: Iterable<readonly [row: number, number: string]>): NumberIndex {
  const exact = new Map<string, number[]>();
  const ends = new Map<string, number[]>();
  const push = (map: Map<string, number[]>, key: string, row: number): void => {
    const same = map.get(key);
    if (!same) map.set(key, [row]);
    else if (same.length < 50) same.push(row);
  };
  for (const [row, text] of numbers) {
    const number = digitsOf(text);
    if (number === '') continue;
    push(exact, number, row);
    if (!/^\d{5,32}$/.test(number)) continue;
    for (let from = 1; from <= number.length - least; from++) push(ends, number.slice(from), row);
  }
  const none: readonly number[] = [];
  return {
    find(text) {
      const number = digitsOf(text);
      const same = exact.get(number);
      if (same) return { rows: same, loose: false };
      if (!/^\d{4,32}$/.test(number)) return { rows: none, loose: false };
      const longer = ends.get(number);
      if (longer) return { rows: longer, loose: true };
      for (let from = 1; from <= number.length - least; from++) {
        const shorter = exact.get(number.slice(from));
        if (shorter) return { rows: shorter, loose: true };
      }
      return { rows: none, loose: false };
    },
  };
}

/** Entries of listings by number and, where they register with it, by e-mail. */
export const listedIndex = ({ listed, strings }: Evidence, listings: readonly Listing[]): NumberIndex =>
  numberIndex(listings.flatMap(({ rows }) => rows.map((row) => [row, strings.text(listed.number[row]!)] as const)));

/** Users of the newest report by the numbers of both SIP phones; damaged ones are never matched. */
const userCache = new WeakMap<Evidence, NumberIndex>();
export function userIndex(evidence: Evidence): NumberIndex {
  let index = userCache.get(evidence);
  if (!index) {
    const { users, strings } = evidence;
    const rows = usersOf(evidence).rows.filter((row) => users.damaged[row] === 0);
    index = numberIndex(
      rows.flatMap((row) =>
        [users.zmSipPhoneNumber[row]!, users.zmSipPhoneMobileNumber[row]!, users.email[row]!].flatMap((id) =>
          id === 0 ? [] : [[row, strings.text(id)] as const],
        ),
      ),
    );
    userCache.set(evidence, index);
  }
  return index;
}

export const listedAt = ({ listed }: Evidence, row: number): At => ({
  artifact: listed.artifact[row]!,
  offset: listed.offset[row]!,
  length: listed.size[row]!,
  line: listed.row[row]!,
});

/** Users who should stand in a listing: with a desktop SIP phone that has a number. */
export function expected(evidence: Evidence): readonly { readonly row: number; readonly number: string }[] {
  const { users, strings } = evidence;
  return usersOf(evidence).rows.flatMap((row) => {
    const number = strings.text(users.zmSipPhoneNumber[row]!);
    if (number === '' || users.damaged[row] === 1) return [];
    // the number of a telephone that only the mobile client has: the push rules look after it
    if (users.zmSipPhoneId[row] === 0 && users.zmSipPhoneMobileId[row] !== 0) return [];
    return [{ row, number }];
  });
}

/** Addresses of the border: declared, by what it calls itself, or because it takes registrations and passes them on. */
export function borderAddresses({ evidence, facts }: Grounds): ReadonlySet<string> {
  const { messages, strings } = evidence;
  const found = new Set<string>();
  for (const { address, role } of facts.hosts?.value ?? []) if (role === 'border') found.add(address);
  const agents = new Map<number, boolean>();
  const REGISTER = strings.find('REGISTER');
  const senders = new Set<number>();
  const takers = new Set<number>();
  for (let row = 0; row < messages.length; row++) {
    const agent = messages.agent[row]!;
    let own = agents.get(agent);
    if (own === undefined) agents.set(agent, (own = borderAgent.test(strings.text(agent))));
    if (own) found.add(strings.text(messages.source[row]!));
    if (messages.method[row] !== REGISTER || messages.status[row] !== 0) continue;
    senders.add(messages.source[row]!);
    takers.add(messages.target[row]!);
  }
  for (const host of senders) if (takers.has(host)) found.add(strings.text(host));
  return found;
}
const borderAgent = /Mitel Border GW|MiVoice Border|OpenScape SBC/i;

/** Address of a contact as a listing writes it: `10.0.0.5` of `sip:4001@10.0.0.5:5061;transport=tls`. */
export function contactHost(contact: string): string {
  const bare = contact
    .replace(/^[^<]{0,200}</, '')
    .replace(/^(?:sips?|tel):/i, '')
    .replace(/[>;?].*$/, '');
  const host = bare.slice(bare.lastIndexOf('@') + 1).trim();
  return host.startsWith('[') ? host.slice(1).replace(/\].*$/, '') : host.replace(/:\d{1,5}$/, '').toLowerCase();
}
