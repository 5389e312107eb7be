/** Listings of registered phones → rows of `listed`. What the columns are: `decode/listing.ts`. */
import { readListing, type ListColumn, type Listing } from '../../decode/listing';
import { textReader } from '../../decode/lines';
import { createStamp } from '../../decode/stamp';
import { readStamp, stampMicros } from '../../decode/timestamp';
import type { Reader, Sink } from '../kind';

/** Longest listing that is read, in lines. */
const mostLines = 300_000;

export function listingRows(sink: Sink): Reader {
  const lines: string[] = [];
  const offsets: number[] = [];
  const sizes: number[] = [];
  let left = 0;
  const take = (line: string, offset: number, size: number): void => {
    if (lines.length >= mostLines) {
      left++;
      return;
    }
    lines.push(line.replace(/\r$/, '').replace(/^\ufeff/, ''));
    offsets.push(offset);
    sizes.push(size);
  };
  const reader = textReader(
    {
      part({ text, bytes, offset, unit, feed }) {
        let byteAt = 0;
        const all = text.split('\n');
        // the piece behind the last line end is no line
        if (text.endsWith('\n')) all.pop();
        for (const line of all) {
          const next = unit === 0 ? bytes.indexOf(feed, byteAt) : byteAt + line.length * unit;
          const end = next < 0 ? bytes.length : Math.min(next, bytes.length);
          take(line, offset + byteAt, end - byteAt);
          byteAt = end + Math.max(1, unit);
        }
        return bytes.length;
      },
      longLine(_, offset) {
        sink.problem('long-line', offset);
      },
    },
    65_536,
  );
  return {
    push: reader.push,
    end() {
      reader.end();
      if (left > 0) sink.problem('limit-reached', offsets.at(-1) ?? 0, `${mostLines} lines`);
      const listing = readListing(lines, mappingOf(sink));
      if (listing) rowsOf(sink, listing, offsets, sizes);
      const { time, zoned } = timeIn(lines, listing);
      return {
        records: listing?.entries.length ?? 0,
        first: time,
        last: time,
        clock: Number.isNaN(time) ? 'none' : zoned ? 'zoned' : 'local',
      };
    },
  };
}

const mappingOf = ({ mapping = new Map() }: Sink): ReadonlyMap<string, ListColumn | ''> =>
  mapping as ReadonlyMap<string, ListColumn | ''>;

function rowsOf(sink: Sink, listing: Listing, offsets: readonly number[], sizes: readonly number[]): void {
  const { listed } = sink.tables;
  for (const { line, lines, number, contact, expires, agent, status } of listing.entries) {
    const last = line + lines - 1;
    listed.add({
      artifact: sink.artifact,
      row: line + 1,
      offset: offsets[line]!,
      size: offsets[last]! + sizes[last]! - offsets[line]!,
      number: sink.strings.id(number),
      contact: sink.strings.id(contact),
      expires,
      agent: sink.strings.id(agent),
      status: sink.strings.id(status),
    });
  }
  const { total } = listing;
  if (total) sink.fact('listing.total', String(total.count), offsets[total.line]!, sizes[total.line]!);
  // no guide prints these columns: a person confirms them once
  const confirmed = listing.parts.some(({ name }) => sink.mapping?.has(name));
  const told = listing.parts.flatMap(({ name, column }) => (column === '' ? [] : [`${column}: ${name}`]));
  if (!confirmed) sink.problem('listing-layout', offsets[listing.entries[0]!.line]!, told.join(', '));
}

/** A date with a time in a line around the entries: when the list was made. */
function timeIn(lines: readonly string[], listing: Listing | undefined): { time: number; zoned: boolean } {
  const first = listing?.entries[0]?.line ?? Math.min(lines.length, 20);
  const last = listing?.entries.at(-1);
  const around = [
    ...lines.slice(Math.max(0, first - 20), first),
    ...lines.slice(last ? last.line + last.lines : first),
  ];
  const stamp = createStamp();
  for (const line of around.slice(0, 60)) {
    if (line.length > 300) continue;
    for (const { index } of line.matchAll(/\b(?:\d{1,4}[-/.]|[A-Z][a-z]{2},? )/g)) {
      if (!readStamp(line, index, line.length, stamp) || stamp.year === 0 || stamp.month === 0) continue;
      return { time: stampMicros(stamp), zoned: !Number.isNaN(stamp.zone) };
    }
  }
  return { time: NaN, zoned: false };
}
