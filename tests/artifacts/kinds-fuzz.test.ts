/**
 * Hostile bytes through the sniffer and the reader of every kind: seeded mutants of its own examples, in UTF-8 and UTF-16,
 * in pieces. `PSISCOPE_FUZZ=100000 npx vitest run tests/artifacts/kinds-fuzz.test.ts` takes as many of each kind.
 */
import { expect, it } from 'vitest';
import type { ArtifactKind, KindExample } from '../../src/artifacts/kind';
import { createPool } from '../../src/base/strings';
import { createBuilders } from '../../src/evidence/merge';
import { mutant } from '../build/mutate';
import { bytesOf } from '../build/reading';

interface KindFile {
  readonly default?: ArtifactKind;
  readonly examples?: readonly KindExample[];
}
const long = Number(process.env['PSISCOPE_FUZZ'] ?? 0);
const firstSeed = Number(process.env['PSISCOPE_FUZZ_SEED'] ?? 1);
const mutants = long > 0 ? long : 2000;
const longest = 1500;

const files = Object.values(import.meta.glob<KindFile>('../../src/artifacts/*.ts', { eager: true }));
const readers = files.flatMap(({ default: kind, examples = [] }) =>
  kind ? [[kind.id, kind, examples.flatMap(({ bytes }) => seedsOf(bytes))] as const] : [],
);

function seedsOf(example: Uint8Array | string): Uint8Array[] {
  const plain = bytesOf(example).slice(0, longest);
  if (typeof example !== 'string') return [plain];
  const wide = Uint8Array.from([0xff, 0xfe, ...[...plain].flatMap((byte) => [byte, 0])]);
  return [plain, plain, wide];
}

it.each(readers)(
  '%s',
  (id, kind, seeds) => {
    let tables = createBuilders();
    let strings = createPool();
    let slowest = 0;
    for (let seed = firstSeed; seed < firstSeed + mutants; seed++) {
      const bytes = mutant(seeds[seed % seeds.length]!, seeds[(seed + 1) % seeds.length]!, seed);
      // used again: making them costs more than what is read into them
      if (seed % 200 === 0) [tables, strings] = [createBuilders(), createPool()];
      const start = long > 0 ? process.cpuUsage() : undefined;
      try {
        kind.sniff(bytes, 'unknown');
        const reader = kind.open({
          tables,
          strings,
          artifact: 0,
          path: 'unknown',
          wants: { headers: ['warning'], patterns: [{ id: 'line', regex: /token (?<detail>\w+)/ }] },
          problem: (_, offset) => expect(offset).toBeLessThanOrEqual(bytes.length),
          fact: () => undefined,
        });
        const step = seed % 2 === 0 ? bytes.length : 1 + (seed % 701);
        for (let at = 0; at < bytes.length; at += step) reader.push(bytes.slice(at, at + step));
        reader.end();
      } catch (error) {
        throw new Error(`seed ${seed}`, { cause: error });
      }
      if (start) slowest = Math.max(slowest, process.cpuUsage(start).user / 1000);
    }
    if (long > 0) console.log(`${id}: ${mutants} mutants from seed ${firstSeed}, slowest ${slowest.toFixed(1)} ms`);
    expect(slowest).toBeLessThan(2000);
  },
  long > 0 ? 24 * 3600_000 : 300_000,
);
