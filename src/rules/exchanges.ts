/**
 * Offers and answers (RFC 3264) and the media of a leg, as rules compare them. Side 0 is who sent the first INVITE of
 * the leg, side 1 who was called. Derived once per links.
 */
import type { Evidence } from '../evidence/evidence';
import { createIntern } from '../evidence/intern';
import type { Links } from '../evidence/links';
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

/** Media rows of a message, in order. */
export function mediaOf({ media, messages }: Evidence): (message: number) => readonly number[] {
  let chains = mediaRows.get(media);
  if (!chains) {
    chains = { first: new Int32Array(messages.length).fill(-1), next: new Int32Array(media.length) };
    for (let row = media.length - 1; row >= 0; row--) {
      chains.next[row] = chains.first[media.message[row]!]!;
      chains.first[media.message[row]!] = row;
    }
    mediaRows.set(media, chains);
  }
  const { first, next } = chains;
  return (message) => {
    let row = first[message] ?? -1;
    if (row === -1) return none;
    const rows: number[] = [];
    for (; row !== -1; row = next[row]!) rows.push(row);
    return rows;
  };
}
const none: readonly number[] = [];
/** A capture of many calls has hundreds of thousands: chains of rows instead of lists. */
const mediaRows = new WeakMap<object, { readonly first: Int32Array; readonly next: Int32Array }>();

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
export function exchangesOf(grounds: Grounds): readonly Exchange[] {
  const known = exchanges.get(grounds.links);
  if (known) return known;
  const { evidence, clock, links } = grounds;
  const { messages, strings } = evidence;
  const { transactions } = links;
  const media = mediaOf(evidence);
  const [INVITE, UPDATE] = ['INVITE', 'UPDATE'].map((name) => strings.find(name));
  const seen = createIntern();
  const list: Exchange[] = [];
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
    const rows = links.transactionMessages(transaction);
    const own = media(request).length > 0;
    const described =
      rows.find((row) => messages.status[row]! > 100 && messages.status[row]! < 300 && media(row).length > 0) ?? -1;
    const ack = transactions.ack[transaction]!;
    list.push({
      transaction,
      leg,
      call: links.callOf[request]!,
      cseq: messages.cseq[request]!,
      isInitial: method === INVITE && messages.toTag[request] === 0,
      method: strings.text(method),
      request,
      response,
      status: transactions.status[transaction]!,
      offer: own ? request : described,
      answer: own ? described : ack !== -1 && media(ack).length > 0 ? ack : -1,
      side: sideOf(evidence, links, request),
    });
  }
  list.sort((a, b) => a.leg - b.leg || clock.messages[a.request]! - clock.messages[b.request]!);
  exchanges.set(grounds.links, list);
  return list;
}
const exchanges = new WeakMap<Links, readonly Exchange[]>();

/** Exchanges by leg. */
export function byLeg(list: readonly Exchange[]): ReadonlyMap<number, readonly Exchange[]> {
  const known = exchangesByLeg.get(list);
  if (known) return known;
  const legs = new Map<number, Exchange[]>();
  exchangesByLeg.set(list, legs);
  for (const one of list) {
    const own = legs.get(one.leg);
    if (own) own.push(one);
    else legs.set(one.leg, [one]);
  }
  return legs;
}

const exchangesByLeg = new WeakMap<readonly Exchange[], ReadonlyMap<number, readonly Exchange[]>>();

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

export function talksOf(grounds: Grounds): readonly Talk[] {
  const known = talks.get(grounds.links);
  if (known) return known;
  const { evidence, clock, links } = grounds;
  const { media, messages, streams, strings } = evidence;
  const rowsOf = mediaOf(evidence);
  const audio = strings.find('audio');
  const BYE = strings.find('BYE');
  const ends = new Map<number, number>();
  for (let row = 0; row < messages.length; row++) {
    const leg = links.legOf[row]!;
    if (messages.method[row] !== BYE || messages.status[row] !== 0 || leg === -1) continue;
    ends.set(leg, Math.min(ends.get(leg) ?? Infinity, clock.messages[row]!));
  }
  const towards = new Map<number, [number[], number[]]>();
  for (let row = 0; row < streams.length; row++) {
    const leg = links.streams.leg[row]!;
    if (leg === -1 || links.streams.same[row] !== -1 || streams.kind[row] !== 0) continue;
    const [to, from] = [links.streams.media[row]!, links.streams.from[row]!];
    const side =
      to !== -1 ? sideOf(evidence, links, media.message[to]!) : 1 - sideOf(evidence, links, media.message[from]!);
    const own = towards.get(leg) ?? [[], []];
    towards.set(leg, own);
    own[side]!.push(row);
  }
  const list: Talk[] = [];
  for (const [leg, own] of byLeg(exchangesOf(grounds))) {
    const exchange = own.find(
      ({ isInitial, status, offer, answer }) =>
        isInitial && status >= 200 && status < 300 && offer !== -1 && answer !== -1,
    );
    if (!exchange) continue;
    const rowOf = (message: number): number =>
      rowsOf(message).find((row) => media.kind[row] === audio && media.port[row] !== 0) ?? -1;
    const [offer, answer] = [rowOf(exchange.offer), rowOf(exchange.answer)];
    // the offer is the called side's where the INVITE carried none
    const offered = exchange.offer === exchange.request ? exchange.side : ((1 - exchange.side) as 0 | 1);
    const later = own.filter((one) => one !== exchange);
    list.push({
      leg,
      call: exchange.call,
      exchange,
      audio: offered === 0 ? [offer, answer] : [answer, offer],
      from: clock.messages[exchange.response]!,
      to: ends.get(leg) ?? links.coverage[messages.artifact[exchange.response]!]!,
      ended: ends.has(leg),
      held: own.some(({ offer: a, answer: b }) =>
        [a, b].some((one) => one !== -1 && rowsOf(one).some((row) => isHeld(evidence, row))),
      ),
      moved: later.some(({ offer: a }) => a !== -1),
      towards: towards.get(leg) ?? [[], []],
    });
  }
  talks.set(grounds.links, list);
  return list;
}
const talks = new WeakMap<Links, readonly Talk[]>();

/** They are as large as the links themselves, and only rules ask for them. */
export function forgetExchanges(links: Links): void {
  exchanges.delete(links);
  talks.delete(links);
}

/** Guard G5: was anything heard from an address in a capture, SIP or media? */
export function heard({ evidence }: Grounds, artifact: number, address: number): boolean {
  let known = heardFrom.get(evidence);
  if (!known) {
    known = new Set<number>();
    const { messages, streams } = evidence;
    for (let row = 0; row < messages.length; row++)
      known.add(messages.artifact[row]! * 2 ** 28 + messages.source[row]!);
    for (let row = 0; row < streams.length; row++) known.add(streams.artifact[row]! * 2 ** 28 + streams.source[row]!);
    heardFrom.set(evidence, known);
  }
  return known.has(artifact * 2 ** 28 + address);
}
const heardFrom = new WeakMap<Evidence, Set<number>>();

/** Guard G5: does a capture hold media of either address at all? */
export function hasMedia({ evidence: { streams } }: Grounds, artifact: number, addresses: readonly number[]): boolean {
  let known = mediaHosts.get(streams);
  if (!known) {
    known = new Set<number>();
    for (let row = 0; row < streams.length; row++) {
      for (const host of [streams.source[row]!, streams.target[row]!])
        known.add(streams.artifact[row]! * 2 ** 28 + host);
    }
    mediaHosts.set(streams, known);
  }
  const hosts = known;
  return addresses.some((address) => hosts.has(artifact * 2 ** 28 + address));
}
const mediaHosts = new WeakMap<object, Set<number>>();
