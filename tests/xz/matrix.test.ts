/** The forms of .xz that no library reads all of, each judged by `xz` itself. */
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { content, describeWithXz, pack, random, unpack, unpackNatively } from './native';

// past a lap of the window where the dictionary is small
const bytes = content(2_500_000, random(7));
const small = bytes.subarray(0, 50_000);
const zeros = (length: number): Uint8Array => new Uint8Array(length);
const join = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const flipped = (packed: Uint8Array, at: number): Uint8Array => {
  const copy = packed.slice();
  copy[at]! ^= 0x10;
  return copy;
};
const plain = (): Uint8Array => pack(small, ['--check=crc64']);

const cases: [name: string, make: () => Uint8Array, code?: string][] = [
  ['CRC32', () => pack(bytes, ['-1', '--check=crc32'])],
  ['CRC64', () => pack(bytes, ['-6', '--check=crc64'])],
  ['SHA-256', () => pack(bytes, ['--check=sha256', '-0'])],
  ['no check', () => pack(bytes, ['-2', '--check=none'])],
  ['x86', () => pack(bytes, ['--x86', '--lzma2=preset=1'])],
  ['ARM64', () => pack(bytes, ['--arm64', '--lzma2=preset=1'])],
  ['ARM, Thumb, PowerPC', () => pack(bytes, ['--arm', '--armthumb', '--powerpc', '--lzma2=preset=1'])],
  [
    'SPARC, IA-64, delta',
    () => pack(bytes, ['--sparc', '--ia64', '--delta=dist=3', '--lzma2=preset=0,lc=0,lp=4,pb=0']),
  ],
  ['delta', () => pack(bytes, ['--delta=dist=256', '--lzma2=preset=0,lc=4,pb=4'])],
  ['128 MiB dictionary', () => pack(bytes, ['--lzma2=dict=128MiB,mode=fast,mf=hc4'])],
  ['192 MiB dictionary', () => pack(bytes, ['--lzma2=dict=192MiB,mode=fast,mf=hc4'])],
  ['4 KiB dictionary', () => pack(bytes, ['--lzma2=preset=1,dict=4KiB'])],
  ['several blocks', () => pack(bytes, ['-1', '-T2', '--block-size=300000'])],
  ['concatenated', () => join(pack(bytes, ['-0', '--check=sha256']), pack(small, ['-0']))],
  ['concatenated with padding', () => join(plain(), zeros(8), plain(), zeros(4))],
  ['bad padding', () => join(plain(), zeros(6)), 'trailing-bytes'],
  ['bad padding between streams', () => join(plain(), zeros(3), plain()), 'trailing-bytes'],
  ['trailing garbage', () => join(plain(), Buffer.from('rubbish behind it')), 'trailing-bytes'],
  ['cut in half', () => pack(bytes, ['-1']).slice(0, 400_000), 'truncated-archive'],
  ['cut in the index', () => plain().slice(0, -20), 'truncated-archive'],
  ['a bit turned', () => flipped(plain(), 9000), 'corrupt-archive'],
  ['a bit turned in the check', () => flipped(plain(), plain().length - 34), 'corrupt-archive'],
  ['a bit turned in the footer', () => flipped(plain(), plain().length - 6), 'corrupt-archive'],
  ['empty', () => zeros(0), 'truncated-archive'],
];

describeWithXz('forms of .xz', () => {
  it.each(cases)(
    '%s',
    async (_name, make, code) => {
      const packed = make();
      const native = unpackNatively(packed);
      const { content: ours, fault } = await unpack(packed);
      expect(native.good).toBe(code === undefined);
      expect(fault?.code).toBe(code);
      expect(ours.length).toBe(native.content.length);
      expect(Buffer.compare(ours, native.content)).toBe(0);
    },
    60_000,
  );

  it('a cut at every offset gives what xz gives, and the place of the cut', async () => {
    const packed = join(
      pack(small.subarray(0, 600), ['--block-size=250', '--check=crc32']),
      zeros(4),
      pack(small.subarray(0, 40), []),
    );
    for (let length = 0; length < packed.length; length++) {
      const { content: ours, fault } = await unpack(packed.subarray(0, length), () => 7);
      const script = `head -c ${length} | xz -dcq 2>/dev/null`;
      const native = spawnSync('sh', ['-c', `${script}; exit 0`], { input: packed }).stdout;
      expect(Buffer.compare(ours, native), `${length}`).toBe(0);
      if (fault?.code === 'truncated-archive') expect(fault.offset).toBe(length);
    }
  }, 120_000);
});
