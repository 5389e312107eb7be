import { expect, it } from 'vitest';
import { gzip } from '../build/gzip';
import { tar } from '../build/tar';
import { xz } from '../build/xz';
import { zip } from '../build/zip';
import { codes, drop } from './drop';

/** Seeded, so that a failure can be made again (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Bytes turned, a part cut out, doubled or filled: about what a bad disk or a hostile hand does. */
function mutant(bytes: Uint8Array, next: () => number): Uint8Array {
  const at = Math.floor(next() * bytes.length);
  const end = Math.min(bytes.length, at + 1 + Math.floor(next() * 64));
  const copy = bytes.slice();
  switch (Math.floor(next() * 4)) {
    case 0:
      for (let n = 0; n < 1 + bytes.length * 0.02; n++)
        copy[Math.floor(next() * bytes.length)] = Math.floor(next() * 256);
      return copy;
    case 1:
      return new Uint8Array([...bytes.subarray(0, at), ...bytes.subarray(end)]);
    case 2:
      return new Uint8Array([...bytes.subarray(0, end), ...bytes.subarray(at)]);
    default:
      return copy.fill(next() < 0.5 ? 0 : 255, at, end);
  }
}

const text = 'one line of a log, and another\n'.repeat(30);
const members = [
  { name: 'a.log', bytes: text },
  { name: 'b.log', bytes: text },
];
const seeds: readonly (readonly [string, Uint8Array])[] = [
  ['xz', xz(text, { blockSize: 300 })],
  ['gz', gzip(text)],
  ['tar', tar([...members, { name: 'c', pax: { path: 'long/name', size: '3' }, bytes: 'abc' }])],
  ['zip', zip([...members, { name: 'c', bytes: text, descriptor: true }])],
  ['tar.xz', xz(tar(members), { blockSize: 700 })],
];
const count = Number(process.env['MUTANTS'] ?? 150);

it.each(seeds)(
  `%s: ${count} mutants end, and none breaks a reader`,
  async (ending, bytes) => {
    const next = random(ending.length * 7919);
    for (let n = 0; n < count; n++) {
      const result = await drop(mutant(bytes, next), `x.${ending}`);
      expect(codes(result), `mutant ${n}`).not.toContain('reader-failed');
      for (const size of result.packed?.bytes ?? []) expect(size).toBeLessThan(2 ** 26);
    }
  },
  120_000,
);
