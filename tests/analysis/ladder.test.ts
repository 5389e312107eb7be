import { describe, expect, it } from 'vitest';
import type { Ladder, LadderOf } from '../../src/analysis/desk';
import { ladderOf } from '../../src/analysis/ladder';
import type { GroundsSpec } from '../../src/rules/example';
import type { Finding } from '../../src/rules/evaluate';
import { drawnView, type DrawnView } from './drawn-view';

const firstCall: LadderOf = { kind: 'call', row: 0 };
const of = ({ view, read }: DrawnView, what: LadderOf = firstCall): Promise<Ladder> => ladderOf(view, what, read);
const draw = (spec: GroundsSpec, findings: readonly Finding[] = []): Promise<Ladder> => of(drawnView(spec, findings));

/** `A INVITE mivb→mbg` a message, in the order of the ladder. */
const arrows = ({ messages, lanes, legs }: Ladder): string[] =>
  messages.map(
    ({ leg, method, status, from, to }) =>
      `${legs[leg]?.letter ?? '-'} ${status || method} ${lanes[from]!.host}→${lanes[to]!.host}`,
  );

const agents = {
  'REGISTER-1': ['User-Agent: Zoom Workplace'],
  '401-1': ['Server: Mitel Border GW/5.2'],
  'INVITE-1b': ['User-Agent: Mitel-3300-ICP'],
};
const twoHops: GroundsSpec = {
  ladder: {
    drawn: `
          mivb            mbg             zoom
    0.000 |               |<--REGISTER-1--|
    0.010 |               |----401-1----->|
    1.000 |--INVITE-1b--->|               |
    1.500 |--INVITE-1b--->|               |
    2.000 |<----100-1b----|               |
    2.010 |               |--INVITE-1b--->|
    2.020 |               |<---486-1b-----|
    2.030 |<----486-1b----|               |
    2.040 |---ACK-1b----->|               |
  `,
    with: { ...agents, 'INVITE-1b': [...agents['INVITE-1b'], 'm=audio 4000 RTP/SAVP 8 0 101', 'a=sendonly'] },
  },
};

const drawnOnce = `
          a               b
    0.000 |---INVITE-1--->|
  `;
/** The second hop writes what the first one wrote. */
const sameBytes = {
  'INVITE-1': ['Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK-INVITE-1-a-b', 'Contact: <sip:2001@10.0.0.1:5060>'],
};

describe('the ladder of a call', () => {
  it('puts Zoom clients left, the border in the middle, the phone system right', async () => {
    const { lanes } = await draw(twoHops);
    expect(lanes.map(({ host, role }) => [host, role])).toEqual([
      ['10.0.0.3', 'zoom-client'],
      ['10.0.0.2', 'border'],
      ['10.0.0.1', 'pbx'],
    ]);
  });

  it('draws the messages in order, with what its parties register meanwhile, and marks what repeats', async () => {
    const ladder = await draw(twoHops);
    expect(arrows(ladder)).toEqual([
      '- REGISTER 10.0.0.3→10.0.0.2',
      '- 401 10.0.0.2→10.0.0.3',
      'A INVITE 10.0.0.1→10.0.0.2',
      'A INVITE 10.0.0.1→10.0.0.2',
      'A 100 10.0.0.2→10.0.0.1',
      'A INVITE 10.0.0.2→10.0.0.3',
      'A 486 10.0.0.3→10.0.0.2',
      'A 486 10.0.0.2→10.0.0.1',
      'A ACK 10.0.0.1→10.0.0.2',
    ]);
    expect(ladder.messages.map(({ repeats }) => repeats)).toEqual([-1, -1, -1, 2, -1, -1, -1, -1, -1]);
    expect(ladder.messages[2]).toMatchObject({ summary: 'SAVP PCMA PCMU sendonly · offer', cseq: 1, transport: 'UDP' });
    expect(ladder).toMatchObject({ title: { from: 'sip:2001@pbx.example' }, call: { outcome: 'busy' } });
  });

  it('folds second sightings into one arrow', async () => {
    const drawn = `
          a               b
    0.000 |---INVITE-1--->|
    0.010 |<----486-1-----|
  `;
    const ladder = await draw({ ladder: [{ drawn }, { drawn, start: '2026-11-12T08:00:00.003Z' }] });
    expect(ladder.messages.map(({ sightings, repeats }) => [sightings, repeats])).toEqual([
      [2, -1],
      [2, -1],
    ]);
  });

  it('draws a message that runs on unchanged between two other hosts as a hop of its own', async () => {
    const ladder = await draw({
      ladder: [
        { drawn: drawnOnce, hosts: { a: '10.0.0.1', b: '10.0.0.2' } },
        {
          drawn: drawnOnce,
          hosts: { a: '10.0.1.1', b: '10.0.1.2' },
          start: '2026-11-12T08:00:00.002Z',
          with: sameBytes,
        },
      ],
    });
    expect(arrows(ladder)).toEqual(['A INVITE 10.0.0.1→10.0.0.2', 'A INVITE 10.0.1.1→10.0.1.2']);
  });

  it('says on the arrow who offers and who answers, why a call ends, and who shows credentials', async () => {
    const sdp = ['m=audio 4000 RTP/AVP 8'];
    const ladder = await draw({
      ladder: {
        drawn: `
          a               b
    0.000 |---INVITE-1--->|
    0.010 |<----200-1-----|
    0.020 |----ACK-1----->|
    1.000 |---INVITE-2--->|
    1.010 |<----200-2-----|
    1.020 |----ACK-2----->|
    2.000 |----BYE-3----->|
    3.000 |--REGISTER-4r->|
  `,
        with: {
          'INVITE-1': sdp,
          '200-1': [...sdp, 'a=inactive'],
          '200-2': sdp,
          'ACK-2': ['m=audio 0 RTP/AVP 8'],
          'BYE-3': ['Reason: Q.850 ;cause=16;text="Normal"'],
          'REGISTER-4r': ['Authorization: Digest username="1"'],
        },
      },
    });
    expect(ladder.messages.map(({ summary }) => summary)).toEqual([
      'PCMA · offer',
      'PCMA inactive · answer',
      '',
      '',
      'PCMA · offer',
      'port 0 PCMA · answer',
      'Q.850 cause 16',
      'expires 3600 · with credentials',
    ]);
  });

  it('says why two legs are one call', async () => {
    const join = [
      'X-Call-ID: 77',
      'Session-ID: ab30317f1a784dc48ff824d0d3715d86;remote=00000000000000000000000000000000',
    ];
    const { legs } = await draw({
      ladder: {
        drawn: `
          a               b               c
    0.000 |---INVITE-1--->|               |
    0.010 |               |--INVITE-1b--->|
    0.020 |               |<---486-1b-----|
    0.030 |<----486-1-----|               |
  `,
        with: { 'INVITE-1': join, 'INVITE-1b': join },
      },
    });
    expect(legs).toMatchObject([
      { letter: 'A', callId: 'call@example' },
      { letter: 'B', callId: 'callb@example', joined: { leg: 0, reason: 'session-id' } },
    ]);
  });

  it('is empty for a row that is not there', async () => {
    const drawn = drawnView(twoHops);
    expect(await of(drawn, { kind: 'call', row: 9 })).toMatchObject({ lanes: [], messages: [], notes: [] });
  });

  it('shows a registration with its granted time', async () => {
    const ladder = await of(drawnView(twoHops), { kind: 'registration', row: 0 });
    expect(ladder.registration).toMatchObject({ finalStatus: 401 });
    expect(ladder.messages[0]).toMatchObject({ method: 'REGISTER', summary: 'expires 3600' });
  });
});

describe('lanes', () => {
  const call = `
          a               b               c
    0.000 |---INVITE-1--->|               |
    0.010 |               |---INVITE-1--->|
    0.020 |<----486-1-----|               |
  `;

  it('splits a host that talks to itself by port', async () => {
    const { lanes } = await draw({
      ladder: { drawn: call, hosts: { a: '127.0.0.1:5060', b: '127.0.0.1:5070', c: '10.0.0.9' } },
    });
    expect(lanes.map(({ host, ports }) => [host, ports])).toEqual([
      ['127.0.0.1:5060', []],
      ['127.0.0.1:5070', []],
      ['10.0.0.9', [5060]],
    ]);
  });

  it('joins the addresses of one named host', async () => {
    const hosts = [
      { address: '10.0.0.2', name: 'MBG', role: 'border' },
      { address: '10.0.0.3', name: 'MBG', role: 'border' },
    ] as const;
    const { lanes } = await draw({ ladder: call, facts: { hosts } });
    expect(lanes).toMatchObject([{ host: '10.0.0.1' }, { host: '10.0.0.2', also: ['10.0.0.3'], name: 'MBG' }]);
  });

  it('tells the sides of a border apart', async () => {
    const hosts = [
      { address: '10.0.0.1', role: 'zoom-client' },
      { address: '10.0.0.2', role: 'border' },
      { address: '10.0.0.3', role: 'border' },
      { address: '10.0.0.4', role: 'pbx' },
    ] as const;
    const drawn = `
          a               b               c               d
    0.000 |---INVITE-1--->|               |               |
    0.010 |               |               |---INVITE-1--->|
  `;
    const sides = async (border: 'mbg' | 'ossbc'): Promise<unknown[]> =>
      (await draw({ ladder: drawn, facts: { hosts, border } })).lanes.map(({ side }) => side);
    expect(await sides('mbg')).toEqual([undefined, 'set', 'icp', undefined]);
    expect(await sides('ossbc')).toEqual([undefined, 'access', 'core', undefined]);
  });

  it('reads the node of OpenScape Voice out of its Call-ID', async () => {
    const { lanes } = await draw({
      ladder: {
        drawn: `
          sbc             osv
    0.000 |<---INVITE-1---|
  `,
        hosts: { osv: '10.3.28.106' },
        with: { 'INVITE-1': ['Call-ID: SEC11-6a1c030a-4d2a050a-1-abcdefghijkl'] },
      },
    });
    expect(lanes).toMatchObject([{ host: '10.0.0.1' }, { host: '10.3.28.106', role: 'pbx' }]);
  });

  it('takes a name only from what a person wrote', async () => {
    const drawn = drawnView({ ladder: call });
    const view = { ...drawn.view, notes: { ...drawn.view.notes, lanes: { '10.0.0.2': 'Border' } } };
    expect((await of({ ...drawn, view })).lanes.map(({ name }) => name)).toEqual(['', 'Border', '']);
  });
});

describe('side notes', () => {
  it('are warnings, errors and events of the time, with the line as written and secrets masked', async () => {
    const ladder = await draw({
      ...twoHops,
      log: [
        '07:59:00 ERROR long before',
        '08:00:01 INFO of no weight',
        '08:00:02 ERROR token expired password=hunter2hunter2',
      ],
      events: ['2026-11-12T08:00:02Z | User updated | admin@example.com | eve@example.org | x'],
    });
    expect(ladder.notes.map(({ kind, lane }) => [kind, lane])).toEqual([
      ['line', 1],
      ['event', 1],
    ]);
    expect(ladder.notes[0]!.text).toMatch(/^level=ERROR msg="?token expired/);
    expect(ladder.notes[0]!.text).not.toContain('hunter2');
    expect(ladder.notes[0]!.source).toBe('cld.log');
  });

  it('stand at the message that a finding names', async () => {
    const drawn = drawnView(twoHops);
    const { messages } = drawn.view.evidence;
    const row = drawn.view.links.callMessages(0)[2]!;
    const at = [{ artifact: 0, offset: messages.offset[row]!, length: 1 }];
    const finding = {
      rule: 'busy',
      outcome: 'found',
      severity: 'note',
      subject: '',
      also: [],
      at,
    } as unknown as Finding;
    const ladder = await of({ ...drawn, view: { ...drawn.view, findings: [finding] } });
    expect(ladder.notes).toMatchObject([{ kind: 'finding', finding: 0, message: 4, time: ladder.messages[4]!.time }]);
  });

  it('are counted where they are too many, and the worst stay', async () => {
    const log = Array.from({ length: 300 }, (_, n) => `08:00:01 ${n === 299 ? 'ERROR' : 'WARN'} line ${n}`);
    const ladder = await draw({ ...twoHops, log });
    expect(ladder.notes).toHaveLength(200);
    expect(ladder.notesLeft).toBe(100);
    expect(ladder.notes.some(({ text }) => text.includes('line 299'))).toBe(true);
  });
});
