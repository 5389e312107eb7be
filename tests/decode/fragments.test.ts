import { describe, expect, it } from 'vitest';
import { createFragments, type Unfinished } from '../../src/decode/fragments';
import { createFrame } from '../../src/decode/layer';

/** Text of a fragment, where it stands in its datagram, and what the header says. */
interface Drawn {
  readonly at: number;
  readonly text: string;
  readonly last?: boolean;
  readonly id?: number;
  /** Seconds. */
  readonly time?: number;
  readonly cut?: boolean;
}

function put(drawn: readonly Drawn[]) {
  const unfinished: Unfinished[] = [];
  const fragments = createFragments((one) => unfinished.push(one));
  const whole = drawn.flatMap(({ at, text, last = false, id = 1, time = 0, cut = false }, n) => {
    const frame = createFrame();
    frame.bytes = new TextEncoder().encode(text);
    frame.view = new DataView(frame.bytes.buffer);
    frame.end = frame.bytes.length;
    frame.source.set([0, 0, 0xffff, 1]);
    frame.target.set([0, 0, 0xffff, 2]);
    Object.assign(frame, { time: time * 1e6, number: n + 1, base: 1000 * (n + 1), next: 17, cut });
    Object.assign(frame, { fragmentId: id, fragmentAt: at, fragmentMore: !last });
    if (!fragments.add(frame)) return [];
    const spans = (frame.spans ?? []).map(({ at, offset, length }) => `${at} ← ${offset} +${length}`);
    return [{ text: new TextDecoder().decode(frame.bytes.subarray(frame.at, frame.end)), spans }];
  });
  fragments.end();
  return { whole, dropped: fragments.dropped, missing: unfinished.map(({ missing }) => missing) };
}

describe('fragments', () => {
  it('come together in any order, each byte pointing to its packet', () => {
    const parts = [
      { at: 0, text: 'INVITE a' },
      { at: 8, text: ' SIP/2.0' },
      { at: 16, text: '!', last: true },
    ];
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ]) {
      const { whole, missing } = put(order.map((n) => parts[n]!));
      expect(whole.map(({ text }) => text)).toEqual(['INVITE a SIP/2.0!']);
      expect(missing).toEqual([]);
    }
    expect(put(parts).whole[0]!.spans).toEqual(['0 ← 1000 +8', '8 ← 2000 +8', '16 ← 3000 +1']);
  });

  it('that overlap: the first one seen holds, and a repeated one changes nothing', () => {
    const { whole } = put([
      { at: 0, text: 'aaaaaaaa' },
      { at: 0, text: 'XXXXXXXXbbbb' },
      { at: 8, text: 'bbbb', last: true },
    ]);
    expect(whole.map(({ text }) => text)).toEqual(['aaaaaaaabbbb']);
  });

  it('with a hole are no datagram: what is missing is told at the end', () => {
    expect(
      put([
        { at: 0, text: 'aaaaaaaa' },
        { at: 16, text: 'c', last: true },
      ]),
    ).toEqual({
      whole: [],
      dropped: 0,
      missing: [8],
    });
    // how long it is nobody knows
    expect(put([{ at: 0, text: 'aaaaaaaa' }]).missing).toEqual([0]);
  });

  it('after a minute belong to another datagram of the same number', () => {
    const { whole, dropped, missing } = put([
      { at: 0, text: 'old part' },
      { at: 0, text: 'new part', time: 61 },
      { at: 8, text: '.', last: true, time: 62 },
    ]);
    expect(whole.map(({ text }) => text)).toEqual(['new part.']);
    expect([dropped, missing]).toEqual([1, [0]]);
  });

  it('cut by the capture, beyond 64 KiB, or of too many datagrams are given up, the oldest first', () => {
    expect(
      put([
        { at: 0, text: 'aaaaaaaa', cut: true },
        { at: 8, text: 'b', last: true },
      ]).whole,
    ).toEqual([]);
    expect(put([{ at: 65_528, text: 'too long', last: true }]).missing).toEqual([]);
    const { dropped, missing } = put(Array.from({ length: 600 }, (_, id) => ({ at: 0, text: 'aaaaaaaa', id })));
    expect(dropped).toBe(88);
    expect(missing).toHaveLength(600);
  });
});
