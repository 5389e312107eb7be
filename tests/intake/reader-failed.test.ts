import { expect, it, vi } from 'vitest';
import type { ArtifactKind } from '../../src/artifacts/kind';
import { tar } from '../build/tar';
import { content, drop, listed, told } from './drop';

/** A reader of ours that breaks at the word «bad», or at once, or at the end. */
const fragile = vi.hoisted((): ArtifactKind => ({
  id: 'fragile',
  name: { en: '', fr: '' },
  provides: [],
  sniff: (head) => {
    const text = new TextDecoder().decode(head);
    if (text.startsWith('sniff')) throw new Error('sniffing');
    return { certainty: text.startsWith('fragile') ? 3 : 0, reason: { en: '', fr: '' } };
  },
  open({ tables, artifact }) {
    let records = 0;
    return {
      push(chunk) {
        const text = new TextDecoder().decode(chunk);
        records += text.split('\n').length - 1;
        tables.lines.add({ artifact, number: records });
        if (text.includes('bad')) throw new Error('no way on');
      },
      end: () => ({ records, first: NaN, last: NaN, clock: 'none' }),
    };
  },
}));
vi.mock('../../src/artifacts', () => ({ kinds: [fragile] }));

it('a reader that throws is told of, keeps what it read, and the rest goes on', async () => {
  const result = await drop(
    tar([
      { name: 'a', bytes: 'fragile\none\ntwo\nbad\nmore\n' },
      { name: 'b', bytes: 'fragile\nall good\n' },
      { name: 'c', bytes: 'sniff me' },
    ]),
    'x.tar',
  );
  expect(listed(result)).toEqual(['tar x.tar', 'fragile x.tar!/a', 'fragile x.tar!/b', 'unrecognised x.tar!/c']);
  expect(told(result)).toEqual(['reader-failed x.tar!/a: fragile: Error: no way on']);
  expect(result.harvest.artifacts.map(({ records }) => records)).toEqual([0, 5, 2, 0]);
  expect(result.harvest.tables.lines.length).toBe(2);
  expect(await content(result, 'x.tar!/a')).toContain('more');
});
