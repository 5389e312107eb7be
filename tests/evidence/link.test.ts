import { describe, expect, it } from 'vitest';
import { outcomes, registrationOutcomes } from '../../src/evidence/links';
import type { GroundsSpec } from '../../src/rules/example';
import { grounds, type ReadGrounds } from '../build/grounds';
import { ladderOf } from '../build/ladder';

const calls = ({ links, evidence: { strings } }: ReadGrounds) =>
  Array.from({ length: links.calls.length }, (_, call) => ({
    outcome: outcomes[links.calls.outcome[call]!],
    status: links.calls.finalStatus[call],
    messages: links.calls.messages[call],
    from: strings.text(links.calls.from[call]!),
    to: strings.text(links.calls.to[call]!),
    ring: (links.calls.ring[call]! - links.calls.start[call]!) / 1e6,
    answer: (links.calls.answer[call]! - links.calls.start[call]!) / 1e6,
    end: (links.calls.end[call]! - links.calls.start[call]!) / 1e6,
  }));
const registrations = ({ links, evidence: { strings } }: ReadGrounds) =>
  Array.from({ length: links.registrations.length }, (_, row) => ({
    aor: strings.text(links.registrations.aor[row]!),
    host: strings.text(links.registrations.host[row]!),
    outcome: registrationOutcomes[links.registrations.outcome[row]!],
    status: links.registrations.finalStatus[row],
    attempts: links.registrations.attempts[row],
    expires: links.registrations.expires[row],
  }));
const outcomesOf = (spec: GroundsSpec): unknown => calls(grounds(spec)).map(({ outcome, status }) => [outcome, status]);

const proxied = `
          zoom          mbg           mivb
    0.000 |--INVITE-1-->|             |
    0.010 |             |--INVITE-1-->|
    0.012 |<---100-1----|             |
    0.100 |             |<---180-1----|
    0.110 |<---180-1----|             |
    4.000 |             |<---200-1----|
    4.010 |<---200-1----|             |
    4.050 |---ACK-1---->|             |
    4.060 |             |---ACK-1---->|
   34.000 |             |<---BYE-7----|
   34.010 |<---BYE-7----|             |
   34.020 |----200-7--->|             |
   34.030 |             |----200-7--->|`;

describe('link', () => {
  it('makes one call of all hops, with its times', () => {
    const read = grounds({ ladder: proxied });
    expect(calls(read)).toEqual([
      {
        outcome: 'answered',
        status: 200,
        messages: 13,
        from: 'sip:2001@pbx.example',
        to: 'sip:2002@pbx.example',
        ring: 0.1,
        answer: 4,
        end: 34,
      },
    ]);
    expect(read.links.dialogs.length).toBe(1);
    expect(read.links.legs.length).toBe(1);
    // one transaction a hop; both ACK belong to their INVITE
    expect(read.links.transactions.length).toBe(4);
    expect(Array.from(read.links.transactions.ack).filter((row) => row >= 0)).toHaveLength(2);
    expect(new Set(read.links.dialogOf)).toEqual(new Set([0]));
  });

  it('draws what it was given', () => {
    const { evidence, clock, links } = grounds({ ladder: proxied });
    expect(`\n${ladderOf(evidence, clock, links.callMessages(0).subarray(0, 6))}`).toMatchInlineSnapshot(`
      "
                10.0.0.1       10.0.0.2       10.0.0.3
          0.000 |---INVITE-1-->|              |
          0.010 |              |---INVITE-1-->|
          0.012 |<----100-1----|              |
          0.100 |              |<----180-1----|
          0.110 |<----180-1----|              |
          4.000 |              |<----200-1----|"
    `);
  });
});

describe('outcome of a call', () => {
  const answered = (final: string): string => `
           zoom          mbg
     0.000 |--INVITE-1-->|
     0.020 |<---180-1----|
     2.000 |<---${final}-1----|
     2.010 |---ACK-1---->|`;
  it.each([
    ['486', 'busy'],
    ['600', 'busy'],
    ['408', 'timeout'],
    ['404', 'rejected'],
    ['603', 'rejected'],
    ['487', 'cancelled'],
  ])('%s is %s', (status, outcome) => {
    expect(outcomesOf({ ladder: answered(status) })).toEqual([[outcome, Number(status)]]);
  });

  it('is that of the attempt after a challenge', () => {
    const ladder = `
           zoom          mbg
     0.000 |--INVITE-1-->|
     0.020 |<---407-1----|
     0.030 |---ACK-1---->|
     0.040 |--INVITE-2-->|
     2.000 |<---200-2----|
     2.010 |---ACK-2---->|`;
    expect(outcomesOf({ ladder })).toEqual([['answered', 200]]);
  });

  it('is cancelled where the caller hung up, whatever is still to come', () => {
    const ladder = `
           zoom          mbg
     0.000 |--INVITE-1-->|
     0.020 |<---180-1----|
     5.000 |--CANCEL-1-->|
     5.010 |<-200:CANCEL-1-|
    90.000 |             |`;
    expect(outcomesOf({ ladder })).toEqual([['cancelled', 0]]);
  });

  const unanswered = (end: string, ringing = ''): string => `
           zoom          mbg
     0.000 |--INVITE-1-->|${ringing}
${end.padStart(10)} |             |`;
  const rings = '\n     0.020 |<---180-1----|';
  it('is open while the capture ends too early to tell', () => {
    expect(outcomesOf({ ladder: unanswered('31.000') })).toEqual([['in-progress', 0]]);
    expect(outcomesOf({ ladder: unanswered('32.000') })).toEqual([['timeout', 0]]);
  });
  it('waits three minutes while it rings', () => {
    expect(outcomesOf({ ladder: unanswered('90.000', rings) })).toEqual([['in-progress', 0]]);
    expect(outcomesOf({ ladder: unanswered('180.000', rings) })).toEqual([['timeout', 0]]);
  });
  it('is incomplete where the start was not captured', () => {
    const ladder = `
           zoom          mbg
     0.000 |----BYE-2--->|
     0.020 |<---200-2----|`;
    expect(outcomesOf({ ladder })).toEqual([['incomplete', 0]]);
  });
});

describe('copies of a message', () => {
  const resent = `
           zoom          mbg
     0.000 |--INVITE-1-->|
     0.500 |--INVITE-1-->|
     1.500 |--INVITE-1-->|
     1.600 |<---100-1----|
     2.000 |<---486-1----|
     2.010 |---ACK-1---->|`;
  const sent = { path: 'a.pcap', drawn: resent };
  const copies = ({ links }: ReadGrounds): number[] => [
    links.duplicateOf.filter((row) => row >= 0).length,
    links.repeatOf.filter((row) => row >= 0).length,
    links.transactions.repeats[0]!,
  ];

  it('are repeats where they were sent again', () => {
    expect(copies(grounds({ ladder: resent }))).toEqual([0, 2, 2]);
  });
  it('are duplicates where two captures saw them', () => {
    const read = grounds({ ladder: [sent, { ...sent, path: 'b.pcap', start: '2026-11-12T08:00:00.020Z' }] });
    expect(copies(read)).toEqual([6, 2, 2]);
  });
  it('are duplicates where the clocks of two captures differ', () => {
    const read = grounds({ ladder: [sent, { ...sent, path: 'b.pcap', start: '2026-11-12T08:01:35Z' }] });
    expect(copies(read)).toEqual([6, 2, 2]);
  });
  it('are duplicates where one capture saw them twice within a mirror’s delay', () => {
    const twice = `
           zoom          mbg
     0.000 |--INVITE-1-->|
     0.001 |--INVITE-1-->|
     0.100 |<---486-1----|
     0.101 |<---486-1----|`;
    expect(copies(grounds({ ladder: twice }))).toEqual([2, 0, 0]);
  });
  it('are repeats across the files of a rotated capture', () => {
    const read = grounds({
      ladder: [
        { path: 'x.pcap0', drawn: '\n  zoom  mbg\n 0.000 |--INVITE-1-->|\n 0.500 |--INVITE-1-->|' },
        {
          path: 'x.pcap1',
          drawn: '\n  zoom  mbg\n 1.500 |--INVITE-1-->|\n 3.500 |--INVITE-1-->|\n 3.600 |<---486-1----|',
        },
      ],
    });
    expect(copies(read)).toEqual([0, 3, 3]);
  });
});

describe('files', () => {
  const part = (path: string, rows: string, start = '2026-11-12T08:00:00Z') => ({
    path,
    start,
    drawn: `
           zoom          mbg
${rows}`,
  });
  const first = '     0.000 |--INVITE-1-->|\n     0.020 |<---180-1----|';
  const second = '     4.000 |<---200-1----|\n     4.050 |---ACK-1---->|';
  const third = '    30.000 |----BYE-2--->|\n    30.010 |<---200-2----|';
  const whole = calls(grounds({ ladder: part('whole.pcap', [first, second, third].join('\n')) }));
  it.each([[['a.pcap0', 'a.pcap1', 'a.pcap2']], [['z.pcap', 'b.pcap', 'a.pcap']]])(
    'rotated as %s make the same calls',
    ([a = '', b = '', c = '']) => {
      const read = grounds({ ladder: [part(a, first), part(b, second), part(c, third)] });
      expect(calls(read)).toEqual(whole);
    },
  );
});

describe('order', () => {
  it('puts a request before a response that carries its stamp', () => {
    const ladder = `
           zoom          mbg
     0.000 |<---100-1----|
     0.000 |--INVITE-1-->|
     1.000 |<---486-1----|`;
    const { links, evidence } = grounds({ ladder });
    expect(Array.from(links.order, (row) => evidence.messages.status[row])).toEqual([0, 100, 486]);
  });
});

describe('registrations', () => {
  const registered = `
           zoom            mbg
     0.000 |--REGISTER-1-->|
     0.020 |<----401-1-----|
     0.030 |--REGISTER-2-->|
     0.050 |<----200-2-----|`;
  const one = (ladder: string) => registrations(grounds({ ladder }))[0];
  it('knows who is registered, where and for how long', () => {
    expect(registrations(grounds({ ladder: registered }))).toEqual([
      { aor: 'sip:2001@pbx.example', host: '10.0.0.2', outcome: 'registered', status: 200, attempts: 2, expires: 3600 },
    ]);
  });
  it('lapses where nothing refreshes it', () => {
    expect(one(`${registered}\n  3700.000 |               |`)?.outcome).toBe('lapsed');
  });
  it('is rejected, challenged or unanswered', () => {
    expect(one(registered.replace('200', '403'))).toMatchObject({ outcome: 'rejected', status: 403 });
    expect(one(registered.replace('200', '401'))).toMatchObject({ outcome: 'challenged', status: 401 });
    const silent = '\n  zoom  mbg\n 0.000 |--REGISTER-1-->|\n 60.000 |   |';
    expect(one(silent)).toMatchObject({ outcome: 'unanswered', status: 0, attempts: 1 });
  });
  it('is removed by Expires: 0', () => {
    const away = { drawn: registered, with: { 'REGISTER-2': ['Expires: 0'] } };
    expect(registrations(grounds({ ladder: away }))[0]?.outcome).toBe('removed');
  });
  it('stays what it was where the refresh is still open when the capture ends', () => {
    expect(one(`${registered}\n  1800.000 |--REGISTER-3-->|`)?.outcome).toBe('registered');
  });
});
