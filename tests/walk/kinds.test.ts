import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { kinds } from '../../src/artifacts/index';
import type { ArtifactKind, KindExample } from '../../src/artifacts/kind';
import { schemas, type TableName } from '../../src/evidence/schema';
import text from '../../src/artifacts/timestamped-text';
import { bytesOf, readAs, type Read } from '../build/reading';
import { describeWithCorpus } from '../build/corpus';

interface KindFile {
  readonly default?: ArtifactKind;
  readonly examples?: readonly KindExample[];
}
const files = Object.entries(import.meta.glob<KindFile>('../../src/artifacts/*.ts', { eager: true })).flatMap(
  ([path, file]) =>
    file.default ? [{ name: path.replace(/^.*\/|\.ts$/g, ''), kind: file.default, examples: file.examples }] : [],
);
const headBytes = 65_536;
const wants = {
  headers: ['user-agent', 'warning'],
  patterns: [
    { id: 'token', regex: /token (?<detail>\w+)/ },
    { id: 'line', regex: /^\S+/m },
  ],
};

/** All that a reading gave, comparable. */
const all = ({ rows, problems, facts, reading }: Read): unknown => ({
  rows: Object.fromEntries((Object.keys(schemas) as TableName[]).map((name) => [name, rows(name)])),
  problems,
  facts,
  reading,
});

describe('kinds', () => {
  it('are all found by their folder', () => {
    expect(files.length).toBeGreaterThan(4);
    expect(new Set(kinds.map(({ id }) => id))).toEqual(new Set(files.map(({ name }) => name)));
  });

  describe.each(files)('$name', ({ name, kind, examples }) => {
    it('is named as its file, in English and French', () => {
      expect(kind.id).toBe(name);
      expect(kind.name.en).not.toBe('');
      expect(kind.name.fr).not.toBe('');
      expect(examples?.length).toBeGreaterThan(0);
    });

    // an example of a capture may be its header alone
    it.runIf(examples?.some(({ bytes }) => typeof bytes === 'string'))('gives records of its examples', () => {
      for (const { bytes } of examples ?? []) {
        expect(readAs(kind, bytesOf(bytes), { wants }).reading.records).toBeGreaterThan(0);
      }
    });

    describe.each(examples ?? [])('$name', (example) => {
      const bytes = bytesOf(example.bytes);

      it.each([example.name, 'unknown'])('is claimed by its own kind alone, as %s', (path) => {
        const certainties = kinds.map(({ id, sniff }) => ({ id, ...sniff(bytes.subarray(0, headBytes), path) }));
        const own = certainties.find(({ id }) => id === kind.id)!;
        expect(own.certainty).toBeGreaterThan(0);
        expect(own.reason.en).not.toBe('');
        expect(own.reason.fr).not.toBe('');
        expect(certainties.filter(({ id, certainty }) => id !== kind.id && certainty >= own.certainty)).toEqual([]);
      });

      it('gives the same for every way of chunking', () => {
        const whole = all(readAs(kind, bytes, { wants }));
        fc.assert(
          fc.property(fc.array(fc.integer({ min: 1, max: 64 }), { minLength: 1, maxLength: 5 }), (chunks) => {
            expect(all(readAs(kind, bytes, { wants, chunks }))).toEqual(whole);
          }),
          { numRuns: 25 },
        );
      });

      it('is read as far as it goes where it is cut, and never throws', () => {
        for (let end = 0; end < bytes.length; end++) {
          const cut = bytes.subarray(0, end);
          kind.sniff(cut.subarray(0, headBytes), 'unknown');
          expect(readAs(kind, cut, { wants }).reading.records).toBeGreaterThanOrEqual(0);
        }
      });

      it('never throws where bytes are changed', () => {
        fc.assert(
          fc.property(fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 20 }), (changes) => {
            const changed = bytes.slice();
            for (const [at, value] of changes) changed[at] = value;
            for (const { sniff } of kinds) sniff(changed.subarray(0, headBytes), 'unknown');
            readAs(kind, changed, { wants });
          }),
          { numRuns: 50 },
        );
      });
    });
  });
});

describeWithCorpus('logs', (folder) => {
  const names = readdirSync(folder);

  it('are read without a throw by every kind that takes text, and give their lines', () => {
    for (const name of names) {
      const bytes = new Uint8Array(readFileSync(`${folder}/${name}`));
      for (const { open, id } of kinds) if (id !== 'packet-capture') readAs({ open } as ArtifactKind, bytes, { wants });
      const { reading, tables } = readAs(text, bytes, { wants });
      expect(reading.records, name).toBeGreaterThan(0);
      const sizes = [...tables.lines.size].reduce((sum, size) => sum + size, 0);
      expect(sizes, name).toBeLessThanOrEqual(bytes.length);
    }
  });

  it('have times wherever their lines do', () => {
    const untimed = names.filter((name) => {
      const bytes = new Uint8Array(readFileSync(`${folder}/${name}`));
      return readAs(text, bytes).reading.clock === 'none';
    });
    // times of day without a date, CSTA messages without any, an OTLP batch, a status dump
    expect(untimed.filter((name) => !/^pyssimist|strace_log\.[02]|tcf|otel|^sos__/.test(name))).toEqual([]);
  });

  it('are taken for no report, event list or daemon log', () => {
    const wrong = names.flatMap((name) => {
      const bytes = new Uint8Array(readFileSync(`${folder}/${name}`)).subarray(0, headBytes);
      return kinds.flatMap(({ id, sniff }) =>
        [
          'comparison-report',
          'event-history',
          'cloudlink-daemon-log',
          'ntp-status',
          'registrar-listing',
          'sbc-subscribers',
          'push-log',
        ].includes(id) && sniff(bytes, name).certainty > 0
          ? [`${name}: ${id}`]
          : [],
      );
    });
    expect(wrong).toEqual([]);
  });
});
