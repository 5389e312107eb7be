import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import { crc32 } from '../../src/base/crc32';
import { createInflater, type Inflater } from '../../src/intake/inflate';
import { describe, expect, it } from 'vitest';
import { mutant, randomOf } from '../build/mutate';

const long = Number(process.env['PSISCOPE_FUZZ'] ?? 0);
/** Text that repeats itself near and far, and bytes that hardly do. */
function drawn(kind: number, size: number): Uint8Array {
  const random = randomOf(kind * 31 + size);
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size;) {
    const back = 1 + random([2, 300, 40_000][kind % 3]!);
    const copied = random(3) > 0 && back <= at ? 3 + random(kind > 2 ? 2000 : 40) : 0;
    const end = Math.min(size, at + Math.max(1, copied));
    for (; at < end; at++) bytes[at] = copied > 0 ? bytes[at - back]! : random(kind === 5 ? 4 : 256);
  }
  return bytes;
}

/** Output, what is left, and how it ended. */
function read(inflater: Inflater, bytes: Uint8Array, step: number) {
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (; at < bytes.length && !inflater.done && inflater.fault === undefined; at += step) {
    for (const piece of inflater.push(bytes.subarray(at, at + step))) pieces.push(piece.slice());
  }
  const end = inflater.done ? 'done' : inflater.fault === undefined ? 'hungry' : 'fault';
  const rest = Math.min(at, bytes.length) - inflater.left;
  return { end, bytes: Buffer.concat(pieces), consumed: rest, crc: inflater.crc, size: inflater.size };
}

describe('inflate', () => {
  it('gives what was deflated, by any level, strategy and step', () => {
    const { Z_DEFAULT_STRATEGY, Z_HUFFMAN_ONLY, Z_FIXED, Z_RLE } = constants;
    for (const kind of [0, 1, 4, 5]) {
      for (const size of [0, 1, 700, 100_000]) {
        const original = drawn(kind, size);
        for (const [level, strategy] of [
          [0, Z_DEFAULT_STRATEGY],
          [1, Z_DEFAULT_STRATEGY],
          [9, Z_DEFAULT_STRATEGY],
          [6, Z_HUFFMAN_ONLY],
          [6, Z_FIXED],
          [6, Z_RLE],
        ] as const) {
          const packed = deflateRawSync(original, { level, strategy });
          const bytes = Buffer.concat([packed, Buffer.from('behind')]);
          const result = read(createInflater(), bytes, size < 1000 ? 1 : 7919 * (1 + kind));
          expect(result.end).toBe('done');
          expect(result.bytes.equals(original)).toBe(true);
          expect(result.consumed).toBe(packed.length);
          expect(result).toMatchObject({ crc: crc32(original), size });
        }
      }
    }
  });

  it('gives a prefix where the stream is cut, as far as it goes', () => {
    const original = drawn(1, 600);
    const packed = deflateRawSync(original);
    let longest = 0;
    for (let end = 0; end < packed.length; end++) {
      const result = read(createInflater(), packed.subarray(0, end), 1000);
      expect(result.end).toBe('hungry');
      expect(original.subarray(0, result.size)).toEqual(new Uint8Array(result.bytes));
      expect(result.size).toBeGreaterThanOrEqual(longest);
      longest = result.size;
    }
    expect(longest).toBeGreaterThan(550);
  });
});

const mutants = long > 0 ? long : 300;
it(
  `agrees with zlib about ${mutants} damaged streams`,
  () => {
    const seeds = [0, 1, 2, 5].flatMap((kind) =>
      [1, 9].flatMap((level) => [
        deflateRawSync(drawn(kind, 400 + 700 * kind), { level }),
        deflateRawSync(drawn(kind, 500), { level, strategy: constants.Z_FIXED }),
      ]),
    );
    const ends = { done: 0, hungry: 0, fault: 0 };
    for (let seed = 1; seed <= mutants; seed++) {
      const bytes = mutant(seeds[seed % seeds.length]!, seeds[(seed + 1) % seeds.length]!, seed);
      const ours = read(createInflater(), bytes, 1 + (seed % 900));
      let theirs: Buffer | undefined;
      try {
        theirs = inflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
      } catch {
        // it tells a fault, and nothing else
      }
      ends[ours.end as keyof typeof ends]++;
      // fflate lets some streams pass that zlib refuses: what they hold is told by their CRC-32
      if (!theirs) continue;
      expect(ours.end, `seed ${seed}`).not.toBe('fault');
      expect(ours.bytes.equals(theirs.subarray(0, ours.size)), `seed ${seed}`).toBe(true);
      if (ours.end === 'done') expect(ours.size, `seed ${seed}`).toBe(theirs.length);
    }
    if (long > 0) console.log(`inflate: ${mutants} mutants, ${JSON.stringify(ends)}`);
    expect(Math.min(...Object.values(ends))).toBeGreaterThan(mutants / 100);
  },
  long > 0 ? 24 * 3600_000 : 60_000,
);
