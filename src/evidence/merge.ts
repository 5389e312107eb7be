import { createPool, mergePool, type Pool } from '../base/strings';
import { blankTable, builder, concat, transferables, type Builder, type Schema, type Table } from './table';
import { references, schemas, type TableName, type Tables } from './schema';
import type { Evidence, Harvest } from './evidence';

export type Builders = { readonly [Name in TableName]: Builder<(typeof schemas)[Name]> };
const names = Object.keys(schemas) as TableName[];

export function createBuilders(): Builders {
  return Object.fromEntries(names.map((name) => [name, builder(schemas[name])])) as unknown as Builders;
}

export function sealTables(builders: Builders): Tables {
  return Object.fromEntries(names.map((name) => [name, builders[name].seal()])) as unknown as Tables;
}

export function harvestTransferables(harvest: Harvest): ArrayBuffer[] {
  return [
    ...names.flatMap((name) => transferables(harvest.tables[name] as unknown as Table<Schema>, schemas[name])),
    harvest.strings.bytes.buffer as ArrayBuffer,
    harvest.strings.ends.buffer as ArrayBuffer,
  ];
}

/**
 * Joins harvests into evidence. They are put in the order of name and digest first, so the same files give the same
 * evidence whatever the order in which they came. `pool` may be kept between calls: it only grows.
 */
export function merge(harvests: readonly Harvest[], pool: Pool = createPool()): Evidence {
  const sorted = [...harvests].sort(
    (a, b) => compare(a.source.name, b.source.name) || compare(a.source.sha256, b.source.sha256),
  );
  const strings = sorted.map((harvest) => mergePool(pool, harvest.strings));
  const artifactStart: number[] = [];
  let artifactCount = 0;
  for (const harvest of sorted) {
    artifactStart.push(artifactCount);
    artifactCount += harvest.artifacts.length;
  }
  const tables: Record<string, unknown> = {};
  for (const name of names) {
    const schema: Schema = schemas[name];
    const shifts = sorted.map((_, n) => {
      const shift: Record<string, number> = {};
      if ('artifact' in schema) shift['artifact'] = artifactStart[n]!;
      for (const [column, target] of Object.entries(references[name] ?? {})) {
        shift[column] = sorted.slice(0, n).reduce((sum, harvest) => sum + (harvest.tables[target]?.length ?? 0), 0);
      }
      return shift;
    });
    // a session stored before the table existed has none
    const parts = sorted.map((harvest) => (harvest.tables[name] ?? blankTable(schema, 0)) as unknown as Table<Schema>);
    tables[name] = concat(schema, parts, strings, shifts);
  }
  const sourceOf = new Uint32Array(artifactCount);
  sorted.forEach((harvest, n) => sourceOf.fill(n, artifactStart[n]!, artifactStart[n]! + harvest.artifacts.length));
  const place = <T extends { readonly artifact: number }>(rows: readonly T[], n: number): T[] =>
    rows.map((row) => ({ ...row, artifact: row.artifact + artifactStart[n]! }));
  return {
    ...(tables as unknown as Tables),
    sources: sorted.map((harvest) => harvest.source),
    artifacts: sorted.flatMap((harvest, n) =>
      harvest.artifacts.map((artifact) =>
        artifact.parent < 0 ? artifact : { ...artifact, parent: artifact.parent + artifactStart[n]! },
      ),
    ),
    sourceOf,
    strings: pool,
    problems: sorted.flatMap((harvest, n) => place(harvest.problems, n)),
    facts: sorted.flatMap((harvest, n) => place(harvest.facts, n)),
  };
}

/** Plain code-unit order: the same on every machine, unlike a collator. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
