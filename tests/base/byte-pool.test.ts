import { expect, it } from 'vitest';
import fc from 'fast-check';
import { createBytePool } from '../../src/base/byte-pool';
import { createPool, sealPool } from '../../src/base/strings';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

it('gives the ids, texts and bytes of any other pool', () => {
  const word = fc.oneof(
    fc.constantFrom('', 'INVITE', 'sip:a@b', '__proto__'),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(word, fc.boolean()), { maxLength: 300 }), (words) => {
      const [pool, plain] = [createBytePool(), createPool()];
      for (const [text, asBytes] of words) {
        const bytes = encode(`..${text}`);
        const id = asBytes ? pool.idOf(bytes, 2, bytes.length) : pool.id(text);
        expect(id).toBe(plain.id(text));
        expect(pool.find(text)).toBe(id);
        expect(pool.text(id)).toBe(text);
      }
      expect(pool.size).toBe(plain.size);
      expect(pool.seal()).toEqual(sealPool(plain));
    }),
  );
});

it('holds many strings, and knows what it never saw', () => {
  const pool = createBytePool();
  const ids = Array.from({ length: 5000 }, (_, n) => pool.id(`branch-${n}-${'x'.repeat(n % 50)}`));
  expect(new Set(ids).size).toBe(5000);
  expect(pool.find('branch-5000-')).toBe(-1);
  expect(pool.text(5001)).toBe('');
  expect(pool.text(ids[4999]!)).toBe(`branch-4999-${'x'.repeat(49)}`);
});

it('takes a sealed pool with its ids, and goes on from there', () => {
  const words = Array.from({ length: 700 }, (_, n) => (n % 300 === 299 ? `é-${n}` : `word-${n}`));
  const before = createBytePool();
  const ids = words.map((word) => before.id(word));
  const pool = createBytePool();
  expect(pool.adopt!(before.seal())).toBe(true);
  expect(words.map((word) => pool.find(word))).toEqual(ids);
  expect(pool.id('further')).toBe(701);
  expect([...words, 'further'].map((word) => pool.text(pool.id(word)))).toEqual([...words, 'further']);
  expect(pool.find('never')).toBe(-1);
  expect(pool.adopt!(before.seal())).toBe(false);
});
