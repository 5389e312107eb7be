import { describe, expect, it } from 'vitest';
import { describeCalls, selectCalls } from '../../src/analysis/calls';
import type { Focus, Query } from '../../src/analysis/desk';
import { describeRegistrations, selectRegistrations } from '../../src/analysis/registrations';
import type { Finding } from '../../src/rules/evaluate';
import { drawnView } from './drawn-view';

const finding = (offset: number): Finding => ({
  key: 'busy|4142',
  rule: 'busy',
  rows: [],
  outcome: 'found',
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'certain',
  subject: '4142',
  also: [],
  hosts: [],
  at: [{ artifact: 0, offset, length: 1 }],
  count: 1,
  values: {},
  missing: [],
  guards: [],
  clockAssumed: false,
});

const spec = {
  ladder: {
    // b rings for two seconds and is answered, c is busy, d is never answered at all
    drawn: `
          zoom            mbg             mivb
    0.000 |--REGISTER-1-->|               |
    0.010 |<----401-1-----|               |
    0.020 |--REGISTER-2-->|               |
    0.030 |<----200-2-----|               |
    1.000 |               |<--INVITE-1b---|
    3.000 |               |----180-1b---->|
    5.000 |               |----200-1b---->|
    5.010 |               |<---ACK-1b-----|
   65.000 |               |<---BYE-2b-----|
   65.010 |               |----200-2b---->|
   70.000 |               |<--INVITE-1c---|
   70.020 |               |----486-1c---->|
   70.030 |               |<---ACK-1c-----|
   80.000 |               |<--INVITE-1d---|
  180.000 |               |               |
  `,
    users: { '': ['4142', '4142'], b: ['+15550100', '4142'], c: ['2001', '4142'], d: ['2001', '4143'] },
    with: { '200-2': ['Contact: <sip:4142@10.0.0.1>;expires=300'] },
  },
} as const;
const { view: plain } = drawnView(spec);
const busyAt = plain.evidence.messages.offset[plain.links.calls.last[1]!]!;
const { view } = drawnView(spec, [finding(busyAt)]);

const calls = (query: Query): number[] => [...selectCalls(view, query)];
const byFilter = (filter: string): number[] => calls({ filter });
const byFocus = (focus: Focus): number[] => calls({ focus: [focus] });

describe('calls', () => {
  it('are filtered by one of several words, by port, transport, reason and user', () => {
    expect(byFilter('outcome:busy|answered')).toEqual([0, 1]);
    expect(byFilter('method:OPTIONS|ACK')).toEqual([0, 1]);
    expect(byFilter('-status:486|200')).toEqual([2]);
    expect(byFilter('port:5060 transport:udp')).toEqual([0, 1, 2]);
    expect(byFilter('port:5061')).toEqual([]);
    expect(byFilter('reason:"Busy Here"')).toEqual([1]);
    expect(byFilter('user:4143')).toEqual([2]);
    expect(byFilter('loss>1%')).toEqual([]);
  });

  it('describes each call', () => {
    expect(describeCalls(view, [0, 1, 2])).toMatchObject([
      {
        from: 'sip:+15550100@pbx.example',
        outcome: 'answered',
        finalStatus: 200,
        setup: 2e6,
        duration: 60e6,
        messages: 6,
      },
      { outcome: 'busy', finalStatus: 486, setup: NaN, duration: NaN, findings: [0] },
      { outcome: 'timeout', finalStatus: 0, findings: [] },
    ]);
    expect(describeCalls(view, [0])[0]).toMatchObject({ callIds: ['callb@example'], hosts: ['10.0.0.3', '10.0.0.2'] });
    expect(describeCalls(view, [7, -1])).toEqual([]);
  });

  it('are found by each documented key', () => {
    expect(byFilter('from:555')).toEqual([0]);
    expect(byFilter('to=4142')).toEqual([0, 1]);
    expect(byFilter('outcome:busy')).toEqual([1]);
    expect(byFilter('status>=400')).toEqual([1]);
    expect(byFilter('status:4xx')).toEqual([1]);
    expect(byFilter('status<3xx')).toEqual([0]);
    expect(byFilter('method:bye')).toEqual([0]);
    expect(byFilter('host:10.0.0.3')).toEqual([0, 1, 2]);
    expect(byFilter('callid:calld')).toEqual([2]);
    expect(byFilter('agent:mivb')).toEqual([0, 1, 2]);
    expect(byFilter('setup>=2s')).toEqual([0]);
    expect(byFilter('setup>=2')).toEqual([0]);
    expect(byFilter('duration>2min')).toEqual([]);
    expect(byFilter('legs:1 messages:3')).toEqual([1]);
    expect(byFilter('finding:any')).toEqual([1]);
    expect(byFilter('finding:warning')).toEqual([1]);
  });

  it('are found by words, and left out by negation', () => {
    expect(byFilter('4143')).toEqual([2]);
    expect(byFilter('calld@example')).toEqual([2]);
    expect(byFilter('-4143')).toEqual([0, 1]);
    expect(byFilter('to:4142 -outcome:busy')).toEqual([0]);
  });

  it('take unknown keys as words, also those that every object has', () => {
    expect(byFilter('sip:4143')).toEqual([2]);
    expect(byFilter('constructor:x')).toEqual([]);
    expect(byFilter('constructor>1')).toEqual([]);
  });

  it('are narrowed by what is pinned', () => {
    expect(byFocus({ kind: 'number', label: '', values: ['+1 555 0100'] })).toEqual([0]);
    expect(byFocus({ kind: 'id', label: '', values: ['callc@example'] })).toEqual([1]);
    expect(byFocus({ kind: 'host', label: '', values: ['10.0.0.1'] })).toEqual([]);
    const at = (second: number): number => view.links.calls.start[0]! + (second - 1) * 1e6;
    expect(byFocus({ kind: 'time', label: '', from: at(20), to: at(75) })).toEqual([0, 1]);
  });

  it('are sorted, with what did not happen last either way', () => {
    expect(calls({ sort: { column: 'start', descending: true } })).toEqual([2, 1, 0]);
    expect(calls({ sort: { column: 'setup', descending: false } })[0]).toBe(0);
    expect(calls({ sort: { column: 'setup', descending: true } })[0]).toBe(0);
    expect(calls({ sort: { column: 'outcome', descending: false } })).toEqual([0, 1, 2]);
  });
});

describe('registrations', () => {
  it('are described and filtered the same way', () => {
    const select = (filter: string): number[] => [...selectRegistrations(view, { filter })];
    expect(describeRegistrations(view, [0])).toMatchObject([
      {
        aor: 'sip:4142@pbx.example',
        host: '10.0.0.2',
        outcome: 'registered',
        finalStatus: 200,
        attempts: 2,
        expires: 300,
      },
    ]);
    expect(select('aor:4142')).toEqual([0]);
    expect(select('expires=5min')).toEqual([0]);
    expect(select('expires<300')).toEqual([]);
    expect(select('status:401')).toEqual([0]);
    expect(select('outcome:rejected')).toEqual([]);
  });
});
