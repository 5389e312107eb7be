import { describe, expect, it } from 'vitest';
import { crc32 as zlibCrc } from 'node:zlib';
import fc from 'fast-check';
import { createPool } from '../../src/base/strings';
import { formatAddress, parseAddress } from '../../src/decode/address';
import { crc32 } from '../../src/base/crc32';
import { createInterner } from '../../src/decode/intern';
import { createKeys } from '../../src/decode/keys';
import { createTicks } from '../../src/decode/ticks';

describe('addresses', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['255.255.255.255', '255.255.255.255'],
    ['::1', '::1'],
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['fe80:0:0:1::', 'fe80:0:0:1::'],
    ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
    ['::', '::'],
  ])('%s', (written, shown) => {
    const words = new Uint32Array(4);
    expect(parseAddress(written, words)).toBe(true);
    expect(formatAddress(words)).toBe(shown);
  });

  it.each(['pbx.example.com', '1.2.3', '1.2.3.256', '1:2', ':::', '1::2::3', '', '1:2:3:4:5:6:7:8:9', '12345::'])(
    '%j is none',
    (text) => expect(parseAddress(text, new Uint32Array(4))).toBe(false),
  );
});

it('CRC-32 of any bytes and cut', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.nat(64), (bytes, cut) => {
      const whole = crc32(bytes);
      const at = Math.min(cut, bytes.length);
      expect(crc32(bytes, crc32(bytes, 0, 0, at), at)).toBe(whole);
      if (typeof zlibCrc === 'function') expect(whole).toBe(zlibCrc(bytes));
    }),
  );
});

it('interning gives equal text one id, ASCII or not, folded or not', () => {
  const pool = createPool();
  const { id } = createInterner(pool);
  const of = (text: string | Uint8Array): number => {
    const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
    return id(bytes, 0, bytes.length);
  };
  expect(of('')).toBe(0);
  for (let n = 0; n < 5000; n++) expect(pool.text(of(`text ${String(n)}`))).toBe(`text ${String(n)}`);
  expect(pool.size).toBe(5001);
  expect(of('text 17')).toBe(pool.find('text 17'));
  expect(pool.text(of('Zoé'))).toBe('Zoé');
  expect(pool.text(of(Uint8Array.of(0x5a, 0x6f, 0xe9)))).toBe('Zoé');
  expect(pool.text(of('a\r\n  b'))).toBe('a b');
  expect(pool.text(of('x'.repeat(100_000)))).toHaveLength(8192);
});

it('compound keys give dense indices', () => {
  const keys = createKeys(3, 1000);
  const at = (n: number): Uint32Array => Uint32Array.of(n, n * 7, 2 ** 32 - 1 - n);
  for (let n = 0; n < 1000; n++) {
    keys.key.set(at(n));
    expect(keys.find()).toBe(-1);
    expect(keys.add()).toBe(n);
  }
  keys.key.set(at(1000));
  expect(keys.add()).toBe(-1);
  keys.key.set(at(500));
  expect(keys.find()).toBe(500);
  expect(keys.words(500)).toEqual(at(500));
});

it('time stamps of any resolution', () => {
  const micros = 1_750_000_000_123_456n;
  const check = (resolution: number, ticks: bigint, offset = 0): number =>
    createTicks(resolution, offset)(Number(ticks >> 32n), Number(ticks & 0xffffffffn));
  const expected = Number(micros);
  expect(check(6, micros)).toBe(expected);
  expect(check(9, micros * 1000n + 999n)).toBe(expected);
  expect(check(3, micros / 1000n)).toBe(Math.floor(expected / 1000) * 1000);
  expect(check(0, micros / 1_000_000n, -3600)).toBe((1_750_000_000 - 3600) * 1e6);
  expect(check(0x80 | 20, (micros * 2n ** 20n) / 1_000_000n)).toBeCloseTo(expected, -1);
  expect(Number.isNaN(check(127, micros))).toBe(false);
});
