/**
 * xz (the .xz file format 1.2.0): `FD 37 7A 58 5A 00`, stream flags with the check type, CRC32; blocks; index; footer
 * `… 59 5A`. Read by our own decoder; dictionaries above 1.5 GiB and forms of later versions are named.
 */
import { same } from '../../text/text';
import { readBlockMap, type XzBlock } from '../../xz/block-map';
import { openXz, openXzAt, wrongIndex, type XzDecoder, type XzFault } from '../../xz/decoder';
import { findEntry, type XzEntry } from '../../xz/salvage';
import { bySignature, byName, hasBytes } from '../sniffing';
import { after } from '../chunks';
import { readSlice, slices } from '../source';
import { decodeBlocks, zeros } from '../xz-blocks';
import { container, type Chunks, type ContainerInput, type ContainerReport } from './container';

const signature = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00];

export default container({
  id: 'xz',
  name: same('xz'),
  stream: true,
  sniff: (head, path) => (hasBytes(head, signature) ? bySignature('xz') : byName('xz', /\.(t?xz)$/i, path)),
  splits: async (blob) => (await listedBlocks(blob)) !== undefined,
  async *members(input, report) {
    const state = { packed: 0 };
    yield {
      name: '',
      type: 'file',
      packed: () => state.packed,
      chunks: () => decode(input, report, state),
    };
  },
});

interface State {
  packed: number;
}

async function* decode(input: ContainerInput, report: ContainerReport, state: State): AsyncGenerator<Uint8Array> {
  const blocks = input.atRest && (await listedBlocks(input.atRest));
  yield* blocks
    ? inBlocks(input, input.atRest!, blocks, report, state)
    : inOrder(input.chunks(), report, state, input.atRest);
}

/** The kinds of check that can be made; another one is told where it stands. */
const checks: readonly number[] = [0, 1, 4, 10];

/** Two blocks or more, of a file whose index holds. */
async function listedBlocks(blob: Blob): Promise<readonly XzBlock[] | undefined> {
  try {
    const blocks = await readBlockMap(blob.size, (offset, length) => readSlice(blob, offset, length));
    return blocks && blocks.length > 1 && blocks.every(({ check }) => checks.includes(check)) ? blocks : undefined;
  } catch {
    // what can be read is read in order
    return undefined;
  }
}

/** Side by side where other workers have time; past a damaged block in any case. */
async function* inBlocks(
  input: ContainerInput,
  blob: Blob,
  blocks: readonly XzBlock[],
  report: ContainerReport,
  state: State,
): AsyncGenerator<Uint8Array> {
  // the source is read along: for its digest, and to tell how far it is
  const source = input.chunks()[Symbol.asyncIterator]();
  let passed = 0;
  let given = 0;
  let faults = 0;
  let trusted = true;
  const events = {
    fault(fault: XzFault, lost: number | undefined): void {
      const { code, offset, detail } = fault;
      if (detail === wrongIndex && faults === 0) trusted = false;
      else if (lost === undefined) report.problem(code, offset, detail);
      else report.problem('damaged-block', offset, lostOf(fault, lost));
      faults++;
    },
    taken: (offset: number) => void (state.packed = offset),
  };
  try {
    for await (const piece of decodeBlocks(blob, blocks, input.lend, events)) {
      if (!trusted) break;
      given += piece.length;
      yield piece;
      while (passed < state.packed) {
        const { done, value } = await source.next();
        passed += done ? Infinity : value.length;
      }
    }
    if (!trusted) yield* after(given, inOrder(slices(blob), report, state, blob));
    state.packed = blob.size;
  } catch (error) {
    report.problem('read-failed', state.packed, String(error));
  }
}

/** From end to end; `blob`, where the file lies at rest, lets it go on behind a fault. */
async function* inOrder(
  chunks: Chunks,
  report: ContainerReport,
  state: State,
  blob: Blob | undefined,
): AsyncGenerator<Uint8Array> {
  let decoder = await openXz();
  let given = 0;
  let usual = 0;
  function* pieces(): Generator<Uint8Array> {
    for (let piece = decoder.pull(); piece; piece = decoder.pull()) {
      state.packed = decoder.taken;
      given += piece.length;
      yield piece;
    }
  }
  try {
    for (let entries = 0; ; entries++) {
      for await (const chunk of chunks) {
        decoder.push(chunk);
        yield* pieces();
        if (decoder.done) break;
      }
      decoder.end();
      yield* pieces();
      state.packed = decoder.taken;
      const fault = decoder.fault ?? decoder.unverified;
      const entry = blob && decoder.fault && entries < maxEntries ? await nextEntry(blob, decoder) : undefined;
      if (fault && !entry) report.problem(fault.code, fault.offset, fault.detail);
      if (!blob || !entry) return;
      const { block, before, last } = decoder.place;
      // all blocks of a stream but its last are of one size, as every writer cuts them
      usual = Math.max(usual, last);
      const lost = block ? Math.max(0, (block.content ?? usual) - (given - before)) : 0;
      if (block) report.problem('damaged-block', fault!.offset, lost > 0 ? lostOf(fault!, lost) : fault!.detail);
      else report.problem(fault!.code, fault!.offset, fault!.detail);
      yield* zeros(lost);
      decoder.close();
      decoder = await openXzAt(entry.offset, entry.check);
      given = 0;
      chunks = slices(blob.slice(entry.offset));
    }
  } finally {
    decoder.close();
  }
}

/** Damaged places that are passed over. */
const maxEntries = 1000;

const lostOf = ({ detail }: XzFault, lost: number): string => `${detail}, ${lost} bytes lost`;

/** Where reading can go on behind the decoder's fault. */
async function nextEntry(blob: Blob, decoder: XzDecoder): Promise<XzEntry | undefined> {
  const { fault, place } = decoder;
  if (fault?.code !== 'corrupt-archive') return undefined;
  const { origin, block } = place;
  const from = block ? block.offset + 4 : origin + Math.ceil((fault.offset + 1 - origin) / 4) * 4;
  return findEntry(blob.size, (offset, length) => readSlice(blob, offset, length), from, block?.check);
}
