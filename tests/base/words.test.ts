import { expect, it } from 'vitest';
import fc from 'fast-check';
import { lineEndAt, sameWords, viewOf } from '../../src/base/words';

const bytes = fc
  .uint8Array({ maxLength: 40 })
  .map((some) => some.map((byte) => (byte < 60 ? 10 + (byte % 3) - 1 : byte)));

it('finds the line feed that a plain search finds', () => {
  fc.assert(
    fc.property(bytes, fc.nat(40), fc.nat(40), (some, a, b) => {
      const [from, end] = [Math.min(a, b, some.length), Math.min(Math.max(a, b), some.length)];
      const found = some.subarray(from, end).indexOf(10);
      expect(lineEndAt(some, viewOf(some), from, end)).toBe(found < 0 ? end : from + found);
    }),
  );
});

it('tells equal bytes from others, in a part of a buffer as well', () => {
  fc.assert(
    fc.property(bytes, fc.nat(12), fc.nat(60), (some, before, turned) => {
      const other = new Uint8Array([...new Uint8Array(before), ...some]).subarray(before);
      const views = [viewOf(some), viewOf(other)] as const;
      expect(sameWords(views[0], 0, views[1], 0, some.length)).toBe(true);
      if (turned >= some.length) return;
      other[turned]! ^= 1;
      expect(sameWords(views[0], 0, views[1], 0, some.length)).toBe(false);
    }),
  );
});
