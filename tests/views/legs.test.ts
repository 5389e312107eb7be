import { describe, expect, it } from 'vitest';
import type { LadderLeg } from '../../src/analysis/desk';
import type { JoinReason } from '../../src/evidence/links';
import { noNotes } from '../../src/session/no-notes';
import { partedFrom, withJoined, withParted, withoutParting } from '../../src/views/Calls/legs';

/** `b<a` hangs on leg a of the list by a header, `b<a hand` by hand. */
const legs = (...drawn: readonly string[]): LadderLeg[] =>
  drawn.map((line, n) => {
    const [, callId = '', on, reason = 'header'] = /^(\w+)(?:<(\w+))?(?: (\w+))?$/.exec(line)!;
    const leg = drawn.findIndex((one) => one.startsWith(on ?? ' '));
    return {
      callId,
      letter: String.fromCharCode(65 + n),
      ...(on ? { joined: { leg, reason: reason as JoinReason, weight: 80 } } : {}),
    };
  });

describe('legs by hand', () => {
  it('joins calls leg by leg and takes back what was parted between them', () => {
    const before = { joined: [], parted: [['a', 'c'] as [string, string], ['a', 'x'] as [string, string]] };
    expect(withJoined(before, [['a', 'b'], ['c'], ['d']])).toEqual({
      joined: [
        ['a', 'c'],
        ['a', 'd'],
      ],
      parted: [['a', 'x']],
    });
  });

  it('parts a leg with what hangs on it from all the rest, so that both stay whole', () => {
    const { joined, parted } = withParted(noNotes.legs, legs('a', 'b<a', 'c<b', 'd<a'), 1);
    expect(joined).toEqual([]);
    expect(parted).toEqual([
      ['b', 'a'],
      ['b', 'd'],
      ['c', 'a'],
      ['c', 'd'],
    ]);
  });

  it('takes back a joining by hand and leaves nothing behind', () => {
    const joined: [string, string][] = [['a', 'b']];
    expect(withParted({ joined, parted: [] }, legs('a', 'b<a hand'), 1)).toEqual({ joined: [], parted: [] });
  });

  it('names what was parted from a call, and forgets it', () => {
    const notes = withParted(noNotes.legs, legs('a', 'b<a'), 1);
    expect(partedFrom(notes, ['a'])).toEqual(['b']);
    expect(partedFrom(notes, ['x'])).toEqual([]);
    expect(withoutParting(notes, ['a'])).toEqual({ joined: [], parted: [] });
  });
});
