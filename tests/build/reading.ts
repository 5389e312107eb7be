/** Reads bytes with one kind, in chunks of any size, and shows what went into the tables. */
import { createBytePool } from '../../src/base/byte-pool';
import type { Pool } from '../../src/base/strings';
import type { ArtifactKind, Reading } from '../../src/artifacts/kind';
import type { Problem, SeenFact, Wants } from '../../src/evidence/evidence';
import { appendRows } from '../../src/evidence/append';
import { createBuilders, sealTables } from '../../src/evidence/merge';
import { schemas, type TableName, type Tables } from '../../src/evidence/schema';

import { openShare } from '../../src/intake/share';

export interface Read {
  readonly tables: Tables;
  readonly strings: Pool;
  readonly problems: readonly Problem[];
  readonly facts: readonly SeenFact[];
  readonly reading: Reading;
  /** Rows of a table with string ids replaced by their text. */
  rows<Name extends TableName>(name: Name): Record<string, number | string>[];
}
export interface ReadOptions {
  readonly path?: string;
  readonly wants?: Wants;
  readonly mapping?: ReadonlyMap<string, string>;
  /** As two workers read it: a share each. */
  readonly shared?: boolean;
  /** Bytes per chunk; one number repeats. Default: all at once. */
  readonly chunks?: readonly number[];
}

const encoder = new TextEncoder();
export const bytesOf = (content: Uint8Array | string): Uint8Array =>
  typeof content === 'string' ? encoder.encode(content) : content;

export function readAs(kind: ArtifactKind, content: Uint8Array | string, options: ReadOptions = {}): Read {
  const bytes = bytesOf(content);
  const builders = createBuilders();
  const strings = createBytePool();
  const problems: Problem[] = [];
  const facts: SeenFact[] = [];
  const path = options.path ?? 'unknown';
  const wants = options.wants ?? { headers: [], patterns: [] };
  const other = options.shared ? openShare({ kind: kind.id, path, wants }) : undefined;
  const reader = kind.open({
    tables: builders,
    strings,
    artifact: 0,
    path,
    wants,
    ...(other ? { share: 'leading' } : {}),
    ...(options.mapping ? { mapping: options.mapping } : {}),
    problem: (code, offset, detail = '') => problems.push({ artifact: 0, code, offset, detail }),
    fact: (key, value, offset, length) => facts.push({ artifact: 0, key, value, offset, length }),
  });
  const sizes = options.chunks ?? [Math.max(1, bytes.length)];
  for (let at = 0, n = 0; at < bytes.length; n++) {
    const size = Math.max(1, sizes[n % sizes.length]!);
    // a copy that is overwritten afterwards: a chunk is only lent
    const chunk = bytes.slice(at, at + size);
    reader.push(chunk);
    other?.push(chunk);
    chunk.fill(0xaa);
    at += size;
  }
  const result = other?.end().result;
  if (result) appendRows(builders, strings, result.rows, 0);
  const reading = reader.end(result?.told);
  const tables = sealTables(builders);
  return {
    tables,
    strings,
    problems,
    facts,
    reading,
    rows(name) {
      const table = tables[name] as unknown as Record<string, ArrayLike<number>> & { length: number };
      return Array.from({ length: table.length }, (_, row) =>
        Object.fromEntries(
          Object.entries(schemas[name]).map(([column, type]) => {
            const value = table[column]![row]!;
            return [column, type === 'string' ? strings.text(value) : value];
          }),
        ),
      );
    },
  };
}
