/**
 * zip (APPNOTE 6.3): stored and deflated members, zip64 sizes, data descriptors. Read by its directory at the end; where
 * that is missing (a cut download) by the local headers from the start, `zip-scan.ts`. Entries that overlap are refused:
 * no honest writer makes them, and a small file could unpack to petabytes.
 */
import { same } from '../../text/text';
import { noChunks } from '../chunks';
import { createInflater, createStored } from '../inflate';
import { inflateFirst, worthwhile } from '../inflate-native';
import { defaultBudget } from '../intake';
import { bySignature, byName, hasBytes } from '../sniffing';
import { blobWindow, readSlice, slices, sliceSize } from '../source';
import { faultOf, readDirectory, zipSignature, type ZipEntry } from '../zip-directory';
import { scanMembers } from '../zip-scan';
import { container, type ContainerReport, type Member } from './container';

const localSize = 30;

export default container({
  id: 'zip',
  name: same('zip'),
  sniff(head, path) {
    const { local, end, descriptor } = zipSignature;
    const spanned = hasBytes(head, descriptor) && hasBytes(head, local, 4);
    if (hasBytes(head, local) || hasBytes(head, end) || spanned) return bySignature('zip');
    return byName('zip', /\.zip$/i, path);
  },
  async *members(input, report) {
    const blob = await input.blob();
    try {
      const directory = await readDirectory(blobWindow(blob), blob.size, defaultBudget.maxEntries);
      if (!directory) {
        yield* scanMembers(blob, report);
        return;
      }
      const { entries, fault, start } = directory;
      const overlapping = overlaps(entries, start);
      const read = blobWindow(blob);
      for (const entry of entries) {
        if (overlapping.has(entry))
          report.problem('corrupt-archive', entry.offset, `zip, ${entry.name} overlaps another member`);
        else yield await member(blob, read, entry, report);
      }
      if (fault) report.problem('corrupt-archive', fault.offset, fault.detail);
    } catch (error) {
      report.problem('read-failed', 0, String(error));
    }
  },
});

/** Entries that begin before the one in front of them ends, or that reach into the directory. */
function overlaps(entries: readonly ZipEntry[], directory: number): ReadonlySet<ZipEntry> {
  const found = new Set<ZipEntry>();
  let end = 0;
  for (const entry of [...entries].sort((a, b) => a.offset - b.offset)) {
    const own = entry.offset + localSize + entry.packed;
    if (entry.offset < end || own > directory) found.add(entry);
    else end = own;
  }
  return found;
}

async function member(
  blob: Blob,
  read: (offset: number, length: number) => Promise<Uint8Array>,
  entry: ZipEntry,
  report: ContainerReport,
): Promise<Member> {
  const { name, size: bytes, offset, packed, method } = entry;
  const local = await read(offset, localSize);
  const header = local.length === localSize && hasBytes(local, zipSignature.local);
  const data = header ? offset + localSize + local[26]! + local[27]! * 256 + local[28]! + local[29]! * 256 : offset;
  const unreadable = faultOf(entry, header);
  const type = typeOf(entry);
  if (unreadable || type === 'folder') {
    return { name, type, bytes, ...(unreadable ? { fault: unreadable } : {}), chunks: noChunks };
  }
  let taken = 0;
  return {
    name,
    type,
    bytes,
    ...(type === 'link' && method === 0 && packed <= 4096
      ? { target: new TextDecoder().decode(await read(data, packed)) }
      : {}),
    ...(method === 0 && packed === bytes ? { lies: { offset: data, length: packed } } : {}),
    packed: () => Math.max(taken, 1),
    chunks() {
      // a million empty ones are a bomb
      if (method === 0 && packed + bytes + entry.crc === 0) return noChunks();
      return method === 8 && packed >= worthwhile ? inflateFirst(asGzip(), tell, isAll, inflated) : inflated();
    },
  };

  function tell(bytes: number): void {
    taken = bytes;
  }
  function isAll(size: number): boolean {
    return size === bytes;
  }

  /** A member dressed up as gzip: the browser then compares its CRC-32 too. */
  async function* asGzip(): AsyncGenerator<Uint8Array> {
    yield Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);
    yield* slices(blob.slice(data, data + packed));
    const trailer = new DataView(new ArrayBuffer(8));
    trailer.setUint32(0, entry.crc, true);
    trailer.setUint32(4, bytes % 2 ** 32, true);
    yield new Uint8Array(trailer.buffer);
  }

  async function* inflated(): AsyncGenerator<Uint8Array> {
    const inflater = method === 0 ? createStored() : createInflater();
    for (let at = 0; at < packed;) {
      const piece = await readSlice(blob, data + at, Math.min(sliceSize, packed - at));
      if (piece.length === 0) return report.problem('truncated-archive', data + at, `zip, ${name}`);
      const before = at - inflater.taken;
      for (const chunk of inflater.push(piece)) {
        taken = before + inflater.taken;
        yield chunk;
      }
      at += piece.length;
      if (inflater.fault !== undefined) {
        return report.problem('corrupt-archive', data + at - inflater.left, `zip, ${name}, ${inflater.fault}`);
      }
    }
    const { crc, size } = inflater;
    if (method === 8 && !inflater.done) report.problem('truncated-archive', data + packed, `zip, ${name}`);
    else if (crc !== entry.crc) report.problem('corrupt-archive', data, `zip, ${name}, CRC32`);
    else if (size !== bytes)
      report.problem('corrupt-archive', data, `zip, ${name}, ${size} bytes where ${bytes} are declared`);
  }
}

function typeOf({ name, mode }: ZipEntry): Member['type'] {
  const format = mode & 0xf000;
  if (name.endsWith('/') || format === 0x4000) return 'folder';
  return format === 0xa000 ? 'link' : 'file';
}
