/**
 * xz (the .xz file format 1.2.0): `FD 37 7A 58 5A 00`, stream flags with the check type, CRC32; blocks; index; footer
 * `… 59 5A`. What the library cannot read (SHA-256 checks, filters other than LZMA2, dictionaries above 64 MiB) is named.
 */
import { same } from '../../text/text';
import { bySignature, byName, hasBytes } from '../sniffing';
import { createXzDecoder, type XzDecoder, type XzEnd } from '../xz-decoder';
import { container, type Chunks, type ContainerInput, type ContainerReport } from './container';

const signature = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00];
const checkSha256 = 0x0a;
/** Output is handed on in pieces of this size: one promise each. */
const pieceSize = 2 ** 18;

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

async function* decode(
  input: ContainerInput,
  report: ContainerReport,
  state: { packed: number },
): AsyncGenerator<Uint8Array> {
  if (typeof WebAssembly === 'undefined') {
    report.problem('unsupported-archive', 0, 'xz, this browser runs no WebAssembly; .tar.gz can be read');
    return;
  }
  const decoder = await createXzDecoder();
  const piece = new Uint8Array(pieceSize);
  let filled = 0;
  let total = 0;
  let end: XzEnd | 'more' | 'again' = 'more';
  try {
    for await (const part of parts(input.chunks(), decoder.room)) {
      decoder.push(part);
      do {
        const output = decoder.pull();
        end = output.end;
        total += output.bytes.length;
        piece.set(output.bytes, filled);
        filled += output.bytes.length;
        state.packed = decoder.taken;
        if (filled + decoder.room > pieceSize) {
          yield piece.subarray(0, filled);
          filled = 0;
        }
      } while (end === 'again');
      if (end !== 'more') break;
    }
    if (filled > 0) yield piece.subarray(0, filled);
    tell(end, decoder, total, input, report);
  } finally {
    decoder.close();
  }
}

/** Parts that fit the decoder; an empty one at the end tells it that nothing more comes. */
async function* parts(chunks: Chunks, room: number): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += room) yield chunk.subarray(at, at + room);
  }
  yield new Uint8Array(0);
}

function tell(
  end: XzEnd | 'more' | 'again',
  decoder: XzDecoder,
  total: number,
  input: ContainerInput,
  report: ContainerReport,
): void {
  const at = decoder.taken;
  switch (end) {
    case 'ok':
      return;
    case 'options':
      return report.problem(
        'unsupported-archive',
        at,
        input.head[7] === checkSha256 ? 'xz, SHA-256 check' : 'xz, filter other than LZMA2',
      );
    case 'dictionary':
      return report.problem('unsupported-archive', at, 'xz, dictionary larger than 64 MiB');
    case 'memory':
      return report.problem('unsupported-archive', at, 'xz, not enough memory for its dictionary');
    case 'short':
    case 'more':
    case 'again':
      return report.problem('truncated-archive', at, 'xz');
    case 'format':
      // another magic where the next stream would begin
      return total > 0 || hasBytes(input.head, signature)
        ? report.problem('trailing-bytes', at, 'xz')
        : report.problem('corrupt-archive', at, 'xz');
    case 'data':
      return report.problem('corrupt-archive', at, 'xz');
  }
}
