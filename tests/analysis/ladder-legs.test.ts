import { describe, expect, it } from 'vitest';
import type { Ladder } from '../../src/analysis/desk';
import { ladderOf } from '../../src/analysis/ladder';
import type { LegsByHand } from '../../src/evidence/joins-by-hand';
import { link } from '../../src/evidence/link';
import { noNotes } from '../../src/session/no-notes';
import { drawnView } from './drawn-view';

/** Three hops; the second is joined to both others, which do not know each other. */
const chain = {
  ladder: {
    drawn: `
          a               b               c               d
    0.000 |--INVITE-1a--->|               |               |
    0.010 |               |--INVITE-1b--->|               |
    0.020 |               |               |--INVITE-1c--->|
    0.030 |               |               |<---486-1c-----|
    0.040 |               |<---486-1b-----|               |
    0.050 |<---486-1a-----|               |               |
  `,
    with: {
      'INVITE-1a': ['X-Call-ID: 7f3a2b-0001'],
      'INVITE-1b': ['X-Call-ID: 7f3a2b-0001', 'X-CID: 9c41d0-0002'],
      'INVITE-1c': ['X-CID: 9c41d0-0002'],
    },
    users: { a: ['2001', '4142'], b: ['7001', '7002'], c: ['8001', '8002'] } as const,
  },
};

function drawn(legs?: LegsByHand, call = 0): Promise<Ladder> {
  const { view, read } = drawnView(chain);
  const links = link(view.evidence, view.clock, [], legs);
  const notes = legs ? { ...noNotes, legs: legs as typeof noNotes.legs } : noNotes;
  return ladderOf({ ...view, links, notes }, { kind: 'call', row: call }, read);
}
const told = ({ legs }: Ladder): string[] =>
  legs.map(({ callId, joined }) => `${callId} ${joined ? `${legs[joined.leg]!.callId} ${joined.reason}` : '-'}`);

describe('legs of a ladder', () => {
  it('hang on the leg that speaks for them, seen from the first', async () => {
    expect(told(await drawn())).toEqual([
      'calla@example -',
      'callb@example calla@example header',
      'callc@example callb@example header',
    ]);
  });

  it('say that a person joined them', async () => {
    const ladder = await drawn({ joined: [['calla@example', 'callc@example']], parted: [] });
    expect(told(ladder)).toContain('callc@example calla@example hand');
  });

  it('are those of another call once a person parted them, and are not suggested again', async () => {
    const parted: [string, string][] = [
      ['callb@example', 'calla@example'],
      ['callc@example', 'calla@example'],
    ];
    const first = await drawn({ joined: [], parted });
    expect(told(first)).toEqual(['calla@example -']);
    expect(first.suggested).toEqual([]);
    expect(told(await drawn({ joined: [], parted }, 1))).toEqual([
      'callb@example -',
      'callc@example callb@example header',
    ]);
  });

  it('suggest a call that only the moment and a host speak for', async () => {
    const { view, read } = drawnView({
      ladder: {
        drawn: chain.ladder.drawn,
        users: { a: ['2001', '4142'], b: ['7001', '7002'], c: ['8001', '8002'] },
      },
    });
    const { legs, suggested } = await ladderOf(view, { kind: 'call', row: 0 }, read);
    expect(legs).toHaveLength(1);
    expect(suggested).toMatchObject([{ leg: 0, call: 1, callId: 'callb@example', reason: 'hosts' }]);
    expect(suggested[0]!.weight).toBeLessThan(60);
  });
});
