import { describe, expect, it } from 'vitest';
import { crc32 } from '../../src/base/crc32';
import { createXz } from '../../src/xz/decoder';
import { joined } from '../build/tar';
import { xz } from '../build/xz';
import { unpack } from './native';

const text = 'one line of a log\n'.repeat(30_000);
const asText = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** Changes bytes of a header and makes its checksum right again: stream flags at 6, the first block header at 12. */
function edited(bytes: Uint8Array, at: number, values: readonly number[]): Uint8Array {
  const copy = bytes.slice();
  copy.set(values, at);
  const view = new DataView(copy.buffer);
  view.setUint32(8, crc32(copy.subarray(6, 8)), true);
  view.setUint32(20, crc32(copy.subarray(12, 20)), true);
  return copy;
}

describe('xz', () => {
  it('hands content to a sink, in as many decoders at once as are wanted', async () => {
    const packed = xz(text, { blockSize: 70_000 });
    const got = Array.from({ length: 6 }, () => '');
    const decoders = await Promise.all(
      got.map((_, n) => createXz((chunk) => void (got[n] += new TextDecoder().decode(chunk)))),
    );
    for (let at = 0; at < packed.length; at += 9999)
      for (const { push } of decoders) push(packed.subarray(at, at + 9999));
    expect(decoders.map(({ end }) => end())).toEqual(got.map(() => undefined));
    expect(got.every((one) => one === text)).toBe(true);
  });

  it('gives the same for any way to cut the input', async () => {
    const packed = joined(xz(text.slice(0, 900), { blockSize: 400 }), new Uint8Array(4), xz('', { check: 'none' }));
    for (const size of [1, 2, 3, 7, 64, 5000]) {
      const { content, fault } = await unpack(packed, () => size);
      expect([asText(content), fault]).toEqual([text.slice(0, 900), undefined]);
    }
  });

  it('keeps what comes before a fault and tells its offset', async () => {
    const whole = xz(text, { blockSize: 100_000, check: 'crc32' });
    const cut = await unpack(whole.subarray(0, 250_001));
    expect(cut.fault).toEqual({ code: 'truncated-archive', offset: 250_001, detail: 'xz' });
    expect(asText(cut.content)).toBe(text.slice(0, cut.content.length));
    // three headers of 12 bytes, LZMA2 controls, padding, checks
    expect(cut.content.length).toBe(250_001 - 12 - 3 * 12 - 2 * 12 - 3);

    const turned = whole.slice();
    turned[150_000]! ^= 1;
    const second = 12 + 12 + 100_000 + 7 + 1 + 4;
    const { content, fault } = await unpack(turned);
    expect(content.length).toBe(200_000);
    expect(fault).toEqual({ code: 'corrupt-archive', offset: second + 12 + 100_000 + 7 + 1, detail: 'xz, check' });
  });

  it('names what it does not read', async () => {
    const bytes = xz('text', { check: 'none' });
    const faultOf = async (packed: Uint8Array) => (await unpack(packed)).fault;
    // a dictionary of 2 GiB, filter 22, an LZMA2 property beyond the last, a flag of later versions
    expect(await faultOf(edited(bytes, 16, [38]))).toEqual({
      code: 'unsupported-archive',
      offset: 12,
      detail: 'xz, dictionary larger than 1.5 GiB',
    });
    expect(await faultOf(edited(bytes, 14, [0x22]))).toMatchObject({ offset: 14, detail: 'xz, filter 22' });
    expect(await faultOf(edited(bytes, 16, [41]))).toMatchObject({ code: 'unsupported-archive' });
    expect(await faultOf(edited(bytes, 13, [0x10]))).toMatchObject({ code: 'unsupported-archive', offset: 12 });
    expect(await faultOf(edited(bytes, 6, [1, 0]))).toMatchObject({ code: 'unsupported-archive', offset: 6 });
    // one of 1.5 GiB takes memory only as content comes
    expect(await unpack(edited(bytes, 16, [37]))).toMatchObject({ fault: undefined, content: Buffer.from('text') });
  });
});
