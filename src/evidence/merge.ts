import { createPool, mergePool, sealPool, type Pool, type StringTable } from '../base/strings';
import {
  blankTable,
  blockBuilder,
  builder,
  concat,
  letGo,
  transferables,
  type Builder,
  type Schema,
  type Table,
} from './table';
import { references, schemas, type TableName, type Tables } from './schema';
import type { Evidence, Harvest } from './evidence';

export type Builders = { readonly [Name in TableName]: Builder<(typeof schemas)[Name]> };
const names = Object.keys(schemas) as TableName[];

export function createBuilders(): Builders {
  return Object.fromEntries(
    names.map((name) => [name, name === 'lines' ? blockBuilder(schemas[name]) : builder(schemas[name])]),
  ) as unknown as Builders;
}

export function sealTables(builders: Builders): Tables {
  return Object.fromEntries(names.map((name) => [name, builders[name].seal()])) as unknown as Tables;
}

/** For sending and storing: tables without a row are left out, a folder of small files would be mostly those. */
export const withoutEmptyTables = <H extends Pick<Harvest, 'tables'>>(harvest: H): H => ({
  ...harvest,
  tables: Object.fromEntries(
    Object.entries(harvest.tables).filter(([, { length }]) => length > 0),
  ) as unknown as Tables,
});

export function harvestTransferables({ tables, strings }: Harvest): ArrayBuffer[] {
  return [
    ...names.flatMap((name) =>
      (tables[name] as Tables[TableName] | undefined)
        ? transferables(tables[name] as unknown as Table<Schema>, schemas[name])
        : [],
    ),
    strings.bytes.buffer as ArrayBuffer,
    strings.ends.buffer as ArrayBuffer,
  ];
}

const empty = Object.fromEntries(names.map((name) => [name, blankTable(schemas[name], 0)])) as unknown as Tables;

/**
 * A harvest as part of the evidence. Once it was joined, its columns are windows on those of the evidence, so no row is
 * held twice; `base` says by how much their references moved.
 */
export interface Holding extends Omit<Harvest, 'tables' | 'strings'> {
  tables: Tables;
  /** Undefined where the ids are those of the common pool. */
  strings: StringTable | undefined;
  base: Base;
}
/** First row of each table, and the first artifact. */
type Base = Readonly<Partial<Record<TableName | 'artifact', number>>>;

export function hold(harvest: Harvest): Holding {
  // a harvest has no table that was left out, or that did not exist when it was read
  const tables = Object.fromEntries(
    names.map((name) => [name, harvest.tables[name]?.length > 0 ? { ...harvest.tables[name] } : empty[name]]),
  );
  return { ...harvest, tables: tables as unknown as Tables, base: {} };
}

/**
 * Joins harvests into evidence. They are put in the order of name and digest first, so the same files give the same
 * evidence whatever the order in which they came.
 */
export const merge = (harvests: readonly Harvest[]): Evidence => mergeHeld(harvests.map(hold), createPool());

/** Holdings as evidence has them. */
export const inOrder = (holdings: readonly Holding[]): Holding[] =>
  [...holdings].sort(
    (a, b) =>
      // first looks come last: they go again, and what findings point at stays in its place
      Number(a.source.firstLook ?? false) - Number(b.source.firstLook ?? false) ||
      compare(a.source.name, b.source.name) ||
      compare(a.source.sha256, b.source.sha256),
  );

/**
 * The same for what is held: `pool` is that of all calls before, it only grows. With `owned` the columns of holdings
 * that come for the first time are given back to the browser as they are joined. Throws before it changes anything.
 * `seams` has further rows that name artifacts by their place in the evidence.
 */
export function mergeHeld(holdings: readonly Holding[], pool: Pool, owned = false, seams?: Holding): Evidence {
  const own = inOrder(holdings);
  const sorted = seams ? [...own, seams] : own;
  const strings = sorted.map(({ strings }) =>
    !strings || pool.adopt?.(strings) ? undefined : mergePool(pool, strings),
  );
  const bases = basesOf(sorted);
  const fills = names.map((name) => {
    const schema: Schema = schemas[name];
    const filled = [...sorted.entries()].filter(([, { tables }]) => tables[name].length > 0);
    const parts = filled.map(([n, holding]) => {
      const { tables, base } = holding;
      const shifts: Record<string, number> = {};
      const moved = (target: keyof Base): number => bases[n]![target]! - (base[target] ?? 0);
      if ('artifact' in schema && holding !== seams) shifts['artifact'] = moved('artifact');
      for (const [column, target] of Object.entries(references[name] ?? {})) shifts[column] = moved(target);
      return { table: tables[name] as unknown as Table<Schema>, strings: strings[n], shifts };
    });
    return concat(schema, parts, (column, joined) => {
      for (const [n, { tables, base }] of filled) {
        const own = tables[name] as unknown as Record<string, Uint8Array>;
        const start = bases[n]![name]!;
        const before = own[column];
        const fresh = base.artifact === undefined;
        own[column] = joined.subarray(start, start + tables[name].length) as Uint8Array;
        if (owned && fresh && before && before.buffer !== joined.buffer) letGo(before);
      }
    });
  });
  const tables = Object.fromEntries(names.map((name, n) => [name, fills[n]!()])) as unknown as Tables;
  for (const [n, holding] of sorted.entries()) {
    holding.base = bases[n]!;
    holding.strings = undefined;
  }
  const starts = bases.map(({ artifact }) => artifact!);
  const artifactCount = sorted.reduce((sum, { artifacts }) => sum + artifacts.length, 0);
  const sourceOf = new Uint32Array(artifactCount);
  sorted.forEach(({ artifacts }, n) => sourceOf.fill(n, starts[n]!, starts[n]! + artifacts.length));
  const place = <T extends { readonly artifact: number }>(rows: readonly T[], n: number): T[] =>
    rows.map((row) => ({ ...row, artifact: row.artifact + starts[n]! }));
  return {
    ...tables,
    sources: own.map(({ source }) => source),
    artifacts: sorted.flatMap(({ artifacts }, n) =>
      artifacts.map((artifact) =>
        artifact.parent < 0 ? artifact : { ...artifact, parent: artifact.parent + starts[n]! },
      ),
    ),
    sourceOf,
    strings: pool,
    problems: sorted.flatMap(({ problems }, n) => place(problems, n)),
    facts: sorted.flatMap(({ facts }, n) => place(facts, n)),
  };
}

/** Where each of them begins when they are joined. */
function basesOf(holdings: readonly Holding[]): Base[] {
  const next: Record<string, number> = Object.fromEntries([...names, 'artifact'].map((name) => [name, 0]));
  return holdings.map(({ tables, artifacts }) => {
    const base = { ...next };
    for (const name of names) next[name]! += tables[name].length;
    next['artifact']! += artifacts.length;
    return base;
  });
}

/** A holding as it came in, for storing it: its own rows, references and strings. */
export function harvestOf({ tables, strings, base, ...rest }: Holding, pool: Pool): Harvest {
  if (strings) return withoutEmptyTables({ ...rest, tables, strings });
  const own = createPool();
  const ids = new Map<number, number>();
  const localId = (id: number): number => {
    let local = ids.get(id);
    if (local === undefined) ids.set(id, (local = own.id(pool.text(id))));
    return local;
  };
  const copies = names.flatMap((name): [string, unknown][] => {
    if (tables[name].length === 0) return [];
    const schema: Schema = schemas[name];
    const targets = references[name] as Readonly<Record<string, TableName>> | undefined;
    const table = tables[name] as unknown as Record<string, Uint8Array> & { readonly length: number };
    const copy: Record<string, unknown> = { length: table.length };
    for (const column of Object.keys(schema)) {
      const cells = table[column]!.slice();
      const target = column === 'artifact' ? 'artifact' : targets?.[column];
      const back = target === undefined ? 0 : (base[target] ?? 0);
      if (schema[column] === 'string') for (let row = 0; row < cells.length; row++) cells[row] = localId(cells[row]!);
      else if (back > 0) for (let row = 0; row < cells.length; row++) if (cells[row] !== -1) cells[row]! -= back;
      copy[column] = cells;
    }
    return [[name, copy]];
  });
  return { ...rest, tables: Object.fromEntries(copies) as unknown as Tables, strings: sealPool(own) };
}

/** Plain code-unit order: the same on every machine, unlike a collator. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
