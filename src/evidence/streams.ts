/**
 * Which call a media stream belongs to: the SDP that announced the address and port to which it runs (or from which it
 * comes), in force at its time. An index of endpoints bounded in time: a port serves one call after another.
 */
import { MINUTE, SECOND } from '../base/time';
import type { Clock } from './clock';
import type { Evidence } from './evidence';
import { sortRows } from './groups';
import { createIntern } from './intern';
import { linkSchemas } from './links';
import { captureSets } from './rotated';
import { blankTable, type Table } from './table';

export type StreamLinks = Table<(typeof linkSchemas)['streams']>;

/** SDP may come so much later than the media that it announces (early media behind a border, two clocks). */
const late = 5 * SECOND;
/** Silence of a stream between two files of a rotated capture. */
const pause = MINUTE;
/** Two captures of one stream start so near to each other. */
const near = 2 * SECOND;

interface Calls {
  readonly callOf: Int32Array;
  readonly legOf: Int32Array;
  readonly end: Float64Array;
}

export function bindStreams(evidence: Evidence, clock: Clock, times: Float64Array, calls: Calls): StreamLinks {
  const { streams, media, strings } = evidence;
  const table = blankTable(linkSchemas.streams, streams.length);
  if (streams.length === 0) return table;
  const endpoints = createIntern(media.length);
  const placeOf = new Int32Array(media.length).fill(-1);
  for (let row = 0; row < media.length; row++) {
    if (media.port[row] !== 0) placeOf[row] = endpoints.id(media.address[row]!, media.port[row]!);
  }
  const timeOf = (row: number): number => times[media.message[row]!]!;
  const { starts, rows } = sortRows(placeOf, endpoints.size);
  for (let place = 0; place < endpoints.size; place++) {
    let at = starts[place]! + 1;
    while (at < starts[place + 1]! && timeOf(rows[at - 1]!) <= timeOf(rows[at]!)) at++;
    if (at < starts[place + 1]!) {
      rows.subarray(starts[place], starts[place + 1]).sort((a, b) => timeOf(a) - timeOf(b) || a - b);
    }
  }

  /** The description of an endpoint that held when a stream started; else the one that came a little later. */
  const inForce = (address: number, port: number, start: number): number => {
    const place = endpoints.find(address, port);
    if (place === -1) return -1;
    const [first, end] = [starts[place]!, starts[place + 1]!];
    let [low, high] = [first, end];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (timeOf(rows[middle]!) <= start) low = middle + 1;
      else high = middle;
    }
    const before = low === first ? -1 : rows[low - 1]!;
    const after = low === end ? -1 : rows[low]!;
    const isNext = after !== -1 && timeOf(after) - start <= late;
    if (before === -1) return isNext ? after : -1;
    // the call that held the port is over, and the next one already asks for it
    const call = calls.callOf[media.message[before]!]!;
    const over = call !== -1 && calls.end[call]! < start - late;
    return over && isNext ? after : before;
  };
  const seen = createIntern(streams.length);
  const secureProfiles = new Map<number, boolean>();
  const sampled = new Map<number, boolean>();
  const firstOf: number[] = [];
  const rotated = rotatedSets(evidence);
  const pieces = new Map<string, number[]>();
  for (let row = 0; row < streams.length; row++) {
    const start = streams.start[row]! + (clock.zones[streams.artifact[row]!]?.shift ?? 0);
    const towards = inForce(streams.target[row]!, streams.targetPort[row]!, start);
    const from = inForce(streams.source[row]!, streams.sourcePort[row]!, start);
    const said = towards !== -1 ? towards : from;
    table.media[row] = towards;
    table.from[row] = from;
    table.start[row] = start;
    table.end[row] = start + streams.end[row]! - streams.start[row]!;
    if (said !== -1) {
      const message = media.message[said]!;
      table.message[row] = message;
      table.call[row] = calls.callOf[message]!;
      table.leg[row] = calls.legOf[message]!;
    }
    table.secure[row] = secureOf(row, said);
    const [a, b] = [streams.sourcePort[row]!, streams.targetPort[row]!];
    const key = seen.id(streams.source[row]!, streams.target[row]!, a * 65_536 + b, streams.ssrc[row]!);
    const first = (firstOf[key] ??= row);
    const set = rotated.get(streams.artifact[row]!);
    if (set !== undefined) {
      const own = pieces.get(`${set} ${key}`);
      if (own) own.push(row);
      else pieces.set(`${set} ${key}`, [row]);
    }
    const isAgain = first !== row && streams.artifact[first] !== streams.artifact[row];
    if (isAgain && Math.abs(table.start[first]! - start) <= near) table.same[row] = first;
  }
  for (const rows of pieces.values()) {
    rows.sort((a, b) => table.start[a]! - table.start[b]!);
    rows.forEach((row, n) => {
      const before = rows[n - 1];
      if (before === undefined || streams.artifact[before] === streams.artifact[row]) return;
      const wait = table.start[row]! - table.end[before]!;
      if (wait < -SECOND || wait > pause) return;
      table.continues[row] = before;
      table.same[row] = -1;
    });
  }
  return table;

  /** 1 = SRTP by SDP, 2 = SRTP by the size of its packets: a tag of 4 or 10 bytes behind samples of one byte. */
  function secureOf(row: number, said: number): number {
    const told = (of: Map<number, boolean>, id: number, test: (text: string) => boolean): boolean => {
      let answer = of.get(id);
      if (answer === undefined) of.set(id, (answer = test(strings.text(id))));
      return answer;
    };
    if (said !== -1) {
      return told(secureProfiles, media.profile[said]!, (profile) => profile.toUpperCase().includes('SAVP')) ? 1 : 0;
    }
    const samples = told(sampled, streams.codec[row]!, (codec) => /^(?:PCMU|PCMA|G722)\//.test(codec));
    const over = streams.bytes[row]! - streams.step[row]!;
    return samples && streams.step[row]! > 0 && (over === 4 || over === 10) ? 2 : 0;
  }
}

/** Per capture that is one file of several, the set that it belongs to. */
const rotatedSets = ({ artifacts }: Evidence): ReadonlyMap<number, number> =>
  new Map(captureSets(artifacts).flatMap((set, n) => set.map((artifact): [number, number] => [artifact, n])));
