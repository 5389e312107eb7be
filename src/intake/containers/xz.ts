/**
 * xz (the .xz file format 1.2.0): `FD 37 7A 58 5A 00`, stream flags with the check type, CRC32; blocks; index; footer
 * `… 59 5A`. Read by our own decoder; dictionaries above 1.5 GiB and forms of later versions are named.
 */
import { same } from '../../text/text';
import { openXz } from '../../xz/decoder';
import { bySignature, byName, hasBytes } from '../sniffing';
import { container, type ContainerInput, type ContainerReport } from './container';

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

async function* decode(
  input: ContainerInput,
  report: ContainerReport,
  state: { packed: number },
): AsyncGenerator<Uint8Array> {
  if (typeof WebAssembly === 'undefined') {
    report.problem('unsupported-archive', 0, 'xz, this browser runs no WebAssembly; .tar.gz can be read');
    return;
  }
  const decoder = await openXz();
  function* pieces(): Generator<Uint8Array> {
    for (let piece = decoder.pull(); piece; piece = decoder.pull()) {
      state.packed = decoder.taken;
      yield piece;
    }
  }
  try {
    for await (const chunk of input.chunks()) {
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
