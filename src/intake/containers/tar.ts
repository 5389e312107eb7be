/**
 * tar: v7, ustar (POSIX.1-1988), pax (POSIX.1-2001), GNU long names and sparse files, base-256 numbers, archives one
 * after the other. Blocks of 512 bytes: a header with a checksum, the data padded to a block, two zero blocks at the end.
 * A damaged header is passed over up to the next one whose checksum holds.
 */
import { same } from '../../text/text';
import { cursor, noChunks, type Cursor } from '../chunks';
import { byContent, bySignature, byName } from '../sniffing';
import { blockSize, isZero, label, readHeader, readPax, type TarHeader } from '../tar-header';
import { filled, holes, leadingMap, maxHoles, oldGnuMap, paxMap, type Sparse } from '../tar-sparse';
import { container, type ContainerReport, type Member } from './container';

/** Names and records: a header that declares more is hostile. */
const maxExtra = 2 ** 20;

export default container({
  id: 'tar',
  name: same('tar'),
  sniff(head, path) {
    const header = readHeader(head.subarray(0, blockSize));
    if (header?.ustar) return bySignature('tar');
    // v7 has no signature: a checksum that holds and a name are what tells it
    if (header && header.name !== '' && !isZero(head.subarray(0, blockSize))) return byContent('tar');
    return byName('tar', /\.(tar|t[gxbz]z2?)$/i, path);
  },
  async *members(input, report) {
    const bytes = cursor(input.chunks());
    try {
      yield* read(bytes, report);
    } finally {
      await bytes.close();
    }
  },
});

/** What the headers before a member say about it. */
interface Ahead {
  name?: string;
  target?: string;
  pax?: ReadonlyMap<string, string>;
}

async function* read(bytes: Cursor, report: ContainerReport): AsyncGenerator<Member> {
  let global: ReadonlyMap<string, string> = new Map();
  let ahead: Ahead = {};
  let ended = false;
  /** Where the headers stopped making sense, −1 = they do. */
  let lost = -1;
  let lostBehindEnd = false;
  for (;;) {
    const start = bytes.offset;
    const block = (await bytes.take(blockSize)).slice();
    if (block.length < blockSize) {
      if (lost >= 0 && lostBehindEnd) report.problem('trailing-bytes', lost, 'tar');
      else if (lost >= 0) report.problem('corrupt-archive', lost, 'tar, no further header');
      else if (block.length > 0 && !isZero(block))
        report.problem(ended ? 'trailing-bytes' : 'truncated-archive', start, 'tar');
      return;
    }
    if (isZero(block)) {
      ended = true;
      continue;
    }
    const header = readHeader(block);
    if (!header) {
      // zeros may stand for what was damaged: a header may still come
      if (lost < 0) [lost, lostBehindEnd] = [start, ended];
      continue;
    }
    if (lost >= 0) {
      report.problem('corrupt-archive', lost, `tar, header checksum, next header at byte ${start}`);
      lost = -1;
    }
    ended = false;
    if ('LKxXgN'.includes(header.type)) {
      const extra = await readExtra(header, bytes, report);
      if (!extra) continue;
      if (header.type === 'L') ahead.name = label(extra);
      if (header.type === 'K') ahead.target = label(extra);
      if ('xXg'.includes(header.type)) {
        const records = readPax(extra);
        if (!records) report.problem('corrupt-archive', start, 'tar, pax records');
        else if (header.type === 'g') global = new Map([...global, ...records]);
        else ahead.pax = records;
      }
      continue;
    }
    const records = new Map([...global, ...(ahead.pax ?? [])]);
    yield* member(header, block, ahead, records, bytes, report);
    ahead = {};
  }
}

/** The body of a header that describes the next member. */
async function readExtra(header: TarHeader, bytes: Cursor, report: ContainerReport): Promise<Uint8Array | undefined> {
  const start = bytes.offset;
  if (!(header.size <= maxExtra)) {
    report.problem('limit-reached', start, `tar, ${header.size} bytes of header`);
    if (Number.isFinite(header.size)) await bytes.skip(padded(header.size));
    return undefined;
  }
  const extra = (await bytes.take(header.size)).slice();
  await bytes.skip(padded(header.size) - header.size);
  if (extra.length < header.size) {
    report.problem('truncated-archive', bytes.offset, 'tar');
    return undefined;
  }
  return extra;
}

async function* member(
  header: TarHeader,
  block: Uint8Array,
  ahead: Ahead,
  pax: ReadonlyMap<string, string>,
  bytes: Cursor,
  report: ContainerReport,
): AsyncGenerator<Member> {
  const start = bytes.offset - blockSize;
  const name = pax.get('GNU.sparse.name') ?? pax.get('path') ?? ahead.name ?? header.name;
  const type = typeOf(header.type, name);
  const declared = pax.has('size') ? Number(pax.get('size')) : header.size;
  // links, devices and folders have no data, whatever they declare; a GNU dump of a folder ('D') has
  const stored = type === 'file' || header.type === 'D' ? declared : 0;
  if (!Number.isSafeInteger(stored) || stored < 0) {
    report.problem('corrupt-archive', start, `tar, size of ${name}`);
    yield { name, type, chunks: noChunks };
    return;
  }
  if (type !== 'file') {
    const target = pax.get('linkpath') ?? ahead.target ?? header.target;
    yield { name, type, ...(target ? { target } : {}), chunks: noChunks };
    await bytes.skip(padded(stored));
    return;
  }
  const sparse = await sparseOf(header, block, pax, bytes, report, start);
  const from = bytes.offset;
  const length = stored - sparse.used;
  const { map } = sparse;
  const fills = map !== undefined && holes(map) <= maxHoles;
  if (map && !fills) report.problem('limit-reached', start, `tar, ${holes(map)} bytes of holes in ${name}`);
  yield {
    name,
    type,
    bytes: map?.size ?? length,
    ...(map ? {} : { lies: { offset: from, length } }),
    chunks: () => (map && fills ? filled(map, bytes) : bytes.pieces(length)),
  };
  const left = from + length - bytes.offset;
  if ((await bytes.skip(left)) < left) {
    report.problem('truncated-archive', bytes.offset, `tar, in ${name}`);
    return;
  }
  await bytes.skip(padded(stored) - stored);
}

async function sparseOf(
  header: TarHeader,
  block: Uint8Array,
  pax: ReadonlyMap<string, string>,
  bytes: Cursor,
  report: ContainerReport,
  start: number,
): Promise<{ map?: Sparse; used: number }> {
  const gnu = header.type === 'S';
  const leading = pax.get('GNU.sparse.major') === '1';
  if (!gnu && !leading && !pax.has('GNU.sparse.map')) return { used: 0 };
  const found = leading
    ? await leadingMap(bytes, Number(pax.get('GNU.sparse.realsize')))
    : { sparse: gnu ? await oldGnuMap(block, bytes) : paxMap(pax), used: 0 };
  if (!found.sparse) report.problem('corrupt-archive', start, 'tar, map of a sparse file');
  return { used: found.used, ...(found.sparse ? { map: found.sparse } : {}) };
}

function typeOf(flag: string, name: string): Member['type'] {
  switch (flag) {
    case '1':
    case '2':
      return 'link';
    case '3':
    case '4':
    case '6':
    case 'V':
      return 'other';
    case '5':
    case 'D':
      return 'folder';
    default:
      // v7 knows no folders: their names end in a slash. Types that nobody knows are files (POSIX)
      return (flag === '0' || flag === '\0') && name.endsWith('/') ? 'folder' : 'file';
  }
}

const padded = (size: number): number => Math.ceil(size / blockSize) * blockSize;
