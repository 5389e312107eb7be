/**
 * A table is typed-array columns of one length; a row is an integer. No object per row: a million rows sort, filter,
 * cross a worker boundary and enter IndexedDB as a handful of buffers.
 *
 * Column types: `f64` numbers and times (µs), `u32` counts and ids, `i32` references (−1 = none), `u16`, `u8` codes,
 * `string` = `u32` id into the pool that travels with the table (0 = the empty string). No column is named `length`:
 * that is the number of rows.
 */
export type ColumnType = 'f64' | 'u32' | 'i32' | 'u16' | 'u8' | 'string';
export type Schema = Readonly<Record<string, ColumnType>> & { readonly length?: never };

interface ArrayOf {
  f64: Float64Array;
  u32: Uint32Array;
  i32: Int32Array;
  u16: Uint16Array;
  u8: Uint8Array;
  string: Uint32Array;
}

export type Columns<S extends Schema> = { readonly [Name in keyof S]: ArrayOf[S[Name]] };
export type Table<S extends Schema> = { readonly length: number } & Columns<S>;

const arrays = {
  f64: Float64Array,
  u32: Uint32Array,
  i32: Int32Array,
  u16: Uint16Array,
  u8: Uint8Array,
  string: Uint32Array,
} as const;

const make = <T extends ColumnType>(type: T, length: number): ArrayOf[T] => new arrays[type](length) as ArrayOf[T];

/**
 * The first cells of a column in one of `length`. Where the browser can (Chrome 114, Firefox 122) the old memory is given
 * back at once instead of at the next collection: tables are the largest thing that a reader holds.
 */
function resized<T extends ColumnType>(type: T, column: ArrayOf[T], length: number): ArrayOf[T] {
  const { buffer } = column as { buffer: ArrayBuffer & { transfer?(bytes: number): ArrayBuffer } };
  if (buffer.transfer) return new arrays[type](buffer.transfer(length * column.BYTES_PER_ELEMENT)) as ArrayOf[T];
  if (length <= column.length) return column.slice(0, length) as ArrayOf[T];
  const larger = make(type, length);
  larger.set(column);
  return larger;
}

/** Appends rows. Hot paths take a `row()` and write the columns themselves; `columns` is valid until the next `row()`. */
export interface Builder<S extends Schema> {
  readonly schema: S;
  length: number;
  /** Grows by one and returns the new row; every column of it holds 0 (`i32`: −1). */
  row(): number;
  readonly columns: Columns<S>;
  add(values: Partial<Record<keyof S, number>>): number;
  /** The finished table, its arrays cut to length; the builder is empty afterwards. */
  seal(): Table<S>;
}

export function builder<S extends Schema>(schema: S, capacity = 64): Builder<S> {
  const names = Object.keys(schema);
  let room = 0;
  const columns: Record<string, ArrayOf[ColumnType]> = {};
  const grow = (): void => {
    const next = room === 0 ? capacity : room * 2;
    for (const name of names) {
      const type = schema[name]!;
      const column = room > 0 ? resized(type, columns[name]!, next) : make(type, next);
      if (type === 'i32') column.fill(-1, room);
      columns[name] = column;
    }
    room = next;
  };
  const self: Builder<S> = {
    schema,
    length: 0,
    get columns() {
      return columns as unknown as Columns<S>;
    },
    row() {
      if (self.length === room) grow();
      return self.length++;
    },
    add(values) {
      const row = self.row();
      for (const name in values) columns[name]![row] = values[name] as number;
      return row;
    },
    seal() {
      const sealed: Record<string, unknown> = { length: self.length };
      for (const name of names) {
        const column = columns[name];
        sealed[name] = column ? resized(schema[name]!, column, self.length) : make(schema[name]!, 0);
      }
      room = 0;
      self.length = 0;
      for (const name of names) columns[name] = make(schema[name]!, 0);
      return sealed as Table<S>;
    },
  };
  return self;
}

/** A table of known length: every cell 0 (`i32`: −1), to be filled in place. */
export function blankTable<S extends Schema>(schema: S, length: number): Table<S> {
  const table: Record<string, unknown> = { length };
  for (const name of Object.keys(schema)) {
    const column = make(schema[name]!, length);
    table[name] = schema[name] === 'i32' ? column.fill(-1) : column;
  }
  return table as Table<S>;
}

/** What to hand to `postMessage` so that the table moves instead of being copied. */
export function transferables(table: Table<Schema>, schema: Schema): ArrayBuffer[] {
  return Object.keys(schema).map((name) => table[name]!.buffer as ArrayBuffer);
}

/**
 * Joins tables of one schema. `strings[n]` maps the string ids of table n to the common pool; `shift[n]` names columns
 * whose references move by a constant (`artifact`, `user`, …), −1 stays −1.
 */
export function concat<S extends Schema>(
  schema: S,
  tables: readonly Table<S>[],
  strings: readonly Uint32Array[],
  shifts: readonly Partial<Record<keyof S, number>>[],
): Table<S> {
  const length = tables.reduce((sum, table) => sum + table.length, 0);
  const result: Record<string, unknown> = { length };
  // one large file and nothing beside it: its columns are the result, tables never change
  const only = length > 0 ? tables.findIndex((table) => table.length === length) : -1;
  const sameStrings = only >= 0 && strings[only]!.every((id, own) => id === own);
  for (const name of Object.keys(schema)) {
    const type = schema[name]!;
    if (only >= 0 && (type === 'string' ? sameStrings : (shifts[only]?.[name as keyof S] ?? 0) === 0)) {
      result[name] = tables[only]![name as keyof S];
      continue;
    }
    const column = make(type, length);
    let at = 0;
    tables.forEach((table, n) => {
      const part = table[name as keyof S] as ArrayOf[ColumnType] | undefined;
      const shift = shifts[n]?.[name as keyof S] ?? 0;
      // a session stored before the column existed has none of it
      if (!part) {
        at += table.length;
        return;
      }
      if (type === 'string') {
        const map = strings[n]!;
        for (let row = 0; row < part.length; row++) column[at + row] = map[part[row]!]!;
      } else if (shift !== 0) {
        const none = type === 'i32' ? -1 : undefined;
        for (let row = 0; row < part.length; row++) column[at + row] = part[row] === none ? -1 : part[row]! + shift;
      } else {
        column.set(part, at);
      }
      at += part.length;
    });
    result[name] = column;
  }
  return result as Table<S>;
}
