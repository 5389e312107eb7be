/**
 * What a spreadsheet does to long ids and telephone numbers when it opens and saves a CSV:
 *
 *   123456789012345678 → 1,23457E+17 or 123456789012345000    +33140506070 → 33140506070    0140506070 → 140506070
 */
export interface Damage {
  /** Looks at one cell of a row; true where this cell alone shows the damage. */
  look(column: string, value: string, row: number): boolean;
  /** Further rows that only show beside the others; known at the end. */
  late(): ReadonlySet<number>;
  /** Damaged rows by column. */
  readonly columns: ReadonlyMap<string, number>;
}

const scientific = /^\d(?:[.,]\d{1,15})?E\+?\d{1,3}$/i;
/** A spreadsheet keeps 15 digits. */
const precise = 15;
/** Share of a column that must have a leading sign before a row without one is held against it. */
const share = 0.8;

interface ColumnSeen {
  long: number;
  readonly zeros: number[];
  plus: number;
  zero: number;
  lengths: Map<number, number>;
  readonly bare: { readonly row: number; readonly length: number }[];
}

export function spreadsheetDamage(): Damage {
  const seen = new Map<string, ColumnSeen>();
  const columns = new Map<string, number>();
  const count = (column: string, rows: number): void => {
    if (rows > 0) columns.set(column, (columns.get(column) ?? 0) + rows);
  };
  return {
    columns,
    look(column, value, row) {
      // what begins with a letter is no number, and no number that was one
      const sign = value.charCodeAt(0);
      if (sign !== 43 && !(sign >= 48 && sign <= 57)) return false;
      if (scientific.test(value)) {
        count(column, 1);
        return true;
      }
      if (!/^\+?\d{3,40}$/.test(value)) return false;
      let of = seen.get(column);
      if (!of) seen.set(column, (of = { long: 0, zeros: [], plus: 0, zero: 0, lengths: new Map(), bare: [] }));
      if (value.length > precise && value[0] !== '+') {
        of.long++;
        if (/^0+$/.test(value.slice(precise))) of.zeros.push(row);
      }
      if (value[0] === '+') of.plus++;
      else if (value[0] === '0') of.zero++;
      else of.bare.push({ row, length: value.length });
      if (value[0] === '+' || value[0] === '0') of.lengths.set(value.length, (of.lengths.get(value.length) ?? 0) + 1);
      return false;
    },
    late() {
      const rows = new Set<number>();
      for (const [column, of] of seen) {
        const before = rows.size;
        // one id that ends in zeros is chance, all of them is a spreadsheet
        if (of.zeros.length === of.long && of.long >= 2) of.zeros.forEach((row) => rows.add(row));
        const marked = Math.max(of.plus, of.zero);
        // an extension (`4001`) never had a sign
        const alike = of.bare.filter(({ length }) => of.lengths.has(length + 1));
        if (marked >= 4 && marked >= (marked + alike.length) * share) alike.forEach(({ row }) => rows.add(row));
        count(column, rows.size - before);
      }
      return rows;
    },
  };
}
