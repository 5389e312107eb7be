import { mergePool, type Pool, type StringTable } from '../base/strings';
import type { Builders } from './merge';
import { references, schemas, type TableName, type Tables } from './schema';

/** Rows that were read elsewhere; `artifact` columns are left to who takes them in. */
export interface Rows {
  readonly tables: Partial<Tables>;
  readonly strings: StringTable;
}

/** Adds rows that were read elsewhere, of one artifact, behind those that are here. */
export function appendRows(builders: Builders, pool: Pool, { tables, strings }: Rows, artifact: number): void {
  const ids = mergePool(pool, strings);
  const names = Object.keys(tables) as TableName[];
  const first = Object.fromEntries(names.map((name) => [name, builders[name].length]));
  for (const name of names) {
    const table = tables[name] as unknown as Record<string, ArrayLike<number>> & { readonly length: number };
    const builder = builders[name];
    const targets = references[name] as Readonly<Record<string, TableName>> | undefined;
    const columns = Object.entries(schemas[name]).map(([column, type]) => {
      const target = targets?.[column];
      return { column, from: table[column]!, isText: type === 'string', shift: target ? (first[target] ?? 0) : 0 };
    });
    for (let row = 0; row < table.length; row++) {
      builder.row();
      const { cell } = builder;
      const to = builder.columns as unknown as Record<string, Uint32Array>;
      for (let n = 0; n < columns.length; n++) {
        const { column, from, isText, shift } = columns[n]!;
        const value = from[row]!;
        if (column === 'artifact') to[column]![cell] = artifact;
        else to[column]![cell] = isText ? ids[value]! : shift === 0 || value === -1 ? value : value + shift;
      }
    }
  }
}
