/** Draws zips, good and bad: stored and deflated members, descriptors, zip64, flags, overlaps, no directory. */
import { deflateRawSync } from 'node:zlib';
import { crc32 } from '../../src/base/crc32';
import { joined, toBytes } from './tar';

export interface ZipEntry {
  readonly name: string;
  readonly bytes?: Uint8Array | string;
  readonly method?: 0 | 8 | number;
  /** General purpose flags beside bit 3. */
  readonly flags?: number;
  /** Sizes behind the data, as a writer that streams leaves them. */
  readonly descriptor?: boolean;
  readonly zip64?: boolean;
  /** Unix mode, for links. */
  readonly mode?: number;
  /** CRC as written. */
  readonly crc?: number;
}

export interface ZipOptions {
  /** Bytes before the archive. */
  readonly before?: string;
  readonly comment?: string;
  readonly directory?: false;
  /** Every entry points to the first local header. */
  readonly overlapping?: true;
}

export function zip(entries: readonly ZipEntry[], options: ZipOptions = {}): Uint8Array {
  const locals: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { local, record } = draw(entry, options.overlapping ? 0 : offset);
    locals.push(local);
    central.push(record);
    offset += local.length;
  }
  if (options.directory === false) return joined(...locals);
  const directory = joined(...central);
  const comment = toBytes(options.comment);
  const end = fields([
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, entries.length],
    [2, entries.length],
    [4, directory.length],
    [4, offset],
    [2, comment.length],
  ]);
  return joined(options.before ?? '', ...locals, directory, end, comment);
}

function draw(entry: ZipEntry, offset: number): { local: Uint8Array; record: Uint8Array } {
  const { method = 8, flags = 0, descriptor = false, zip64 = false } = entry;
  const bytes = toBytes(entry.bytes);
  const name = toBytes(entry.name);
  const data = method === 8 ? new Uint8Array(deflateRawSync(bytes)) : bytes;
  const crc = entry.crc ?? crc32(bytes);
  const bits = flags | (descriptor ? 8 : 0);
  const sizes = zip64 ? [0xffffffff, 0xffffffff] : [data.length, bytes.length];
  const extra = zip64
    ? fields([
        [2, 1],
        [2, 16],
        [4, bytes.length],
        [4, 0],
        [4, data.length],
        [4, 0],
      ])
    : toBytes('');
  const behind = descriptor
    ? fields([
        [4, 0x08074b50],
        [4, crc],
        [4, data.length],
        [4, bytes.length],
      ])
    : toBytes('');
  const shared = (withSizes: boolean): [number, number][] => [
    [2, 20],
    [2, bits],
    [2, method],
    [2, 0],
    [2, 0],
    [4, withSizes ? crc : 0],
    [4, withSizes ? sizes[0]! : 0],
    [4, withSizes ? sizes[1]! : 0],
    [2, name.length],
    [2, extra.length],
  ];
  const local = joined(fields([[4, 0x04034b50], ...shared(!descriptor)]), name, extra, data, behind);
  const record = joined(
    fields([
      [4, 0x02014b50],
      [2, (3 << 8) | 20],
      ...shared(true),
      [2, 0],
      [2, 0],
      [2, 0],
      [4, ((entry.mode ?? 0) << 16) >>> 0],
      [4, offset],
    ]),
    name,
    extra,
  );
  return { local, record };
}

function fields(list: readonly (readonly [number, number])[]): Uint8Array {
  const bytes = new Uint8Array(list.reduce((sum, [size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [size, value] of list) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return bytes;
}
