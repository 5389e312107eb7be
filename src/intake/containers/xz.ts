/**
 * xz (the .xz file format 1.2.0): `FD 37 7A 58 5A 00`, stream flags with the check type, CRC32; blocks; index; footer
 * `… 59 5A`. Read by our own decoder; dictionaries above 1.5 GiB and forms of later versions are named.
 */
import { same } from '../../text/text';
import { readBlockMap, type XzBlock } from '../../xz/block-map';
import { openXz, wrongIndex, type XzFault } from '../../xz/decoder';
import { bySignature, byName, hasBytes } from '../sniffing';
import { after } from '../chunks';
import { readSlice, slices } from '../source';
import { decodeBlocks } from '../xz-blocks';
import { container, type Chunks, type ContainerInput, type ContainerReport } from './container';

const signature = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00];

export default container({
  id: 'xz',
  name: same('xz'),
  stream: true,
  sniff: (head, path) => (hasBytes(head, signature) ? bySignature('xz') : byName('xz', /\.(t?xz)$/i, path)),
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
  yield* blocks ? inBlocks(input, input.atRest!, blocks, report, state) : inOrder(input.chunks(), report, state);
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
    fault({ code, offset, detail }: XzFault, lost: number | undefined): void {
      if (detail === wrongIndex && faults === 0) trusted = false;
      else if (lost === undefined) report.problem(code, offset, detail);
      else report.problem('damaged-block', offset, `${detail}, ${lost} bytes lost`);
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
    if (!trusted) yield* after(given, inOrder(slices(blob), report, state));
    state.packed = blob.size;
  } catch (error) {
    report.problem('read-failed', state.packed, String(error));
  }
}

async function* inOrder(chunks: Chunks, report: ContainerReport, state: State): AsyncGenerator<Uint8Array> {
  const decoder = await openXz();
  function* pieces(): Generator<Uint8Array> {
    for (let piece = decoder.pull(); piece; piece = decoder.pull()) {
      state.packed = decoder.taken;
      yield piece;
    }
  }
  try {
    for await (const chunk of chunks) {
      decoder.push(chunk);
      yield* pieces();
      if (decoder.done) break;
    }
    decoder.end();
    yield* pieces();
    state.packed = decoder.taken;
    const fault = decoder.fault ?? decoder.unverified;
    if (fault) report.problem(fault.code, fault.offset, fault.detail);
  } finally {
    decoder.close();
  }
}
