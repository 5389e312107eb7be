/** Media streams of a call as a view shows them: what the packets say, what RTCP said, and an estimate of quality. */
import { estimate } from '../evidence/mos';
import { streamKinds } from '../evidence/schema';
import type { StreamRow } from './desk';
import { per } from './per';
import type { View } from './view';

/** Streams handed out at once; a scan of a network makes more than anybody reads. */
const mostStreams = 2000;

/** Rows of a table by the stream that they belong to. */
function byStream({
  length,
  stream,
}: {
  readonly length: number;
  readonly stream: Uint32Array;
}): Map<number, number[]> {
  const rows = new Map<number, number[]>();
  for (let row = 0; row < length; row++) {
    const own = rows.get(stream[row]!);
    if (own) own.push(row);
    else rows.set(stream[row]!, [row]);
  }
  return rows;
}
const tonesOf = per(({ evidence: { tones } }: View) => byStream(tones));
const lossesOf = per(({ evidence: { losses } }: View) => byStream(losses));

/** Report rows by artifact and source reported on. */
const reportsOf = per(({ evidence: { reports } }: View): ReadonlyMap<string, readonly number[]> => {
  const rows = new Map<string, number[]>();
  for (let row = 0; row < reports.length; row++) {
    const key = `${reports.artifact[row]} ${reports.ssrc[row]}`;
    const own = rows.get(key);
    if (own) own.push(row);
    else rows.set(key, [row]);
  }
  return rows;
});

export function describeStreams(view: View, call: number): StreamRow[] {
  const { links } = view;
  const rows =
    call >= 0
      ? call < links.calls.length
        ? [...links.callStreams(call)]
        : []
      : [...links.streams.call.keys()].filter((row) => links.streams.call[row] === -1);
  const heads = rows.slice(0, mostStreams).map((row) => describe(view, row));
  return heads.some(({ row }) => links.streams.continues[row] !== -1) ? joined(view, heads) : heads;
}

/** The pieces that a rotated capture made of one stream, as one. */
function joined({ evidence: { streams }, links }: View, rows: readonly StreamRow[]): StreamRow[] {
  const known = new Map<number, number>();
  /** Packets missing between two files; fewer than none where the first of a file came late. */
  const between = (row: number, before: number): number => {
    const missing = ((streams.firstSequence[row]! - streams.lastSequence[before]! - 1) << 16) >> 16;
    return streams.resets[row] === 0 && missing > -maxMisorder && missing < maxDropout ? missing : 0;
  };
  const list: StreamRow[] = [];
  for (const piece of [...rows].sort((a, b) => a.start - b.start)) {
    const before = links.streams.continues[piece.row]!;
    const at = known.get(before);
    known.set(piece.row, at ?? list.length);
    if (at === undefined) list.push(piece);
    else list[at] = extended(list[at]!, piece, between(piece.row, before));
  }
  return list;
}

/** RFC 3550 A.1: what is further away is another sequence. */
const [maxDropout, maxMisorder] = [3000, 100];

function extended(stream: StreamRow, piece: StreamRow, missing: number): StreamRow {
  const packets = stream.packets + piece.packets;
  const lost = Math.max(0, stream.lost + piece.lost + missing);
  const gaps = stream.gaps + piece.gaps + (missing > 0 ? 1 : 0);
  const seam = missing > 0 ? [{ start: stream.end, end: piece.start, packets: missing }] : [];
  const jitter = (stream.jitter * stream.packets + piece.jitter * piece.packets) / packets;
  const mos = estimate(stream.codec, packets, lost, gaps, jitter);
  return {
    ...stream,
    end: piece.end,
    packets,
    lost,
    gaps,
    jitter,
    jitterMax: Math.max(stream.jitterMax, piece.jitterMax),
    reordered: stream.reordered + piece.reordered,
    duplicates: stream.duplicates + piece.duplicates,
    deltaMax: Math.max(stream.deltaMax, piece.deltaMax, piece.start - stream.end),
    longestGap: Math.max(stream.longestGap, piece.longestGap, missing),
    resets: stream.resets + piece.resets,
    digits: stream.digits + piece.digits,
    tones: [...stream.tones, ...piece.tones],
    losses: [...stream.losses, ...seam, ...piece.losses],
    ...(mos === undefined ? {} : { mos }),
  };
}

function describe(view: View, row: number): StreamRow {
  const { evidence, links } = view;
  const { streams, tones, losses, strings } = evidence;
  const { streams: bound } = links;
  const shift = bound.start[row]! - streams.start[row]!;
  const codec = strings.text(streams.codec[row]!);
  const mos = estimate(codec, streams.packets[row]!, streams.lost[row]!, streams.gaps[row]!, streams.jitter[row]!);
  const reported = reportedOf(view, row);
  const clock = streams.clock[row]!;
  return {
    row,
    call: bound.call[row]!,
    message: bound.message[row]!,
    media: bound.media[row]!,
    artifact: streams.artifact[row]!,
    packet: streams.number[row]!,
    offset: streams.offset[row]!,
    length: streams.size[row]!,
    source: strings.text(streams.source[row]!),
    target: strings.text(streams.target[row]!),
    sourcePort: streams.sourcePort[row]!,
    targetPort: streams.targetPort[row]!,
    kind: streamKinds[streams.kind[row]!] ?? 'rtp',
    ssrc: streams.ssrc[row]!,
    payloadType: streams.payloadType[row]!,
    codec,
    formats: strings.text(streams.formats[row]!),
    start: bound.start[row]!,
    end: bound.end[row]!,
    packets: streams.packets[row]!,
    lost: streams.lost[row]!,
    jitter: streams.jitter[row]!,
    jitterMax: streams.jitterMax[row]!,
    reordered: streams.reordered[row]!,
    duplicates: streams.duplicates[row]!,
    deltaMax: streams.deltaMax[row]!,
    gaps: streams.gaps[row]!,
    longestGap: streams.longestGap[row]!,
    resets: streams.resets[row]!,
    ptime: clock > 0 && streams.step[row]! > 0 ? (streams.step[row]! * 1000) / clock : NaN,
    dscp: streams.dscp[row]!,
    digits: strings.text(streams.digits[row]!),
    tones: (tonesOf(view).get(row) ?? []).map((tone) => ({
      time: tones.time[tone]! + shift,
      digit: strings.text(tones.digit[tone]!),
      duration: tones.duration[tone]!,
    })),
    losses: (lossesOf(view).get(row) ?? []).map((loss) => ({
      start: losses.start[loss]! + shift,
      end: losses.end[loss]! + shift,
      packets: losses.packets[loss]!,
    })),
    secure: bound.secure[row]! > 0,
    ...(mos === undefined ? {} : { mos }),
    ...(reported === undefined ? {} : { reported }),
    same: bound.same[row]!,
  };
}

/** The worst that was said of a stream: by its receiver (the other way, same SSRC) or passed on by its sender. */
function reportedOf(view: View, row: number): StreamRow['reported'] {
  const { streams, reports } = view.evidence;
  const rows = (reportsOf(view).get(`${streams.artifact[row]} ${streams.ssrc[row]}`) ?? []).filter(
    (report) =>
      streams.ssrc[row] !== 0 &&
      (reports.target[report] === streams.source[row] || reports.source[report] === streams.source[row]),
  );
  if (rows.length === 0) return undefined;
  const worst = (column: Uint8Array): number => {
    const said = rows.map((report) => column[report]!).filter((value) => value > 0);
    return said.length === 0 ? 0 : Math.min(...said) / 10;
  };
  return {
    fraction: Math.max(...rows.map((report) => reports.fraction[report]!)) / 256,
    lost: Math.max(...rows.map((report) => reports.lost[report]!)),
    mosListening: worst(reports.mosListening),
    mosConversational: worst(reports.mosConversational),
    roundTrip: Math.max(...rows.map((report) => reports.roundTrip[report]!)),
  };
}
