/**
 * LZMA alone (.lzma): no signature, but properties < 225, a dictionary size of 2ⁿ or 2ⁿ + 2ⁿ⁻¹, and a size below 256 GiB
 * or all ones where it is unknown (as `file` and liblzma tell it). It holds no check of its content.
 */
import { same } from '../../text/text';
import { openLzma } from '../../xz/decoder';
import { byContent, byName } from '../sniffing';
import { container, type ContainerInput, type ContainerReport } from './container';

export default container({
  id: 'lzma',
  name: same('LZMA'),
  stream: true,
  sniff: (head, path) => (looksLikeLzma(head) ? byContent('LZMA') : byName('LZMA', /\.lzma$/i, path)),
  async *members(input, report) {
    const state = { packed: 0 };
    yield { name: '', type: 'file', packed: () => state.packed, chunks: () => decode(input, report, state) };
  },
});

async function* decode(
  { chunks }: ContainerInput,
  report: ContainerReport,
  state: { packed: number },
): AsyncGenerator<Uint8Array> {
  const decoder = await openLzma();
  function* pieces(): Generator<Uint8Array> {
    for (let piece = decoder.pull(); piece; piece = decoder.pull()) {
      state.packed = decoder.taken;
      yield piece;
    }
  }
  try {
    for await (const chunk of chunks()) {
      decoder.push(chunk);
      yield* pieces();
      if (decoder.done) break;
    }
    decoder.end();
    yield* pieces();
    const { fault } = decoder;
    if (fault) report.problem(fault.code, fault.offset, fault.detail);
  } finally {
    decoder.close();
  }
}

function looksLikeLzma(head: Uint8Array): boolean {
  // 0x5D is what every writer uses by default; other properties are told by the name alone
  if (head.length < 14 || head[0] !== 0x5d) return false;
  const view = new DataView(head.buffer, head.byteOffset, 13);
  const dictionary = view.getUint32(1, true);
  const sized =
    view.getUint32(9, true) < 64 || (view.getUint32(5, true) === 0xffffffff && view.getUint32(9, true) === 0xffffffff);
  // the first byte of the range coder is always 0
  return sized && head[13] === 0 && isRoundSize(dictionary);
}

function isRoundSize(size: number): boolean {
  for (let n = 12; n < 32; n++) if (size === 2 ** n || size === 2 ** n + 2 ** (n - 1)) return true;
  return size === 0xffffffff;
}
