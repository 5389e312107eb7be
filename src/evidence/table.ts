/**
 * A table is typed-array columns of one length; a row is an integer. No object per row: a million rows sort, filter,
 * cross a worker boundary and enter IndexedDB as a handful of buffers.
 *
 * Column types: `f64` numbers and times (µs), `u32` counts and ids, `i32` references (−1 = none), `u16`, `u8` codes,
 * `string` = `u32` id into the pool that travels with the table (0 = the empty string). `count` and `place` are whole
 * numbers from 0 below 2³² and 2⁵³ whose finished column is as narrow as its largest value allows: for tables of millions
 * of rows. No column is named `length`: that is the number of rows.
 */
export type ColumnType = 'f64' | 'u32' | 'i32' | 'u16' | 'u8' | 'string' | 'count' | 'place';
export type Schema = Readonly<Record<string, ColumnType>> & { readonly length?: never };

interface ArrayOf {
  f64: Float64Array;
  u32: Uint32Array;
  i32: Int32Array;
  u16: Uint16Array;
  u8: Uint8Array;
  string: Uint32Array;
  count: Uint8Array | Uint16Array | Uint32Array;
  place: Uint32Array | Float64Array;
}
type Column = ArrayOf[ColumnType];

export type Columns<S extends Schema> = { readonly [Name in keyof S]: ArrayOf[S[Name]] };
export type Table<S extends Schema> = { readonly length: number } & Columns<S>;

const arrays = {
  f64: Float64Array,
  u32: Uint32Array,
  i32: Int32Array,
  u16: Uint16Array,
  u8: Uint8Array,
  string: Uint32Array,
  count: Uint32Array,
  place: Float64Array,
} as const;

const make = <T extends ColumnType>(type: T, length: number): ArrayOf[T] => new arrays[type](length) as ArrayOf[T];

/**
 * Columns by name. Not put into an empty object one after the other: V8 looks names of such an object up in a dictionary,
 * for every cell that is read or written.
 */
const byName = (names: readonly string[], columnOf: (name: string) => Column): Record<string, Column> =>
  Object.fromEntries(names.map((name) => [name, columnOf(name)]));
const tableOf = <S extends Schema>(length: number, columns: Record<string, Column>): Table<S> =>
  ({ length, ...columns }) as unknown as Table<S>;

const narrows = (type: ColumnType): boolean => type === 'count' || type === 'place';

/** A column for values up to `most`. */
function fitting(type: ColumnType, most: number, length: number): Column {
  if (type === 'count') return new (most < 2 ** 8 ? Uint8Array : most < 2 ** 16 ? Uint16Array : Uint32Array)(length);
  if (type === 'place') return new (most < 2 ** 32 ? Uint32Array : Float64Array)(length);
  return make(type, length);
}

function largest(column: Column, length: number): number {
  let most = 0;
  for (let row = 0; row < length; row++) if (column[row]! > most) most = column[row]!;
  return most;
}

/** Chrome 114, Firefox 122. */
type Movable = ArrayBuffer & { transfer?(bytes: number): ArrayBuffer };

/**
 * The first cells of a column in one of `length`. Where the browser can, the old memory is given back at once instead of
 * at the next collection: tables are the largest thing that a reader holds.
 */
function resized<T extends ColumnType>(type: T, column: ArrayOf[T], length: number): ArrayOf[T] {
  const buffer = column.buffer as Movable;
  if (buffer.transfer) return new arrays[type](buffer.transfer(length * column.BYTES_PER_ELEMENT)) as ArrayOf[T];
  if (length <= column.length) return column.slice(0, length) as ArrayOf[T];
  const larger = make(type, length);
  larger.set(column);
  return larger;
}

/** Gives the memory of a column back at once, where the browser can; nobody may look at it any more. */
export function letGo(column: Column): void {
  (column.buffer as Movable).transfer?.(0);
}

/** Appends rows. Hot paths take a `row()` and write the columns themselves; `columns` is valid until the next `row()`. */
export interface Builder<S extends Schema> {
  readonly schema: S;
  length: number;
  /** Grows by one and returns the new row; every column of it holds 0 (`i32`: −1). */
  row(): number;
  readonly columns: Columns<S>;
  /** Where the newest row stands in `columns`: at its own number, but for a builder of blocks. */
  readonly cell: number;
  /** Goes over the rows from `first` on, to change cells of columns that do not narrow. */
  revise(first: number, change: (columns: Columns<S>, cell: number) => void): void;
  add(values: Partial<Record<keyof S, number>>): number;
  /** The finished table, its arrays cut to length; the builder is empty afterwards. */
  seal(): Table<S>;
}

/** Doubling a large table takes more memory than it saves time. */
const doublingRows = 2 ** 18;

export function builder<S extends Schema>(schema: S, capacity = 64): Builder<S> {
  const names = Object.keys(schema);
  let room = 0;
  const columns = byName(names, (name) => make(schema[name]!, 0));
  const grow = (): void => {
    const next = room === 0 ? capacity : room < doublingRows ? room * 2 : Math.ceil(room * 1.25);
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
    get cell() {
      return self.length - 1;
    },
    row() {
      if (self.length === room) grow();
      return self.length++;
    },
    revise(first, change) {
      for (let row = first; row < self.length; row++) change(self.columns, row);
    },
    add(values) {
      const row = self.row();
      for (const name in values) columns[name]![row] = values[name] as number;
      return row;
    },
    seal() {
      const { length } = self;
      const sealed = byName(names, (name) => finished(schema[name]!, columns[name]!, length));
      for (const name of names) columns[name] = make(schema[name]!, 0);
      room = 0;
      self.length = 0;
      return tableOf(length, sealed);
    },
  };
  return self;
}

function finished(type: ColumnType, column: Column, length: number): Column {
  if (!narrows(type)) return resized(type, column, length);
  const narrow = fitting(type, largest(column, length), length);
  narrow.set(column.subarray(0, length));
  return narrow;
}

const blockRows = 2 ** 16;

/**
 * A builder for millions of rows: what is full is narrowed and put away in blocks, so nothing is ever copied to grow, and
 * only one block is wide.
 */
export function blockBuilder<S extends Schema>(schema: S): Builder<S> {
  const open = builder(schema);
  let full: Record<string, Column>[] = [];
  const self: Builder<S> = {
    schema,
    length: 0,
    get columns() {
      return open.columns;
    },
    get cell() {
      return open.length - 1;
    },
    row() {
      if (open.length === blockRows) full.push(open.seal() as unknown as Record<string, Column>);
      open.row();
      return self.length++;
    },
    revise(first, change) {
      for (let block = Math.floor(first / blockRows); block < full.length; block++) {
        const columns = full[block] as unknown as Columns<S>;
        for (let cell = Math.max(0, first - block * blockRows); cell < blockRows; cell++) change(columns, cell);
      }
      open.revise(Math.max(0, first - full.length * blockRows), change);
    },
    add(values) {
      const row = self.row();
      const columns = open.columns as unknown as Record<string, Column>;
      for (const name in values) columns[name]![open.length - 1] = values[name] as number;
      return row;
    },
    seal() {
      const blocks = [...full, open.seal() as unknown as Record<string, Column>];
      const { length } = self;
      const sealed = byName(Object.keys(schema), (name) => {
        const parts = blocks.map((block) => ({ column: block[name]!, shift: 0 }));
        const joined = joinColumn(schema[name]!, parts)();
        for (const block of blocks) {
          // of a single block the column may be the result itself
          if (block[name] !== joined) letGo(block[name]!);
          delete block[name];
        }
        return joined;
      });
      full = [];
      self.length = 0;
      return tableOf(length, sealed);
    },
  };
  return self;
}

/** A table of known length: every cell 0 (`i32`: −1), to be filled in place. */
export function blankTable<S extends Schema>(schema: S, length: number): Table<S> {
  const columns = byName(Object.keys(schema), (name) => {
    const column = make(schema[name]!, length);
    return schema[name] === 'i32' ? column.fill(-1) : column;
  });
  return tableOf(length, columns);
}

/** What to hand to `postMessage` so that the table moves instead of being copied. */
export function transferables(table: Table<Schema>, schema: Schema): ArrayBuffer[] {
  return Object.keys(schema).map((name) => table[name]!.buffer as ArrayBuffer);
}

/** A table that is to be joined with others. */
export interface Part<S extends Schema> {
  readonly table: Table<S>;
  /** The new id of each string id; undefined where ids stay. */
  readonly strings: Uint32Array | undefined;
  /** Columns whose references move by a constant (`artifact`, `user`, …); −1 stays −1. */
  readonly shifts: Partial<Record<keyof S, number>>;
}

/**
 * Joins tables of one schema in two steps: all memory is asked for at once, which may fail; what is given then fills it,
 * column after column. `joined` is told of each: a part may let go of its own then.
 */
export function concat<S extends Schema>(
  schema: S,
  parts: readonly Part<S>[],
  joined: (name: keyof S & string, column: Column) => void = () => undefined,
): () => Table<S> {
  const length = parts.reduce((sum, { table }) => sum + table.length, 0);
  const fills = Object.keys(schema).map((name): [string, () => Column] => {
    const own = parts.map(({ table, strings, shifts }): ColumnPart => {
      const column = table[name as keyof S] as Column | undefined;
      return {
        // a table that was stored before the column existed has none of it
        column: column ?? make(schema[name]!, table.length),
        shift: shifts[name] ?? 0,
        ...(schema[name] === 'string' && strings ? { ids: strings } : {}),
      };
    });
    return [name, joinColumn(schema[name]!, own)];
  });
  return () => {
    const columns = Object.fromEntries(
      fills.map(([name, fill]): [string, Column] => {
        const column = fill();
        joined(name, column);
        return [name, column];
      }),
    );
    return tableOf(length, columns);
  };
}

interface ColumnPart {
  readonly column: Column;
  readonly shift: number;
  readonly ids?: Uint32Array;
}

/** Asks for the memory; the result fills it. */
function joinColumn(type: ColumnType, parts: readonly ColumnPart[]): () => Column {
  const filled = parts.filter(({ column }) => column.length > 0);
  const [only] = filled;
  // one large file and nothing beside it: its columns are the result, tables never change
  if (only && filled.length === 1 && only.shift === 0 && (only.ids?.every((id, own) => id === own) ?? true)) {
    return () => only.column;
  }
  const length = filled.reduce((sum, { column }) => sum + column.length, 0);
  const most = narrows(type)
    ? filled.reduce((sum, { column, shift }) => Math.max(sum, largest(column, column.length) + shift), 0)
    : 0;
  const result = fitting(type, most, length);
  const none = type === 'i32' ? -1 : undefined;
  return () => {
    let at = 0;
    for (const { column, shift, ids } of filled) {
      if (ids) for (let row = 0; row < column.length; row++) result[at + row] = ids[column[row]!]!;
      else if (shift === 0) result.set(column, at);
      else {
        for (let row = 0; row < column.length; row++) {
          result[at + row] = column[row] === none ? -1 : column[row]! + shift;
        }
      }
      at += column.length;
    }
    return result;
  };
}
