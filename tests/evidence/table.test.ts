import { describe, expect, it } from 'vitest';
import { blockBuilder, builder, concat, type Table } from '../../src/evidence/table';

const schema = { artifact: 'count', time: 'f64', offset: 'place', other: 'i32' } as const;
const rows = 140_000;

describe('a builder of blocks', () => {
  const fill = (make: typeof builder): Table<typeof schema> => {
    const built = make(schema);
    for (let n = 0; n < rows; n++) {
      if (built.row() !== n) throw new Error(`row ${n}`);
      const { columns, cell } = built;
      columns.artifact[cell] = n % 300;
      columns.time[cell] = n / 2;
      columns.offset[cell] = n * 40_000;
    }
    built.add({ artifact: 7, other: 5 });
    built.revise(65_000, ({ time }, cell) => (time[cell]! += 1));
    return built.seal();
  };
  it('gives the table that any other gives', () => {
    const [one, other] = [fill(blockBuilder), fill(builder)];
    for (const name of ['artifact', 'time', 'offset', 'other'] as const) {
      expect(one[name].constructor).toBe(other[name].constructor);
      expect([...one[name]].join() === [...other[name]].join(), name).toBe(true);
    }
  });
  it('is empty afterwards', () => {
    const built = blockBuilder(schema);
    for (let n = 0; n < 70_000; n++) built.add({ artifact: n });
    built.seal();
    expect(built.row()).toBe(0);
    expect([...built.seal().artifact]).toEqual([0]);
  });
});

describe('a finished column', () => {
  const sealed = (artifact: number, offset: number): Table<typeof schema> => {
    const built = builder(schema);
    built.add({ artifact, offset });
    return built.seal();
  };
  const forms = ({ artifact, offset }: Table<typeof schema>): string[] =>
    [artifact, offset].map((column) => column.constructor.name);

  it('is as narrow as its values allow, alone and joined', () => {
    expect(forms(sealed(255, 2 ** 32 - 1))).toEqual(['Uint8Array', 'Uint32Array']);
    expect(forms(sealed(256, 2 ** 32))).toEqual(['Uint16Array', 'Float64Array']);
    expect(forms(sealed(65_536, 0))).toEqual(['Uint32Array', 'Uint32Array']);
    const joined = concat(schema, [
      { table: sealed(200, 1), strings: undefined, shifts: {} },
      { table: sealed(100, 2 ** 40), strings: undefined, shifts: { artifact: 200 } },
    ])();
    expect(forms(joined)).toEqual(['Uint16Array', 'Float64Array']);
    expect([[...joined.artifact], [...joined.offset], [...joined.other]]).toEqual([
      [200, 300],
      [1, 2 ** 40],
      [-1, -1],
    ]);
  });
});
