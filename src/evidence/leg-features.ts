/** What the signals of `joins.ts` compare of a leg: its time, its hosts, its users. Columns, one row a leg. */
import { SECOND } from '../base/time';
import type { Evidence } from './evidence';
import type { LegsOfMessages } from './join-evidence';

export interface Features {
  readonly count: number;
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** First INVITE (else the first request) as a message row; −1 = only responses were seen. */
  readonly opening: Int32Array;
  /** Users of From, To and Request-URI of the opening as numbers: equal users have equal numbers, 0 = none. */
  readonly caller: Int32Array;
  readonly called: Int32Array;
  readonly dialled: Int32Array;
  /** The number of a user in a URI, 0 = none or seen in no leg. */
  user(uri: string): number;
  /** Do both lives touch? A leg's life runs from its first to its last message. */
  meet(one: number, other: number): boolean;
  /** Both were opened by one host towards one host: two calls of a pair of hosts, or two branches of a fork. */
  parallel(one: number, other: number): boolean;
  /** Was `second` sent by a host to which `first` had been sent? */
  follows(first: number, second: number): boolean;
  sharesHost(one: number, other: number): boolean;
  /** The host that opened a leg, the host to which it was opened: group ids, −1 = unknown. */
  readonly source: Int32Array;
  readonly target: Int32Array;
}

/** Lives in two captures may miss each other by so much. */
const slack = 2 * SECOND;
/** Hosts kept of one leg; a leg through more proxies is compared by the first of them. */
const mostHosts = 8;

export function featuresOf(
  { messages, strings }: Evidence,
  times: Float64Array,
  order: Uint32Array,
  { legOf, count, hasCall }: LegsOfMessages,
  groupOf: ReadonlyMap<number, number>,
): Features {
  const start = new Float64Array(count).fill(NaN);
  const end = new Float64Array(count).fill(NaN);
  const artifact = new Int32Array(count).fill(-1);
  const ints = (): Int32Array => new Int32Array(count).fill(-1);
  const [opening, source, target, from, to] = [ints(), ints(), ints(), ints(), ints()];
  // hosts beyond the first hop, for legs that pass proxies
  const senders = new Map<number, number[]>();
  const takers = new Map<number, number[]>();
  const put = (map: Map<number, number[]>, leg: number, host: number): void => {
    const own = map.get(leg);
    if (!own) map.set(leg, [host]);
    else if (own.length < mostHosts && !own.includes(host)) own.push(host);
  };
  const group = (address: number): number => groupOf.get(address) ?? address;
  const INVITE = strings.find('INVITE');
  for (let at = 0; at < order.length; at++) {
    const row = order[at]!;
    const leg = legOf[row]!;
    if (leg === -1 || hasCall[leg] === 0) continue;
    if (Number.isNaN(start[leg])) {
      start[leg] = times[row]!;
      artifact[leg] = messages.artifact[row]!;
    }
    end[leg] = times[row]!;
    if (messages.status[row] !== 0) continue;
    const initial = messages.method[row] === INVITE && messages.toTag[row] === 0;
    const known = opening[leg]!;
    const open = known === -1 || (initial && messages.method[known] !== INVITE);
    if (open) {
      opening[leg] = row;
      from[leg] = messages.source[row]!;
      to[leg] = messages.target[row]!;
      source[leg] = group(messages.source[row]!);
      target[leg] = group(messages.target[row]!);
    } else if (initial && (messages.source[row] !== from[leg] || messages.target[row] !== to[leg])) {
      put(senders, leg, group(messages.source[row]!));
      put(takers, leg, group(messages.target[row]!));
    }
  }
  const numbers = new Map<string, number>();
  const ofUri = new Map<number, number>();
  const userOf = (uri: number): number => {
    let number = ofUri.get(uri);
    if (number !== undefined) return number;
    const key = userKey(strings.text(uri));
    number = key === '' ? 0 : (numbers.get(key) ?? numbers.size + 1);
    if (key !== '') numbers.set(key, number);
    ofUri.set(uri, number);
    return number;
  };
  const users = (column: Uint32Array): Int32Array => opening.map((row) => (row === -1 ? 0 : userOf(column[row]!)));
  const hops = (map: ReadonlyMap<number, readonly number[]>, leg: number): readonly number[] => map.get(leg) ?? [];
  const sends = (leg: number, host: number): boolean =>
    host !== -1 && (source[leg] === host || hops(senders, leg).includes(host));
  const hostsOf = (leg: number): readonly number[] =>
    [source[leg]!, target[leg]!, ...hops(senders, leg), ...hops(takers, leg)].filter((host) => host !== -1);

  return {
    count,
    start,
    end,
    opening,
    caller: users(messages.fromUri),
    called: users(messages.toUri),
    dialled: users(messages.requestUri),
    user: (uri) => numbers.get(userKey(uri)) ?? 0,
    source,
    target,
    meet(one, other) {
      const gap = Math.max(start[one]!, start[other]!) - Math.min(end[one]!, end[other]!);
      return gap <= (artifact[one] === artifact[other] ? 0 : slack);
    },
    parallel: (one, other) => from[one] !== -1 && from[one] === from[other] && to[one] === to[other],
    follows: (first, second) =>
      sends(second, target[first]!) || hops(takers, first).some((host) => sends(second, host)),
    sharesHost(one, other) {
      const hosts = hostsOf(one);
      return hostsOf(other).some((host) => hosts.includes(host));
    },
  };
}

/** `2001` of `sip:2001@pbx.example;user=phone`; in lower case, without the visual separators of a number. */
export function userOfUri(uri: string): string {
  const user = /^\s*<?(?:sips?|tel):([^@;>?]+)/i.exec(uri)?.[1] ?? '';
  const plain = user.split(':')[0]!.toLowerCase();
  return /^\+?[\d().-]+$/.test(plain) ? plain.replace(/[().-]/g, '') : plain;
}

/**
 * Key by which users are compared: the whole user part at a length of 3 or more; of long numbers the last digits, so that
 * `+33 1 23 45 41 42` and `01 23 45 41 42` are one.
 */
function userKey(uri: string): string {
  const user = userOfUri(uri);
  if (user.length < 3 || user === 'anonymous' || user === 'unknown') return '';
  return /^\+?\d{6,}$/.test(user) ? `#${user.slice(-6)}` : user;
}
