import { references, schemas, type TableName, type Tables } from './schema';
import type { Schema, Table } from './table';
import type { Evidence } from './evidence';

/** Evidence without the rows of some artifacts; the artifacts themselves stay listed. */
export function exclude(evidence: Evidence, left: ReadonlySet<number>): Evidence {
  if (left.size === 0) return evidence;
  const tables: Partial<Record<TableName, unknown>> = {};
  const kept: Partial<Record<TableName, { rows: Uint32Array; to: Int32Array }>> = {};
  const names = Object.keys(schemas) as TableName[];
  // tables with an artifact first: the others refer to them
  const sorted = [...names.filter((name) => !references[name]), ...names.filter((name) => references[name])];
  const torn = tornMessages(evidence, left);
  for (const name of sorted) {
    const schema: Schema = schemas[name];
    const table = evidence[name] as unknown as Table<Schema>;
    const refs = Object.entries(references[name] ?? {});
    const to = new Int32Array(table.length).fill(-1);
    const rows = new Uint32Array(table.length);
    let count = 0;
    for (let row = 0; row < table.length; row++) {
      const gone =
        ('artifact' in schema && left.has(table['artifact']![row]!)) ||
        refs.some(([column, target]) => kept[target]!.to[table[column]![row]!] === -1);
      if (gone || (name === 'messages' && torn.has(row))) continue;
      to[row] = count;
      rows[count++] = row;
    }
    kept[name] = { rows: rows.subarray(0, count), to };
    const result: Record<string, unknown> = { length: count };
    for (const column of Object.keys(schema)) {
      const from = table[column]!;
      const target = (references[name] as Record<string, TableName> | undefined)?.[column];
      const cells = new (from.constructor as new (length: number) => typeof from)(count);
      for (let row = 0; row < count; row++) {
        const value = from[rows[row]!]!;
        cells[row] = target ? kept[target]!.to[value]! : value;
      }
      result[column] = cells;
    }
    tables[name] = result;
  }
  return {
    ...evidence,
    ...(tables as unknown as Tables),
    problems: evidence.problems,
    facts: evidence.facts.filter((fact) => !left.has(fact.artifact)),
  };
}

/** Messages of which a piece lies in a file that is left out. */
function tornMessages({ pieces }: Evidence, left: ReadonlySet<number>): ReadonlySet<number> {
  const torn = new Set<number>();
  for (let row = 0; row < pieces.length; row++) if (left.has(pieces.artifact[row]!)) torn.add(pieces.message[row]!);
  return torn;
}
