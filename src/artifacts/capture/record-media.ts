/** Writes media into the evidence tables at the end of a capture: `streams`, `tones`, `reports`, `checks`. */
import { formatAddress } from '../../decode/address';
import { readTone } from '../../decode/dtmf';
import { createKeys, putAddress } from '../../decode/keys';
import type { Frame } from '../../decode/layer';
import { isPlainRtcp, looksLikeRtcp, readRtcp, type RtcpBlock } from '../../decode/rtcp';
import { createRtpStreams } from '../../decode/rtp';
import { staticCodecName } from '../../decode/rtp-codecs';
import { eachLoss, lostOf, real, whole } from '../../decode/rtp-state';
import { isStun, readStun } from '../../decode/stun';
import { createFaxStreams } from '../../decode/t38';
import { streamKinds } from '../../evidence/schema';
import type { Sink } from '../kind';
import type { Announce } from './announcements';

export interface MediaRecorder {
  readonly announce: Announce;
  /** A datagram that is no SIP. */
  add(frame: Frame): void;
  /** Streams at endpoints that SDP announced. */
  readonly announced: number;
  end(): void;
}

const maxTones = 50_000;
const maxDigits = 256;
const maxRows = 2 ** 16;

/** `address`: pool id of the four words at a place. */
export function createMediaRecorder(
  sink: Sink,
  address: (words: Uint32Array, at: number) => number,
  limit: (detail: string) => void,
): MediaRecorder {
  const { tables, strings } = sink;
  /** Codec names by pool id of an m-line's formats. */
  const codecs = new Map<number, ReadonlyMap<number, string>>();
  const codecOf = (formats: number, type: number): string => {
    let known = codecs.get(formats);
    if (!known) codecs.set(formats, (known = codecsOf(strings.text(formats))));
    return known.get(type) ?? staticCodecName(type) ?? '';
  };
  /** Pool ids of all types of a stream: most streams of an m-line have the same. */
  const typesKnown = new Map<string, number>();
  const typesOf = (n: Int32Array, w: number, formats: number): number => {
    const at = w + whole.types;
    const key = `${formats} ${n[at]} ${n[at + 1]} ${n[at + 2]} ${n[at + 3]}`;
    let id = typesKnown.get(key);
    if (id === undefined) {
      id = strings.id(namedTypes(n, w, (one) => codecOf(formats, one)));
      if (typesKnown.size < maxRows) typesKnown.set(key, id);
    }
    return id;
  };
  const clocks = new Map<number, number>();
  const rtp = createRtpStreams({
    clockOf(formats, type) {
      const key = formats * 128 + type;
      let clock = clocks.get(key);
      if (clock === undefined) {
        const codec = codecOf(formats, type);
        clocks.set(key, (clock = /^telephone-event/i.test(codec) ? -1 : hertz(codec)));
      }
      return clock;
    },
    event: (stream, frame) => tone(stream, frame),
  });
  const fax = createFaxStreams();
  const tones = new Map<number, { stamp: number; row: number; digits: string }>();
  const toneRows: { stream: number; time: number; digit: string; ticks: number; ends: number }[] = [];
  const reports = createKeys(11, maxRows);
  const reportRows: number[] = [];
  const checks = createKeys(10, maxRows);
  const checkRows: number[] = [];

  const tone = (stream: number, frame: Frame): void => {
    const read = readTone(frame);
    if (!read) return;
    let last = tones.get(stream);
    if (!last || last.stamp !== read.stamp) {
      if (toneRows.length >= maxTones) return;
      const digits = (last?.digits ?? '') + ((last?.digits.length ?? 0) < maxDigits ? read.digit : '');
      tones.set(stream, (last = { stamp: read.stamp, row: toneRows.length, digits }));
      toneRows.push({ stream, time: frame.time, digit: read.digit, ticks: 0, ends: 0 });
    }
    const row = toneRows[last.row]!;
    row.ticks = Math.max(row.ticks, read.duration);
    if (read.isEnd) row.ends++;
  };
  const place = (columns: Placed, row: number, frame: Frame): void => {
    columns.artifact[row] = sink.artifact;
    columns.start[row] = columns.end[row] = frame.time;
    columns.number[row] = frame.number;
    columns.offset[row] = frame.offset;
    columns.size[row] = frame.captured;
    columns.source[row] = strings.id(formatAddress(frame.source));
    columns.target[row] = strings.id(formatAddress(frame.target));
    columns.sourcePort[row] = frame.sourcePort;
    columns.targetPort[row] = frame.targetPort;
  };
  const report = (frame: Frame, block: RtcpBlock, isHidden: boolean): void => {
    const { key } = reports;
    putAddress(key, 0, frame.source);
    putAddress(key, 4, frame.target);
    key[8] = (frame.sourcePort << 16) | frame.targetPort;
    key[9] = block.reporter;
    key[10] = block.ssrc;
    const index = reports.add();
    if (index < 0) return;
    if (index === reportRows.length) {
      const row = tables.reports.row();
      place(tables.reports.columns, row, frame);
      tables.reports.columns.reporter[row] = block.reporter;
      tables.reports.columns.ssrc[row] = block.ssrc;
      tables.reports.columns.lost[row] = 0;
      reportRows.push(row);
    }
    const row = reportRows[index]!;
    const { columns } = tables.reports;
    const worst = (column: Uint8Array, value: number): void => {
      if (value > 0 && (column[row] === 0 || value < column[row]!)) column[row] = value;
    };
    columns.end[row] = frame.time;
    columns.packets[row]!++;
    columns.fraction[row] = Math.max(columns.fraction[row]!, block.fraction);
    columns.lost[row] = Math.max(columns.lost[row]!, block.lost);
    columns.jitter[row] = Math.max(columns.jitter[row]!, block.jitter);
    worst(columns.mosListening, block.mosListening);
    worst(columns.mosConversational, block.mosConversational);
    worst(columns.rFactor, block.rFactor);
    columns.roundTrip[row] = Math.max(columns.roundTrip[row]!, block.roundTrip);
    columns.flags[row]! |= (block.isBye ? 1 : 0) | (isHidden ? 2 : 0);
  };
  const check = (frame: Frame): void => {
    const stun = readStun(frame.view, frame.at);
    const isRequest = stun.kind === 'request' || stun.kind === 'indication';
    const { key } = checks;
    putAddress(key, isRequest ? 0 : 4, frame.source);
    putAddress(key, isRequest ? 4 : 0, frame.target);
    key[8] = isRequest ? (frame.sourcePort << 16) | frame.targetPort : (frame.targetPort << 16) | frame.sourcePort;
    key[9] = stun.method;
    const index = isRequest ? checks.add() : checks.find();
    if (index < 0) return;
    if (index === checkRows.length) {
      const row = tables.checks.row();
      place(tables.checks.columns, row, frame);
      tables.checks.columns.method[row] = stun.method;
      tables.checks.columns.answered[row] = NaN;
      checkRows.push(row);
    }
    const row = checkRows[index]!;
    const { columns } = tables.checks;
    columns.end[row] = frame.time;
    if (stun.kind === 'request') columns.requests[row]!++;
    if (stun.isCheck) columns.flags[row]! |= 1;
    if (stun.nominates) columns.flags[row]! |= 2;
    if (stun.kind === 'success') {
      columns.answers[row]!++;
      columns.answered[row] = frame.time;
      if ((columns.flags[row]! & 2) !== 0) columns.flags[row]! |= 4;
    } else if (stun.kind === 'error') {
      columns.errors[row]!++;
      columns.error[row] = stun.error;
    }
  };
  const rtcp = (frame: Frame): boolean => {
    const { bytes, at, end } = frame;
    if (!looksLikeRtcp(bytes, at, end)) return false;
    if (isPlainRtcp(bytes, at, end)) {
      // of two packets or of a known place: two bytes alone may look like it
      readRtcp(frame.view, at, end, (block) => report(frame, block, false));
      return true;
    }
    const type = bytes[at + 1]!;
    if (type < 200 || type > 207) return false;
    report(frame, { ...hidden, reporter: frame.view.getUint32(at + 4) }, true);
    return true;
  };

  return {
    announce(address, port, formats, isFax) {
      if (isFax) fax.announce(address, port);
      else rtp.announce(address, port, formats);
    },
    add(frame) {
      const { at, bytes, end } = frame;
      if (end - at < 4) return;
      if (bytes[at]! >> 6 === 2) {
        const type = bytes[at + 1]!;
        if ((type < 192 || type > 223) && end - at >= 12 && rtp.add(frame)) return;
        if (rtcp(frame)) return;
      } else if (isStun(frame.view, at, end)) return check(frame);
      fax.add(frame);
    },
    get announced() {
      return rtp.announced;
    },
    end() {
      const first = tables.streams.length;
      rtp.each((record, key, formats) => {
        const { whole: n, real: t, w, r } = record;
        const row = tables.streams.row();
        const { columns } = tables.streams;
        const type = n[w + whole.mainType]!;
        const jitters = n[w + whole.jitters]!;
        columns.artifact[row] = sink.artifact;
        columns.start[row] = t[r + real.start]!;
        columns.end[row] = t[r + real.last]!;
        columns.number[row] = n[w + whole.number]!;
        columns.offset[row] = t[r + real.offset]!;
        columns.size[row] = n[w + whole.size]!;
        columns.source[row] = address(key, 0);
        columns.target[row] = address(key, 4);
        columns.sourcePort[row] = key[8]! >>> 16;
        columns.targetPort[row] = key[8]! & 0xffff;
        columns.ssrc[row] = key[9]!;
        columns.kind[row] = streamKinds.indexOf('rtp');
        columns.announced[row] = n[w + whole.announced]!;
        columns.payloadType[row] = type < 0 ? 255 : type;
        columns.codec[row] = strings.id(type < 0 ? '' : codecOf(formats, type));
        columns.formats[row] = typesOf(n, w, formats);
        columns.packets[row] = n[w + whole.packets]!;
        columns.lost[row] = lostOf(record);
        columns.duplicates[row] = n[w + whole.duplicates]!;
        columns.reordered[row] = n[w + whole.reordered]!;
        columns.gaps[row] = n[w + whole.gaps]!;
        columns.longestGap[row] = n[w + whole.longestGap]!;
        columns.resets[row] = n[w + whole.resets]!;
        columns.jitter[row] = jitters === 0 ? NaN : t[r + real.jitterSum]! / jitters;
        columns.jitterMax[row] = jitters === 0 ? NaN : t[r + real.jitterMax]!;
        columns.deltaMax[row] = t[r + real.deltaMax]!;
        columns.bytes[row] = Math.min(65_535, n[w + whole.bytes]!);
        columns.step[row] = Math.max(0, n[w + whole.step]!);
        columns.clock[row] = Math.max(0, n[w + whole.clockMain]!);
        columns.typeChanges[row] = n[w + whole.typeChanges]!;
        columns.comfort[row] = n[w + whole.comfort]!;
        columns.dscp[row] = n[w + whole.dscp]!;
        columns.digits[row] = strings.id(tones.get(row - first)?.digits ?? '');
        columns.firstSequence[row] = n[w + whole.base]! & 0xffff;
        columns.lastSequence[row] = n[w + whole.highest]! & 0xffff;
        eachLoss(record, (start, packets) => {
          const end = Math.min(start + t[r + real.slice]!, t[r + real.last]!);
          tables.losses.add({ stream: row, start, end, packets });
        });
      });
      const { columns: streams } = tables.streams;
      for (const { stream, time, digit, ticks, ends } of toneRows) {
        const row = first + stream;
        const clock = (streams.clock?.[row] ?? 0) || 8000;
        tables.tones.add({
          stream: row,
          time,
          digit: strings.id(digit),
          duration: Math.round((ticks * 1000) / clock),
          ends: Math.min(255, ends),
        });
      }
      fax.each((stream, key) => {
        tables.streams.add({
          artifact: sink.artifact,
          start: stream.first,
          end: stream.last,
          number: stream.number,
          offset: stream.offset,
          size: stream.size,
          source: address(key, 0),
          target: address(key, 4),
          sourcePort: key[8]! >>> 16,
          targetPort: key[8]! & 0xffff,
          kind: streamKinds.indexOf('t38'),
          announced: 1,
          payloadType: 255,
          codec: strings.id('t38'),
          formats: strings.id('t38'),
          packets: stream.packets,
          lost: stream.lost,
          duplicates: stream.duplicates,
          reordered: stream.reordered,
          jitter: NaN,
          jitterMax: NaN,
          deltaMax: stream.deltaMax,
        });
      });
      if (rtp.refused > 0) limit(`${String(rtp.refused)} RTP packets of further streams`);
      if (toneRows.length >= maxTones) limit(`${String(maxTones)} telephone events`);
    },
  };
}

interface Placed {
  readonly artifact: Uint32Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly number: Uint32Array;
  readonly offset: Float64Array;
  readonly size: Uint32Array;
  readonly source: Uint32Array;
  readonly target: Uint32Array;
  readonly sourcePort: Uint16Array;
  readonly targetPort: Uint16Array;
}

const hidden: Omit<RtcpBlock, 'reporter'> = {
  ssrc: 0,
  fraction: 0,
  lost: 0,
  jitter: 0,
  mosListening: 0,
  mosConversational: 0,
  rFactor: 0,
  roundTrip: 0,
  isBye: false,
};

/** `8 PCMA/8000, 101 telephone-event/8000` → codec by payload type. */
function codecsOf(formats: string): ReadonlyMap<number, string> {
  const known = new Map<number, string>();
  for (const one of formats.split(', ')) {
    const [type = '', codec = ''] = one.split(' ');
    if (/^\d{1,3}$/.test(type) && codec !== '') known.set(Number(type), codec);
  }
  return known;
}

/** The RTP clock of `PCMA/8000`; that of G.722 is 8000 whatever it samples (RFC 3551 §4.5.2). */
const hertz = (codec: string): number => Number(/^[^/]+\/(\d{1,6})/.exec(codec)?.[1] ?? 0);

function namedTypes(n: Int32Array, w: number, codecOf: (type: number) => string): string {
  const types: string[] = [];
  for (let type = 0; type < 128; type++) {
    if ((n[w + whole.types + (type >> 5)]! & (1 << (type & 31))) === 0) continue;
    types.push(`${String(type)} ${codecOf(type)}`.trim());
  }
  return types.slice(0, 16).join(', ');
}
