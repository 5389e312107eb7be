import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { openLzma } from '../../src/xz/decoder';
import { lzma } from '../build/lzma';
import { joined } from '../build/tar';
import { describeWithXz, pack, random, unpack as unpackBy } from './native';

const text = 'one line of a log, and another\n'.repeat(300);

const unpack = (bytes: Uint8Array, step?: number) => unpackBy(bytes, step ? () => step : undefined, openLzma);
const asText = async (bytes: Uint8Array, step?: number) => {
  const { content, fault } = await unpack(bytes, step);
  return [new TextDecoder().decode(content), fault && `${fault.code} ${fault.offset}`];
};

describe('LZMA alone', () => {
  it.each([
    ['with a marker', lzma(text)],
    ['of a stated size', lzma(text, { size: text.length })],
    ['of a stated size with a marker', lzma(text, { size: text.length, marker: true })],
  ])('is read %s, in parts of any size', async (_, bytes) => {
    for (const step of [1, 70, 65_536]) expect(await asText(bytes, step)).toEqual([text, undefined]);
  });

  it('may be empty', async () => {
    expect(await asText(lzma(''))).toEqual(['', undefined]);
    expect(await asText(lzma('', { size: 0 }))).toEqual(['', undefined]);
    expect(await asText(lzma('', { size: 0, marker: true }))).toEqual(['', undefined]);
  });

  it('gives what comes before a fault, and where that is', async () => {
    const whole = lzma(text);
    const cut = whole.subarray(0, 2000);
    const [content, fault] = await asText(cut);
    expect(text.startsWith(content!) && content!.length > 1000).toBe(true);
    expect(fault).toBe('truncated-archive 2000');
    expect(await asText(joined(whole, 'more'))).toEqual([text, `trailing-bytes ${whole.length}`]);
    expect(await asText(lzma(text, { size: 100, marker: false }))).toEqual([
      text.slice(0, 100),
      expect.stringMatching(/^corrupt/),
    ]);
    expect(await asText(lzma(text, { size: text.length + 1, marker: true }))).toEqual([
      text,
      expect.stringMatching(/^corrupt/),
    ]);
    expect((await asText(lzma(text, { size: text.length + 1, marker: false })))[1]).toMatch(/^(truncated|corrupt)/);
  });

  it('refuses a header that it cannot serve', async () => {
    const with0 = (at: number, byte: number) => lzma(text).map((old, n) => (n === at ? byte : old));
    expect((await asText(with0(0, 225)))[1]).toBe('unsupported-archive 0');
    expect((await asText(with0(4, 0xff)))[1]).toBe('unsupported-archive 1');
    expect((await asText(with0(13, 1)))[1]).toBe('corrupt-archive 13');
    expect((await asText(lzma(text).subarray(0, 9)))[1]).toBe('truncated-archive 9');
  });
});

describeWithXz('LZMA alone beside native xz', () => {
  const next = random(20261122);
  const below = (n: number): number => Math.floor(next() * n);
  const content = Uint8Array.from({ length: 1_200_000 }, (_, n) => (below(20) === 0 ? below(256) : (n >> 3) & 0x3f));

  it.each([
    ['--lzma1=dict=4KiB'],
    ['--lzma1=dict=64KiB,lc=0,lp=2,pb=0'],
    ['--lzma1=preset=1,lc=4,pb=4'],
    ['--lzma1=preset=4,dict=256KiB'],
  ])('%s', async (options) => {
    const packed = pack(content, ['--format=lzma', options]);
    const { content: own, fault } = await unpack(packed, 1 + below(100_000));
    expect(fault).toBeUndefined();
    expect(Buffer.compare(own, content)).toBe(0);
  });

  it('agrees on mutants', async () => {
    const packed = pack(content.subarray(0, 4000), ['--format=lzma', '--lzma1=dict=4KiB']);
    for (let n = 0; n < 150; n++) {
      const bytes = packed.slice();
      bytes[below(bytes.length)]! ^= 1 << below(8);
      const cut = below(4) === 0 ? bytes.subarray(0, below(bytes.length)) : bytes;
      const native = spawnSync('xz', ['-dc', '--quiet', '--format=lzma', '-M', '1GiB'], { input: cut });
      const { content: own, fault } = await unpack(cut);
      expect([n, fault === undefined]).toEqual([n, native.status === 0]);
      if (native.status === 0) expect(Buffer.compare(own, native.stdout)).toBe(0);
    }
  });
});
