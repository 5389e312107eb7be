/** The engine as JavaScript, for machines without WebAssembly: the same bytes, the same judgement. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openLzma } from '../../src/xz/decoder';
import { content, describeWithXz, pack, random, unpack } from './native';

describeWithXz('without WebAssembly', () => {
  beforeAll(() => void vi.stubGlobal('WebAssembly', undefined));
  afterAll(() => void vi.unstubAllGlobals());

  // past the memory that it begins with, and past a lap of the window
  const bytes = content(2_300_000, random(11));
  it.each([
    ['-1', '--check=crc64'],
    ['-0', '--check=crc32', '--block-size=400000'],
    ['--check=sha256', '--lzma2=preset=0,dict=64KiB,lc=1,lp=3,pb=0'],
    ['--check=none', '--x86', '--delta=dist=4', '--lzma2=preset=1'],
  ])('%s %s %s %s', async (...options) => {
    const packed = pack(bytes, options.filter(Boolean));
    const whole = await unpack(packed, () => 50_000);
    expect(whole.fault).toBe(undefined);
    expect(Buffer.compare(whole.content, bytes)).toBe(0);
    const cut = await unpack(packed.subarray(0, packed.length >> 1));
    expect(cut.fault?.code).toBe('truncated-archive');
    expect(Buffer.compare(cut.content, bytes.subarray(0, cut.content.length))).toBe(0);
  });

  it('LZMA alone', async () => {
    const packed = pack(bytes, ['--format=lzma', '--lzma1=preset=0,dict=64KiB']);
    const { content: own, fault } = await unpack(packed, undefined, openLzma);
    expect(fault).toBe(undefined);
    expect(Buffer.compare(own, bytes)).toBe(0);
  });

  it('tells a turned bit', async () => {
    for (const check of ['crc32', 'crc64']) {
      const packed = pack(bytes.subarray(0, 100_000), ['-1', `--check=${check}`]).slice();
      packed[packed.length - 30 - 10]! ^= 1;
      expect((await unpack(packed)).fault?.code, check).toBe('corrupt-archive');
    }
  });
});

// a policy of scripts without «wasm-unsafe-eval»
it('where WebAssembly is there but may not compile', async () => {
  vi.resetModules();
  vi.stubGlobal('WebAssembly', { compile: () => Promise.reject(new Error('violates the Content Security Policy')) });
  const { takeEngine } = await import('../../src/xz/engine');
  const engine = await takeEngine();
  vi.unstubAllGlobals();
  expect(engine.bytes.length).toBeGreaterThan(0);
});
