/**
 * The packets of chosen calls as a capture of its own, for a colleague or a vendor. One pass over each capture keeps the
 * packets that carry the calls' messages and media; then, unless the originals are wanted, what is secret is overwritten
 * in place and checksums are made true again. Times stay as written; comments and names are never written.
 */
import { parseAddress } from '../decode/address';
import { captureForm, type CaptureSink } from '../decode/capture-file';
import { createFragments } from '../decode/fragments';
import { createKeys, putAddress, type Keys } from '../decode/keys';
import { layer, type Frame } from '../decode/layer';
import { byLinkType } from '../decode/link-type';
import { createPcapReader } from '../decode/pcap';
import { writePcapng } from '../decode/pcapng-write';
import { createPcapngReader } from '../decode/pcapng';
import { isSipStart } from '../decode/sip-start';
import { walk } from '../decode/walk';
import { SECOND } from '../base/time';
import type { CaptureExport, CaptureOf } from './desk';
import { clean } from './export-clean';
import { nanosOf } from './export-nanos';
import { spansOf, type Kept, type Segment } from './export-packets';
import type { Read } from './scan';
import type { View } from './view';

const chunkSize = 4 * 2 ** 20;
/** What an export may hold in memory. */
const maxBytes = 256 * 2 ** 20;
/** Media may begin before the call is known to run, and end after it. */
const [before, after] = [2 * SECOND, 10 * SECOND];

export async function captureOf(view: View, of: CaptureOf, read: Read): Promise<CaptureExport> {
  const rows = messagesOf(view, of);
  const wanted = wantedOf(view, of, rows);
  const kept: Kept[] = [];
  let room = maxBytes;
  let left = 0;
  for (const [artifact, want] of wanted) {
    await eachPacket(artifact, read, want, (packet) => {
      if (packet.bytes.length > room) left++;
      else {
        room -= packet.bytes.length;
        kept.push(packet);
      }
    });
  }
  if (!of.original) clean(view, rows, kept);
  kept.sort((a, b) => (a.time || 0) - (b.time || 0) || a.artifact - b.artifact || a.offset - b.offset);
  const inCaptures = new Set(wanted.keys());
  return {
    blob: new Blob([writePcapng(kept)], { type: 'application/x-pcapng' }),
    packets: kept.length,
    media: kept.filter(({ media }) => media).length,
    left,
    elsewhere: rows.filter((row) => !inCaptures.has(view.evidence.messages.artifact[row]!)).length,
  };
}

function messagesOf({ links }: View, { calls, registrations }: CaptureOf): number[] {
  const rows = new Set<number>();
  for (const call of calls) if (call < links.calls.length) for (const row of links.callMessages(call)) rows.add(row);
  for (const one of registrations)
    if (one < links.registrations.length) for (const row of links.registrationMessages(one)) rows.add(row);
  return [...rows].sort((a, b) => a - b);
}

interface Wanted {
  /** File offsets of message text, ascending, with the end of each span. */
  readonly starts: number[];
  readonly ends: number[];
  readonly endpoints: Keys;
  readonly from: number;
  readonly to: number;
}

/** By capture: where the messages lie, and between which endpoints and when their media ran. */
function wantedOf(view: View, { calls }: CaptureOf, rows: readonly number[]): Map<number, Wanted> {
  const { evidence, clock, links } = view;
  const { artifacts, messages, media, streams, strings } = evidence;
  const own = new Set(rows);
  const endpoints = createKeys(5, 2 ** 16);
  const words = new Uint32Array(4);
  const announce = (address: number, port: number): void => {
    if (port === 0 || !parseAddress(strings.text(address), words)) return;
    for (const one of [port, port + 1]) {
      putAddress(endpoints.key, 0, words);
      endpoints.key[4] = one;
      endpoints.add();
    }
  };
  for (let row = 0; row < media.length; row++) {
    if (own.has(media.message[row]!)) announce(media.address[row]!, media.port[row]!);
  }
  const captures = new Set(rows.map((row) => messages.artifact[row]!));
  for (const call of calls) {
    for (const row of call < links.calls.length ? links.callStreams(call) : []) {
      announce(streams.source[row]!, streams.sourcePort[row]!);
      announce(streams.target[row]!, streams.targetPort[row]!);
      captures.add(streams.artifact[row]!);
    }
  }
  const times = rows.map((row) => clock.messages[row]!).filter((time) => !Number.isNaN(time));
  const first = times.reduce((least, time) => Math.min(least, time), Infinity) - before;
  const last = times.reduce((most, time) => Math.max(most, time), -Infinity) + after;
  const found = new Map<number, Wanted>();
  const places = rows.flatMap((row) => spansOf(view, row));
  for (const { artifact } of places) captures.add(artifact);
  for (const artifact of captures) {
    if (artifacts[artifact]?.kind !== 'packet-capture') continue;
    const spans = places.filter((place) => place.artifact === artifact).sort((a, b) => a.offset - b.offset);
    const shift = clock.zones[artifact]?.shift ?? 0;
    found.set(artifact, {
      starts: spans.map(({ offset }) => offset),
      ends: spans.map(({ offset, size }) => offset + size),
      endpoints,
      from: first - shift,
      to: last - shift,
    });
  }
  return found;
}

async function eachPacket(artifact: number, read: Read, wanted: Wanted, take: (packet: Kept) => void): Promise<void> {
  const fragments = createFragments();
  const file: CaptureSink = {
    frame(frame) {
      const start = frame.at;
      const first = byLinkType(frame.link);
      const { bytes, offset, captured } = frame;
      const nanos = nanosOf(frame, start);
      const end = first === undefined ? layer.none : walk(frame, first, fragments);
      const isMedia = end === layer.datagram && !frame.spans && runsMedia(frame, wanted);
      if (!isMedia && !touches(wanted, offset, offset + captured)) return;
      const segment = end === layer.datagram || end === layer.segment ? segmentOf(frame, end, start) : undefined;
      take({
        artifact,
        offset,
        number: frame.number,
        link: frame.link,
        time: frame.time,
        nanos,
        bytes: bytes.slice(start, start + captured),
        length: frame.length,
        media: isMedia,
        ...(segment ? { segment } : {}),
      });
    },
    other: () => undefined,
    link: () => undefined,
    corrupt: () => undefined,
    truncated: () => undefined,
  };
  let reader: ReturnType<typeof createPcapReader> | undefined;
  for (let at = 0; ; at += chunkSize) {
    const chunk = await read(artifact, at, chunkSize);
    if (chunk.length > 0) {
      reader ??= captureForm(chunk) === 'pcapng' ? createPcapngReader(file) : createPcapReader(file);
      reader.push(chunk);
    }
    if (chunk.length < chunkSize) break;
  }
  reader?.end();
}

function touches({ starts, ends }: Wanted, from: number, to: number): boolean {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ends[middle]! <= from) low = middle + 1;
    else high = middle;
  }
  return low < starts.length && starts[low]! < to;
}

function runsMedia(frame: Frame, { endpoints, from, to }: Wanted): boolean {
  if (frame.time < from || frame.time > to || isSipStart(frame.bytes, frame.at, frame.end)) return false;
  return has(endpoints, frame.source, frame.sourcePort) || has(endpoints, frame.target, frame.targetPort);
}

function has(endpoints: Keys, address: Uint32Array, port: number): boolean {
  putAddress(endpoints.key, 0, address);
  endpoints.key[4] = port;
  return endpoints.find() >= 0;
}

function segmentOf(frame: Frame, end: number, start: number): Segment {
  const origin = frame.spans ? 0 : start;
  return {
    protocol: end === layer.datagram ? 17 : 6,
    from: frame.at - origin,
    to: frame.end - origin,
    source: frame.source.slice(),
    target: frame.target.slice(),
    cut: frame.cut,
    ...(frame.spans ? { spans: frame.spans } : {}),
  };
}
