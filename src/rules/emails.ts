/**
 * E-mails of a report that are probably one person. A person is split when one row has the CloudLink user and no Zoom
 * user and another row the reverse; which e-mails are compared is what tells the rules apart.
 */
import type { Evidence } from '../evidence/evidence';
import type { Hit } from './rule';
import { emailOf, userAt, usersOf, withoutPlatform } from './users';

export interface Pair {
  /** Row with the CloudLink user only, row with the Zoom user only. */
  readonly cloudlink: number;
  readonly zoom: number;
  /** Finding's subject. */
  readonly subject: string;
  /** 1 = one of the rows has no licence, so its checks stopped. */
  readonly stopped: boolean;
  /** Edits between the local parts; 0 = another domain. */
  readonly distance: number;
}

export function pairHit(evidence: Evidence, { cloudlink, zoom, subject }: Pair): Hit {
  const emails = [emailOf(evidence, cloudlink), emailOf(evidence, zoom)];
  return {
    subject,
    also: emails,
    at: [userAt(evidence, cloudlink), userAt(evidence, zoom)],
    values: { names: { list: emails } },
  };
}

const side = ({ users }: Evidence, row: number): 'cloudlink' | 'zoom' | undefined => {
  const inCloudLink = users.clUserId[row] !== 0;
  const inZoom = users.zmUserId[row] !== 0;
  return inCloudLink === inZoom ? undefined : inCloudLink ? 'cloudlink' : 'zoom';
};

/** Pairs whose e-mails are equal once folded. Rows without licence count: the licence is joined by the same e-mail. */
export function casePairs(evidence: Evidence): readonly Pair[] {
  let pairs = cache.get(evidence);
  if (!pairs) cache.set(evidence, (pairs = findCasePairs(evidence)));
  return pairs;
}

const cache = new WeakMap<Evidence, readonly Pair[]>();

function findCasePairs(evidence: Evidence): readonly Pair[] {
  const users = usersOf(evidence);
  const pairs: Pair[] = [];
  for (const report of users.reports) {
    const halves = new Map<string, { readonly cloudlink: number[]; readonly zoom: number[] }>();
    for (const row of report.rows) {
      const half = side(evidence, row);
      const subject = users.folded(row);
      if (half === undefined || subject === '') continue;
      const group = halves.get(subject) ?? { cloudlink: [], zoom: [] };
      halves.set(subject, group);
      if (group[half].length < mostSpelled) group[half].push(row);
    }
    for (const [subject, group] of halves) {
      const pair = otherSpelling(evidence, users.stopped, group.cloudlink, group.zoom);
      if (!pair) continue;
      const [cloudlink, zoom] = pair;
      const stopped = users.stopped[cloudlink] === 1 || users.stopped[zoom] === 1;
      pairs.push({ cloudlink, zoom, subject, stopped, distance: 0 });
    }
  }
  return pairs;
}

/** Rows of one folded e-mail that are looked at. */
const mostSpelled = 20;

/** The first two rows by spelling, one of each side, that are not spelled alike: the order of the rows says nothing. */
function otherSpelling(
  evidence: Evidence,
  stopped: ArrayLike<number>,
  cloudlink: readonly number[],
  zoom: readonly number[],
): readonly [cloudlink: number, zoom: number] | undefined {
  const order = (a: number, b: number): number => {
    const [one, other] = [emailOf(evidence, a), emailOf(evidence, b)];
    // of rows spelled alike one that was checked
    return one === other ? stopped[a]! - stopped[b]! : one < other ? -1 : 1;
  };
  const spelled = (rows: readonly number[]): readonly number[] => (rows.length < 2 ? rows : [...rows].sort(order));
  for (const one of spelled(cloudlink)) {
    for (const other of spelled(zoom)) {
      if (evidence.users.email[one] !== evidence.users.email[other]) return [one, other];
    }
  }
  return undefined;
}

/** More pairs than this say that e-mails are numbered or generated, not mistyped; the search stops there. */
const mostPairs = 1000;
/** Spellings with up to two letters left out, above which only one letter is left out: some 36 000 half-known users of one domain are no typing mistakes. */
const mostSpellings = 2_000_000;

/** Pairs whose local parts are at most two edits apart in one domain, or equal in two domains. Licensed rows only. */
export function nearPairs(evidence: Evidence): readonly Pair[] {
  const users = usersOf(evidence);
  const pairs: Pair[] = [];
  for (const report of users.reports) {
    const domains = new Map<string, { cloudlink: Address[]; zoom: Address[] }>();
    const locals = new Map<string, Address[]>();
    for (const row of report.rows) {
      const half = side(evidence, row);
      if (half === undefined || users.stopped[row]) continue;
      const email = withoutPlatform(users.folded(row)).stem;
      const sign = email.lastIndexOf('@');
      if (sign < 1) continue;
      const address: Address = { row, half, local: email.slice(0, sign), domain: email.slice(sign + 1) };
      const domain = domains.get(address.domain) ?? { cloudlink: [], zoom: [] };
      domain[half].push(address);
      domains.set(address.domain, domain);
      const same = locals.get(address.local);
      if (same) same.push(address);
      else locals.set(address.local, [address]);
    }
    const add = (one: Address, other: Address, distance: number): boolean => {
      const [cloudlink, zoom] = one.half === 'cloudlink' ? [one.row, other.row] : [other.row, one.row];
      pairs.push({ cloudlink, zoom, subject: users.folded(cloudlink), stopped: false, distance });
      return pairs.length < mostPairs;
    };
    if (!otherDomains(locals, add) || !typos(domains, add)) break;
  }
  return pairs;
}

interface Address {
  readonly row: number;
  readonly half: 'cloudlink' | 'zoom';
  readonly local: string;
  readonly domain: string;
}
type Add = (one: Address, other: Address, distance: number) => boolean;

function otherDomains(locals: ReadonlyMap<string, readonly Address[]>, add: Add): boolean {
  for (const group of locals.values()) {
    const zoom = group.filter(({ half }) => half === 'zoom');
    if (zoom.length === 0 || zoom.length === group.length) continue;
    for (const one of group) {
      if (one.half !== 'cloudlink') continue;
      const other = zoom.find(({ domain }) => domain !== one.domain);
      if (other && !add(one, other, 0)) return false;
    }
  }
  return true;
}

/**
 * Two words are at most two edits apart only if some way of leaving out up to two letters of each gives the same word.
 * The smaller side of a domain is filed under the hashes of these words and the larger side looks itself up: linear in
 * the rows, never every row against every other.
 */
function typos(domains: ReadonlyMap<string, { cloudlink: Address[]; zoom: Address[] }>, add: Add): boolean {
  for (const { cloudlink, zoom } of domains.values()) {
    const [filed, asked] = cloudlink.length <= zoom.length ? [cloudlink, zoom] : [zoom, cloudlink];
    if (filed.length === 0) continue;
    const spellings = filed.reduce((sum, { local }) => sum + (local.length * (local.length + 1)) / 2 + 1, 0);
    const depth = spellings > mostSpellings ? 1 : 2;
    const index = new Map<number, Address[]>();
    for (const address of filed) {
      for (const hash of shortened(address.local, depth)) {
        const same = index.get(hash);
        if (same) same.push(address);
        else index.set(hash, [address]);
      }
    }
    for (const address of asked) {
      let best: Address | undefined;
      let distance = 3;
      for (const hash of shortened(address.local, depth)) {
        for (const other of index.get(hash) ?? []) {
          const edits = editsBetween(address.local, other.local);
          // two edits make any two-letter name out of any other
          if (edits === 0 || edits >= distance || edits >= Math.min(address.local.length, other.local.length)) continue;
          best = other;
          distance = edits;
        }
        if (distance === 1) break;
      }
      if (best && !add(address, best, distance)) return false;
    }
  }
  return true;
}

/** Longer local parts are searched for one edit only: the number of spellings grows with the square of the length. */
const longest = 24;

/** Hashes (FNV-1a, 32 bits) of a word with up to `depth` letters left out. */
function shortened(word: string, depth: number): Set<number> {
  const hashes = new Set<number>([hashWithout(word, -1, -1)]);
  const most = Math.min(word.length, 64);
  for (let first = 0; first < most; first++) {
    hashes.add(hashWithout(word, first, -1));
    if (depth < 2 || word.length > longest) continue;
    for (let second = first + 1; second < most; second++) hashes.add(hashWithout(word, first, second));
  }
  return hashes;
}

function hashWithout(word: string, first: number, second: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) {
    if (at !== first && at !== second) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  }
  return hash;
}

/** Levenshtein distance, 3 = more than two. */
export function editsBetween(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 2) return 3;
  let row = Array.from({ length: other.length + 1 }, (_, n) => n);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= other.length; j++) {
      const cost = one[i - 1] === other[j - 1] ? 0 : 1;
      const edits = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + cost);
      next.push(edits);
      if (edits < least) least = edits;
    }
    if (least > 2) return 3;
    row = next;
  }
  return Math.min(3, row[other.length]!);
}
