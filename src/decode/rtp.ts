/**
 * RTP (RFC 3550 §5.1) `version+padding+extension+count marker+type sequence(2) time(4) ssrc(4)`: on ports that SDP
 * announced, and elsewhere where three packets in a row count on one source (`80 08 00 2a … 80 08 00 2b …`). A stream is
 * one SSRC on one pair of endpoints. A packet of a known stream costs one look-up.
 */
import { createKeys, putAddress } from './keys';
import type { Frame } from './layer';
import { begin, count, real, reals, turn, whole, wholes, type Record } from './rtp-state';
import { isEvent } from './dtmf';

/** Codecs of payload types at an endpoint: Hz, −1 = telephone-event, 0 = unknown. */
export type ClockOf = (formats: number, type: number) => number;

export interface RtpStreams {
  /** Media are expected at this endpoint from now on; `formats` names them for `clockOf`. */
  announce(address: Uint32Array, port: number, formats: number): void;
  /** Is anything announced at one of the ends? */
  isAnnounced(frame: Frame): boolean;
  /** Takes the datagram at hand where it is RTP. */
  add(frame: Frame): boolean;
  /** Streams at announced endpoints. */
  readonly announced: number;
  /** Streams that found no room. */
  readonly refused: number;
  /** Hands out each stream, in the order of its first packet; `key` = two addresses, ports, SSRC. */
  each(take: (record: Record, key: Uint32Array, formats: number) => void): void;
}

export interface RtpSink {
  /** Formats of an SDP description by its number → clock of a type. */
  readonly clockOf: ClockOf;
  /** A packet of a telephone event; `stream` as `each` counts. */
  event(stream: number, frame: Frame): void;
}

const maxEndpoints = 2 ** 20;
const maxStreams = 2 ** 20;
const nearby = 4096;
/** Streams in a page of records: grown by the page, nothing is copied. */
const perPage = 1024;
/** Packets in a row that make RTP of what nobody announced. */
const inRow = 3;
const candidates = 1024;
/** Packets after which the clock of an unknown codec is judged by its own times. */
const judged = 64;
const clocks = [8000, 16000, 24000, 32000, 48000, 90000];

export function createRtpStreams(sink: RtpSink): RtpStreams {
  const ports = new Uint8Array(65536);
  const endpoints = createKeys(5, maxEndpoints);
  let formatsAt = new Uint32Array(256);
  const streams = createKeys(10, maxStreams);
  const pages: Record[] = [];
  let maybe: { readonly keys: Uint32Array; readonly record: Record } | undefined;
  let announced = 0;
  let refused = 0;

  const endpoint = (address: Uint32Array, port: number): number => {
    if (ports[port] === 0) return -1;
    putAddress(endpoints.key, 0, address);
    endpoints.key[4] = port;
    return endpoints.find();
  };
  const formatsOf = (frame: Frame): number => {
    // the receiver says what the numbers mean (RFC 3264 §5.1)
    const own = endpoint(frame.target, frame.targetPort);
    const place = own >= 0 ? own : endpoint(frame.source, frame.sourcePort);
    return place < 0 ? -1 : formatsAt[place]!;
  };
  const clockOf = (frame: Frame, type: number): number => {
    const formats = formatsOf(frame);
    const clock = sink.clockOf(Math.max(0, formats), type);
    return clock === 0 && isEvent(frame, type) ? -1 : clock;
  };
  const recordOf = (index: number): Record => {
    const page = (pages[index >> 10] ??= newRecords(perPage));
    page.w = (index & (perPage - 1)) * wholes;
    page.r = (index & (perPage - 1)) * reals;
    return page;
  };
  const keyOf = (frame: Frame): void => {
    const { key } = streams;
    putAddress(key, 0, frame.source);
    putAddress(key, 4, frame.target);
    key[8] = (frame.sourcePort << 16) | frame.targetPort;
    key[9] = frame.view.getUint32(frame.at + 8);
  };
  /** A stream by a few of its bits: most packets find theirs here, without a hash of the whole key. */
  const near = new Int32Array(nearby).fill(-1);
  const isOf = (index: number, { source, target }: Frame, ports: number, ssrc: number): boolean =>
    streams.word(index, 9) === ssrc &&
    streams.word(index, 8) === ports &&
    streams.word(index, 3) === source[3] &&
    streams.word(index, 7) === target[3] &&
    streams.word(index, 2) === source[2] &&
    streams.word(index, 6) === target[2] &&
    streams.word(index, 1) === source[1] &&
    streams.word(index, 5) === target[1] &&
    streams.word(index, 0) === source[0] &&
    streams.word(index, 4) === target[0];
  /** Its index, or −1; then its key stands in `streams.key`. */
  const find = (frame: Frame): number => {
    const ssrc = frame.view.getUint32(frame.at + 8);
    const ports = ((frame.sourcePort << 16) | frame.targetPort) >>> 0;
    const slot = Math.imul(ssrc ^ ports, 0x9e3779b1) >>> 20;
    const guess = near[slot]!;
    if (guess >= 0 && isOf(guess, frame, ports, ssrc)) return guess;
    keyOf(frame);
    const index = streams.find();
    if (index >= 0) near[slot] = index;
    return index;
  };
  const take = (record: Record, frame: Frame): void => {
    const { whole: n, real: t, w, r } = record;
    const type = frame.bytes[frame.at + 1]! & 127;
    if (n[w + whole.announced] === 0 && formatsOf(frame) >= 0) {
      n[w + whole.announced] = 1;
      announced++;
    }
    if (n[w + whole.type] !== type) turn(record, type, clockOf(frame, type));
    else if (n[w + whole.clock] === 0 && (n[w + whole.packets]! & 15) === 0) {
      // SDP may have come since; else the packets themselves tell their clock
      const clock = clockOf(frame, type);
      const seen = n[w + whole.packets]!;
      n[w + whole.clock] =
        clock !== 0 || seen < judged ? clock : judge(frame, n[w + whole.stamp]!, t, r, n[w + whole.step]!);
      if (n[w + whole.mainType] === type) n[w + whole.clockMain] = n[w + whole.clock]!;
    }
    count(record, frame);
  };
  const open = (frame: Frame): number => {
    const type = frame.bytes[frame.at + 1]! & 127;
    const formats = formatsOf(frame);
    if (formats >= 0) {
      const index = streams.add();
      if (index < 0) {
        refused++;
        return -1;
      }
      const record = recordOf(index);
      begin(record, frame, type, clockOf(frame, type));
      record.whole[record.w + whole.announced] = 1;
      announced++;
      return index;
    }
    return doubt(frame, type);
  };
  /** A packet that nobody announced: remembered in a small table until its followers confirm it. */
  const doubt = (frame: Frame, type: number): number => {
    maybe ??= { keys: new Uint32Array(candidates * 10), record: newRecords(candidates) };
    const { keys, record } = maybe;
    const { key } = streams;
    const slot = (Math.imul(key[9]! ^ key[8]! ^ key[3]!, 0x9e3779b1) >>> 22) & (candidates - 1);
    let same = true;
    for (let word = 0; word < 10; word++) if (keys[slot * 10 + word] !== key[word]) same = false;
    record.w = slot * wholes;
    record.r = slot * reals;
    const { whole: n, w } = record;
    const sequence = (frame.bytes[frame.at + 2]! << 8) | frame.bytes[frame.at + 3]!;
    const follows = same && n[w + whole.packets]! > 0 && ((sequence - n[w + whole.highest]!) & 0xffff) === 1;
    if (!follows) {
      keys.set(key, slot * 10);
      begin(record, frame, type, clockOf(frame, type));
      return -1;
    }
    take(record, frame);
    if (n[w + whole.unique]! < inRow) return -1;
    const index = streams.add();
    if (index < 0) {
      refused++;
      return -1;
    }
    const own = recordOf(index);
    own.whole.set(n.subarray(w, w + wholes), own.w);
    own.real.set(record.real.subarray(record.r, record.r + reals), own.r);
    n[w + whole.packets] = 0;
    return index;
  };

  return {
    announce(address, port, formats) {
      if (port === 0) return;
      putAddress(endpoints.key, 0, address);
      endpoints.key[4] = port;
      const place = endpoints.add();
      if (place < 0) return;
      ports[port] = 1;
      if (place >= formatsAt.length) {
        const larger = new Uint32Array(formatsAt.length * 2);
        larger.set(formatsAt);
        formatsAt = larger;
      }
      formatsAt[place] = formats;
    },
    isAnnounced: (frame) => formatsOf(frame) >= 0,
    add(frame) {
      let index = find(frame);
      if (index >= 0) take(recordOf(index), frame);
      else {
        index = open(frame);
        if (index < 0) return false;
      }
      const page = pages[index >> 10]!;
      if (page.whole[page.w + whole.clock]! < 0) sink.event(index, frame);
      return true;
    },
    get announced() {
      return announced;
    },
    get refused() {
      return refused;
    },
    each(take) {
      for (let index = 0; index < streams.size; index++) {
        const key = streams.words(index);
        const place = [endpointOf(key, 4, key[8]! & 0xffff), endpointOf(key, 0, key[8]! >>> 16)].find(
          (one) => one >= 0,
        );
        take(recordOf(index), key, place === undefined ? 0 : formatsAt[place]!);
      }
    },
  };

  function endpointOf(key: Uint32Array, at: number, port: number): number {
    if (ports[port] === 0) return -1;
    for (let word = 0; word < 4; word++) endpoints.key[word] = key[at + word]!;
    endpoints.key[4] = port;
    return endpoints.find();
  }
}

const newRecords = (length: number): Record => ({
  whole: new Int32Array(length * wholes),
  real: new Float64Array(length * reals),
  w: 0,
  r: 0,
});

/** The usual clock that is nearest to what the packets show, 0 = none of them. */
function judge(frame: Frame, stamp: number, t: Float64Array, r: number, step: number): number {
  const ticks = (frame.view.getInt32(frame.at + 4) - stamp) | 0;
  const passed = frame.time - t[r + real.counted]!;
  if (step <= 0 || ticks <= 0 || passed <= 0) return 0;
  const rate = (ticks * 1e6) / passed;
  return clocks.find((clock) => Math.abs(rate - clock) < clock * 0.15) ?? 0;
}
