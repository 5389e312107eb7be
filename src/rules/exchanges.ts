/**
 * Offers and answers (RFC 3264) and the media of a leg, as rules compare them. Side 0 is who sent the first INVITE of
 * the leg, side 1 who was called. Derived once per links.
 */
import type { Evidence } from '../evidence/evidence';
import { createIntern } from '../evidence/intern';
import type { Links } from '../evidence/links';
import { sortRows } from '../evidence/groups';
import { derived } from './derived';
import type { Grounds } from './rule';

export interface Exchange {
  readonly transaction: number;
  readonly leg: number;
  readonly call: number;
  readonly cseq: number;
  /** The request opened the dialog. */
  readonly isInitial: boolean;
  readonly method: string;
  /** Message rows, −1 = none; `response` = the final one. */
  readonly request: number;
  readonly response: number;
  readonly status: number;
  /** Messages that carry offer and answer, −1 = not seen. */
  readonly offer: number;
  readonly answer: number;
  /** Side that sent the request. */
  readonly side: 0 | 1;
}

/** The first media row of a message, the next one of a row; −1 = none. A capture has hundreds of thousands. */
export const mediaChains = derived(({ media, messages }: Evidence) => {
  const first = new Int32Array(messages.length).fill(-1);
  const next = new Int32Array(media.length);
  for (let row = media.length - 1; row >= 0; row--) {
    next[row] = first[media.message[row]!]!;
    first[media.message[row]!] = row;
  }
  return { first, next };
});

/** Media rows of a message, in order. */
export function mediaOf(evidence: Evidence): (message: number) => readonly number[] {
  const { first, next } = mediaChains(evidence);
  return (message) => {
    let row = first[message] ?? -1;
    if (row === -1) return none;
    const rows: number[] = [];
    for (; row !== -1; row = next[row]!) rows.push(row);
    return rows;
  };
}
const none: readonly number[] = [];

/** Which side of its leg sent a message: by its tag against that of the leg's first message. */
export function sideOf({ messages }: Evidence, { legs, legOf }: Links, row: number): 0 | 1 {
  const leg = legOf[row]!;
  if (leg === -1) return 0;
  const first = legs.first[leg]!;
  const sender = messages.status[row] === 0 ? messages.fromTag[row] : messages.toTag[row];
  // the first message tells the caller by From, whoever sent it; a leg caught in its middle counts the same
  return sender === messages.fromTag[first] ? 0 : 1;
}

/** All exchanges of INVITE and UPDATE, each once (its first hop), in the order of their time within a leg. */
export const exchangesOf = derived((grounds: Grounds): readonly Exchange[] => {
  const { evidence, clock, links } = grounds;
  const { messages, strings } = evidence;
  const { transactions } = links;
  const { first } = mediaChains(evidence);
  const [INVITE, UPDATE] = ['INVITE', 'UPDATE'].map((name) => strings.find(name));
  const names = new Map([INVITE, UPDATE].map((method) => [method, strings.text(method!)]));
  const { starts, rows } = links.messagesByTransaction();
  const describes = (row: number): boolean => row !== -1 && first[row] !== -1;
  /** The first 1xx or 2xx of a transaction that carries SDP. */
  const described = (transaction: number): number => {
    for (let at = starts[transaction]!; at < starts[transaction + 1]!; at++) {
      const status = messages.status[rows[at]!]!;
      if (status > 100 && status < 300 && describes(rows[at]!)) return rows[at]!;
    }
    return -1;
  };
  const seen = createIntern(transactions.length >> 2);
  const list: Exchange[] = [];
  let isSorted = true;
  for (let transaction = 0; transaction < transactions.length; transaction++) {
    const method = transactions.method[transaction]!;
    if (method !== INVITE && method !== UPDATE) continue;
    const request = transactions.request[transaction]!;
    if (request === -1) continue;
    const leg = links.legOf[request]!;
    if (leg === -1) continue;
    const before = seen.size;
    if (seen.id(leg, method, messages.cseq[request], messages.fromTag[request]) < before) continue;
    const response = transactions.final[transaction]!;
    const own = describes(request);
    const other = described(transaction);
    const ack = transactions.ack[transaction]!;
    isSorted &&= list.length === 0 || inOrder(list[list.length - 1]!.request, request) <= 0;
    list.push({
      transaction,
      leg,
      call: links.callOf[request]!,
      cseq: messages.cseq[request]!,
      isInitial: method === INVITE && messages.toTag[request] === 0,
      method: names.get(method)!,
      request,
      response,
      status: transactions.status[transaction]!,
      offer: own ? request : other,
      answer: own ? other : describes(ack) ? ack : -1,
      side: sideOf(evidence, links, request),
    });
  }
  return isSorted ? list : list.sort((a, b) => inOrder(a.request, b.request));

  function inOrder(one: number, other: number): number {
    return links.legOf[one]! - links.legOf[other]! || clock.messages[one]! - clock.messages[other]!;
  }
});

/** Exchanges by leg. */
export const byLeg = derived((list: readonly Exchange[]): ReadonlyMap<number, readonly Exchange[]> => {
  const legs = new Map<number, readonly Exchange[]>();
  for (let start = 0, at = 1; at <= list.length; at++) {
    if (at < list.length && list[at]!.leg === list[start]!.leg) continue;
    legs.set(list[start]!.leg, list.slice(start, at));
    start = at;
  }
  return legs;
});

export const isHeld = ({ media, strings }: Evidence, row: number): boolean =>
  media.direction[row] === 2 ||
  media.direction[row] === 4 ||
  media.address[row] === strings.find('0.0.0.0') ||
  media.address[row] === strings.find('::');

export const codecsOf = ({ media, strings }: Evidence, row: number): readonly string[] =>
  strings
    .text(media.formats[row]!)
    .split(', ')
    .filter((one) => one !== '');

/** An answered leg with its media: what each side described, when it talked, and the streams towards each side. */
export interface Talk {
  readonly leg: number;
  readonly call: number;
  readonly exchange: Exchange;
  /** Audio rows that each side described first; −1 = none. */
  readonly audio: readonly [number, number];
  /** Corrected µs of the answer and of the end (BYE, or the end of the capture). */
  readonly from: number;
  readonly to: number;
  readonly ended: boolean;
  /** Held at some time, or media moved. */
  readonly held: boolean;
  readonly moved: boolean;
  /** Stream rows towards side 0, side 1. */
  readonly towards: readonly [readonly number[], readonly number[]];
}

export const talksOf = derived((grounds: Grounds): readonly Talk[] => {
  const { evidence, clock, links } = grounds;
  const { media, messages, streams, strings } = evidence;
  const { first, next } = mediaChains(evidence);
  const audio = strings.find('audio');
  const BYE = strings.find('BYE');
  const ends = new Float64Array(links.legs.length).fill(Infinity);
  for (let row = 0; row < messages.length; row++) {
    if (messages.method[row] !== BYE || messages.status[row] !== 0) continue;
    const leg = links.legOf[row]!;
    if (leg !== -1) ends[leg] = Math.min(ends[leg]!, clock.messages[row]!);
  }
  /** Streams by leg and side: twice the leg, and one more towards side 1. */
  const ways = new Int32Array(streams.length).fill(-1);
  for (let row = 0; row < streams.length; row++) {
    const leg = links.streams.leg[row]!;
    if (leg === -1 || links.streams.same[row] !== -1 || streams.kind[row] !== 0) continue;
    const [to, from] = [links.streams.media[row]!, links.streams.from[row]!];
    const side =
      to !== -1 ? sideOf(evidence, links, media.message[to]!) : 1 - sideOf(evidence, links, media.message[from]!);
    ways[row] = leg * 2 + side;
  }
  const { starts, rows } = sortRows(ways, links.legs.length * 2);
  const towards = (way: number): readonly number[] => {
    const own: number[] = [];
    for (let at = starts[way]!; at < starts[way + 1]!; at++) own.push(rows[at]!);
    return own.length > 0 ? own : none;
  };
  const rowOf = (message: number): number => {
    let row = first[message]!;
    while (row !== -1 && (media.kind[row] !== audio || media.port[row] === 0)) row = next[row]!;
    return row;
  };
  const held = heldMessages(evidence);
  const list: Talk[] = [];
  for (const [leg, own] of byLeg(exchangesOf(grounds))) {
    const exchange = own.find(
      ({ isInitial, status, offer, answer }) =>
        isInitial && status >= 200 && status < 300 && offer !== -1 && answer !== -1,
    );
    if (!exchange) continue;
    const [offer, answer] = [rowOf(exchange.offer), rowOf(exchange.answer)];
    // the offer is the called side's where the INVITE carried none
    const offered = exchange.offer === exchange.request ? exchange.side : ((1 - exchange.side) as 0 | 1);
    list.push({
      leg,
      call: exchange.call,
      exchange,
      audio: offered === 0 ? [offer, answer] : [answer, offer],
      from: clock.messages[exchange.response]!,
      to: ends[leg] !== Infinity ? ends[leg]! : links.coverage[messages.artifact[exchange.response]!]!,
      ended: ends[leg] !== Infinity,
      held: held.size > 0 && own.some(({ offer: a, answer: b }) => held.has(a) || held.has(b)),
      moved: own.some((one) => one !== exchange && one.offer !== -1),
      towards: [towards(leg * 2), towards(leg * 2 + 1)],
    });
  }
  return list;
});

/** Messages that put some of their media on hold. */
function heldMessages(evidence: Evidence): ReadonlySet<number> {
  const { media, strings } = evidence;
  const nowhere = [strings.find('0.0.0.0'), strings.find('::')];
  const held = new Set<number>();
  for (let row = 0; row < media.length; row++) {
    const direction = media.direction[row]!;
    const address = media.address[row]!;
    if (direction === 2 || direction === 4 || address === nowhere[0] || address === nowhere[1]) {
      held.add(media.message[row]!);
    }
  }
  return held;
}

/** Guard G5: was anything heard from an address in a capture, SIP or media? */
export const heard = ({ evidence }: Grounds, artifact: number, address: number): boolean =>
  heardFrom(evidence).find(artifact, address) !== -1;
const heardFrom = derived(({ messages, streams }: Evidence) => {
  const known = createIntern();
  for (const { artifact, source, length } of [messages, streams]) {
    for (let row = 0; row < length; row++) known.id(artifact[row]!, source[row]!);
  }
  return known;
});

/** Guard G5: does a capture hold media of either address at all? */
export function hasMedia({ evidence }: Grounds, artifact: number, addresses: readonly number[]): boolean {
  const known = mediaHosts(evidence);
  return addresses.some((address) => known.find(artifact, address) !== -1);
}
const mediaHosts = derived(({ streams }: Evidence) => {
  const known = createIntern();
  for (let row = 0; row < streams.length; row++) {
    known.id(streams.artifact[row]!, streams.source[row]!);
    known.id(streams.artifact[row]!, streams.target[row]!);
  }
  return known;
});
