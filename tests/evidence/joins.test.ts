import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { LegsByHand } from '../../src/evidence/joins-by-hand';
import { link } from '../../src/evidence/link';
import { outcomes } from '../../src/evidence/links';
import type { DrawnCapture, GroundsSpec } from '../../src/rules/example';
import { grounds, groundsOf, readFiles, type ReadGrounds } from '../build/grounds';

/** Calls as the Call-IDs of their legs; pairs of legs with weights and reasons. */
const told = ({ links, evidence: { strings } }: ReadGrounds) => {
  const { legs, calls, joins } = links;
  const name = (leg: number): string => strings.text(legs.callId[leg]!).replace(/@example$/, '');
  return {
    calls: Array.from({ length: calls.length }, (_, call) =>
      Array.from(legs.call, (of, leg) => (of === call ? name(leg) : '')).filter((one) => one !== ''),
    ),
    joins: Array.from(
      { length: joins.length },
      (_, row) =>
        `${name(joins.legA[row]!)} ${name(joins.legB[row]!)} ${joins.weight[row]} ${strings.text(joins.reason[row]!)}`,
    ),
  };
};
const of = (ladder: DrawnCapture | readonly DrawnCapture[], facts: GroundsSpec['facts'] = {}): ReadGrounds =>
  grounds({ ladder, facts });

const bridged = `
          zoom           mbg           pbx
    0.000 |--INVITE-1a-->|             |
    0.010 |              |--INVITE-1b->|
    0.100 |              |<---180-1b---|
    0.110 |<---180-1a----|             |
    2.000 |              |<---200-1b---|
    2.010 |<---200-1a----|             |
    2.020 |---ACK-1a---->|             |
    2.030 |              |---ACK-1b--->|
    9.000 |---BYE-2a---->|             |
    9.010 |              |---BYE-2b--->|
    9.020 |              |<---200-2b---|
    9.030 |<---200-2a----|             |`;
/** The same call later, with other Call-IDs. */
const shifted = (drawn: string, letters: string, by: number): string =>
  drawn
    .split('\n')
    .slice(2)
    .map((line) =>
      line
        .replace(/^\s*[\d.]+/, (time) => ` ${(Number(time) + by).toFixed(3)}`)
        .replace(
          /-(\d)([ab])(?=-)/g,
          (_, cseq: string, letter: string) => `-${cseq}${letters[letter === 'a' ? 0 : 1]}`,
        ),
    )
    .join('\n');
const users = { a: ['2001', '2002'], b: ['2001', '2002'], c: ['2003', '2004'], d: ['2003', '2004'] } as const;
const sdp = (port: number, origin = '- 20001 1 IN IP4 10.0.0.1', address = '10.0.0.1'): string[] => [
  'v=0',
  `o=${origin}`,
  's=-',
  `c=IN IP4 ${address}`,
  't=0 0',
  `m=audio ${port} RTP/AVP 8`,
];

describe('two legs are one call', () => {
  it('where one caller calls one user through a host', () => {
    const read = of({ drawn: bridged, users });
    expect(told(read)).toEqual({ calls: [['calla', 'callb']], joins: ['calla callb 60 users'] });
    expect(read.links.calls.legs[0]).toBe(2);
    expect(read.links.callMessages(0)).toHaveLength(12);
  });
  it.each<[string, Record<string, readonly string[]>, string]>([
    ['media', { 'INVITE-1a': sdp(40_000), 'INVITE-1b': sdp(40_000, '- 30001 1 IN IP4 10.0.0.2') }, '80 sdp-address'],
    ['origin', { 'INVITE-1a': sdp(40_000), 'INVITE-1b': sdp(50_000, undefined, '10.0.0.2') }, '80 sdp-origin'],
    [
      'origin under another address',
      {
        'INVITE-1a': sdp(40_000, '- 394885713022 1 IN IP4 10.0.0.1'),
        'INVITE-1b': sdp(50_000, '- 394885713022 1 IN IP4 10.0.0.2', '10.0.0.2'),
      },
      '80 sdp-origin',
    ],
    [
      'Session-ID',
      {
        'INVITE-1a': ['Session-ID: ab30317f1a784dc48ff824d0d3715d86;remote=00000000000000000000000000000000'],
        'INVITE-1b': ['Session-ID: ab30317f1a784dc48ff824d0d3715d86'],
      },
      '100 session-id',
    ],
    ['a header', { 'INVITE-1b': ['X-Call-ID: calla@example'] }, '100 header'],
    [
      'a correlation id',
      Object.fromEntries(
        ['INVITE-1a', 'INVITE-1b'].map((label) => [label, ['x-mitel-correlation-id: 1f0c1d52-3a0b-4a52-9d0e-0c5a']]),
      ),
      '100 header',
    ],
    ['a Call-ID', { 'INVITE-1b': ['Call-ID: calla@example-b2b_1'] }, '85 call-id'],
  ])('where they have %s in common', (_, more, reason) => {
    const other = { a: ['2001', '2002'], b: ['4711', '0815'] } as const;
    const drawn = more['INVITE-1b']?.[0]?.startsWith('Call-ID')
      ? bridged.replace(/.*-\d[b]-.*\n(?<!INVITE.*\n)/g, '')
      : bridged;
    const { calls, joins } = told(of({ drawn, users: other, with: more }));
    expect(calls).toHaveLength(1);
    expect(joins[0]).toMatch(new RegExp(`${reason}$`));
  });
  it('where numbers end alike', () => {
    const long = { a: ['+33123454001', '4142'], b: ['0123454001', '4142'] } as const;
    expect(told(of({ drawn: bridged, users: long })).calls).toHaveLength(1);
    const other = { a: ['+33123454001', '4142'], b: ['0123454002', '4142'] } as const;
    expect(told(of({ drawn: bridged, users: other })).calls).toHaveLength(2);
  });
  it('through the addresses of one border', () => {
    const sides = {
      drawn: `
          zoom           set           icp           pbx
    0.000 |--INVITE-1a-->|             |             |
    0.010 |              |             |--INVITE-1b->|
    0.020 |              |             |<---486-1b---|
    0.030 |<---486-1a----|             |             |`,
      users,
    };
    expect(told(of(sides)).calls).toHaveLength(2);
    const signed = [
      ['INVITE-1b', ['User-Agent: Mitel Border GW/4.11.0.163-01']],
      ['486-1a', ['Server: Mitel Border GW/4.11.0.163-01']],
    ];
    expect(told(of({ ...sides, with: Object.fromEntries(signed) as Record<string, string[]> })).calls).toHaveLength(1);
    const hosts = [
      { address: '10.0.0.2', name: 'MBG' },
      { address: '10.0.0.3', name: 'MBG' },
    ];
    expect(told(of(sides, { hosts })).calls).toHaveLength(1);
  });
  it('and have the outcome that the caller saw', () => {
    const refused = bridged.replace('200-1a', '503-1a');
    const { links, evidence } = of({ drawn: refused, users: { a: ['2001', '2002'], b: ['2001', '2002'] } });
    expect(outcomes[links.calls.outcome[0]!]).toBe('rejected');
    expect(evidence.strings.text(links.calls.from[0]!)).toBe('sip:2001@pbx.example');
  });
});

describe('two calls stay two', () => {
  const head = '\n zoom mbg pbx\n';
  const both = (by: number): string =>
    `${head}${bridged.split('\n').slice(2).join('\n')}\n${shifted(bridged, 'cd', by)}`;
  it('between the same hosts at the same moment', () => {
    const { calls, joins } = told(of({ drawn: both(0), users }));
    expect(calls).toEqual([
      ['calla', 'callb'],
      ['callc', 'calld'],
    ]);
    expect(joins).toEqual(['calla callb 60 users', 'callc calld 60 users']);
  });
  it('with one fixed port and session id on each host', () => {
    const fixed = Object.fromEntries(['a', 'b', 'c', 'd'].map((leg) => [`INVITE-1${leg}`, sdp(6000)]));
    const { calls } = told(of({ drawn: both(0.5), users, with: fixed }));
    expect(calls).toEqual([
      ['calla', 'callb'],
      ['callc', 'calld'],
    ]);
  });
  it('where the same users call at the same moment, and which leg follows which is not told', () => {
    const same = Object.fromEntries(['a', 'b', 'c', 'd'].map((leg) => [leg, ['2001', '2002']])) as Record<
      string,
      readonly [string, string]
    >;
    const crossed = `${head} 0.000 |--INVITE-1a-->| |\n 0.001 |--INVITE-1c-->| |\n 0.010 | |--INVITE-1b->|\n 0.011 | |--INVITE-1d->|
 1.000 | |<-486-1b-|\n 1.001 | |<-486-1d-|\n 1.010 |<-486-1a-| |\n 1.011 |<-486-1c-| |`;
    const { calls, joins } = told(of({ drawn: crossed, users: same }));
    expect(calls).toHaveLength(4);
    expect(joins).toEqual([
      'calla callb 45 users',
      'calla calld 45 users',
      'callc callb 45 users',
      'callc calld 45 users',
    ]);
  });
  it('with the same seconds as session id', () => {
    const crossing = `
          one            mbg           two
    0.000 |--INVITE-1a-->|             |
    0.010 |              |<--INVITE-1c-|
    1.000 |<---486-1a----|             |
    1.010 |              |---486-1c--->|`;
    const seconds = {
      'INVITE-1a': sdp(40_000, '- 3971849600 1 IN IP4 10.0.0.1'),
      'INVITE-1c': sdp(40_000, '- 3971849600 1 IN IP4 10.0.0.3', '10.0.0.3'),
    };
    const { calls, joins } = told(of({ drawn: crossing, users, with: seconds }));
    expect([calls.length, joins]).toEqual([2, []]);
  });
  it('with different Session-IDs, whatever their media say', () => {
    const differ = {
      'INVITE-1a': ['Session-ID: ab30317f1a784dc48ff824d0d3715d86', ...sdp(40_000)],
      'INVITE-1b': ['Session-ID: 47755a9de7794ba387653f2099600ef2', ...sdp(40_000)],
    };
    expect(told(of({ drawn: bridged, users, with: differ }))).toEqual({ calls: [['calla'], ['callb']], joins: [] });
  });
  it('where only time and a host bring them together', () => {
    const other = { a: ['2001', '2002'], b: ['3001', '3002'] } as const;
    expect(told(of({ drawn: bridged, users: other }))).toEqual({
      calls: [['calla'], ['callb']],
      joins: ['calla callb 30 hosts'],
    });
  });
  it('where a port is used again after the call', () => {
    const one = `
          zoom           mbg           pbx
    0.000 |--INVITE-1a-->|             |
    1.000 |<---486-1a----|             |
    2.000 |              |--INVITE-1c->|
    3.000 |              |<---486-1c---|`;
    const again = { 'INVITE-1a': sdp(40_000), 'INVITE-1c': sdp(40_000) };
    expect(told(of({ drawn: one, users, with: again })).calls).toHaveLength(2);
  });
});

describe('forking and transfer', () => {
  it('forks to two phones behind one address are one call, answered by one of them', () => {
    const forked = `
          pbx            mbg           nat
    0.000 |--INVITE-1a-->|             |
    0.010 |              |--INVITE-1b->|
    0.012 |              |--INVITE-1c->|
    0.100 |              |<---180-1b---|
    0.110 |              |<---180-1c---|
    0.120 |<---180-1a----|             |
    3.000 |              |<---200-1b---|
    3.010 |<---200-1a----|             |
    3.020 |---ACK-1a---->|             |
    3.030 |              |---ACK-1b--->|
    3.040 |              |--CANCEL-1c->|
    3.050 |              |<---487-1c---|
    3.060 |              |---ACK-1c--->|`;
    const own = { a: ['2001', '2002'], b: ['2001', '2002'], c: ['2001', '2002'] } as const;
    const read = of({ drawn: forked, users: own });
    expect(told(read)).toEqual({
      calls: [['calla', 'callb', 'callc']],
      joins: ['calla callb 60 users', 'calla callc 60 users'],
    });
    expect(outcomes[read.links.calls.outcome[0]!]).toBe('answered');
  });
  const talking = `
          anna           pbx           bob           carl
    0.000 |--INVITE-1a-->|             |             |
    1.000 |<---200-1a----|             |             |
    1.010 |---ACK-1a---->|             |             |`;
  const parties = { a: ['2001', '2002'], c: ['2001', '2003'], r: ['2001', '2003'] } as const;
  it('an attended transfer names the leg that it replaces', () => {
    const drawn = `${talking}
    9.000 |              |--INVITE-1r----------------->|
    9.100 |              |<---200-1r-------------------|
    9.200 |              |---ACK-1r------------------->|
    9.300 |<---BYE-2a----|             |             |`;
    const more = { 'INVITE-1r': ['Replaces: calla@example;to-tag=x;from-tag=y'] };
    expect(told(of({ drawn, users: parties, with: more }))).toEqual({
      calls: [['calla', 'callr']],
      joins: ['calla callr 95 replaces'],
    });
  });
  it('a blind transfer is carried out by who was asked', () => {
    const drawn = `${talking}
    9.000 |<---REFER-2a--|             |             |
    9.010 |---202-2a---->|             |             |
    9.100 |--INVITE-1c-->|             |             |
    9.900 |<---200-1c----|             |             |
    9.910 |---ACK-1c---->|             |             |`;
    const more = { 'REFER-2a': ['Refer-To: <sip:2003@pbx.example>'] };
    expect(told(of({ drawn, users: parties, with: more }))).toEqual({
      calls: [['calla', 'callc']],
      joins: ['calla callc 95 transfer'],
    });
    expect(told(of({ drawn: drawn.replace(/.*(?:REFER|202).*\n/g, ''), users: parties })).calls).toHaveLength(2);
  });
});

describe('the border of the lab', () => {
  it('gives four calls of seven legs', () => {
    const bytes = new Uint8Array(readFileSync('tests/lab/captures/border.pcap'));
    const read = groundsOf(readFiles({ 'border.pcap': bytes }));
    const { legs, calls } = read.links;
    expect(Array.from(legs.call).filter((call) => call >= 0)).toHaveLength(7);
    expect(
      Array.from(
        { length: calls.length },
        (_, call) =>
          `${read.evidence.strings.text(calls.from[call]!)} ${read.evidence.strings.text(calls.to[call]!)} ${calls.legs[call]}`,
      ),
    ).toEqual([
      'sip:4150@aster.example sip:4142@aster.example 2',
      'sip:4150@aster.example sip:4169@aster.example 1',
      'sip:4151@aster.example sip:4160@aster.example 2',
      'sip:4163@aster.example sip:4160@aster.example 2',
    ]);
    expect(told(read).joins.filter((join) => !/ sdp-| users$/.test(join))).toEqual([]);
  });
  it('whatever the order in which the halves come', () => {
    const half = (name: string) => ({ [name]: new Uint8Array(readFileSync(`tests/lab/captures/${name}`)) });
    const one = told(groundsOf(readFiles({ ...half('client-side.pcap'), ...half('pbx-side.pcap') })));
    const other = told(groundsOf(readFiles({ ...half('pbx-side.pcap'), ...half('client-side.pcap') })));
    expect(other).toEqual(one);
    expect(one.calls).toHaveLength(4);
  });
});

describe('many legs', () => {
  it('of one constant header and one media address are not joined', () => {
    const count = 40;
    const rows = Array.from({ length: count }, (_, n) => ` 0.${String(n).padStart(3, '0')} |--INVITE-${n + 1}a-->|`);
    const ladder = Array.from({ length: count }, (_, n): DrawnCapture => ({
      path: `${n}.pcap`,
      drawn: `\n zoom mbg\n${rows[n]}\n 5.000 |<-486-${n + 1}a-|`,
      hosts: { zoom: `10.1.0.${n + 1}`, mbg: '10.0.0.2' },
      with: {
        [`INVITE-${n + 1}a`]: [`Call-ID: leg-number-${n}-of-many`, 'X-CID: constant-value', ...sdp(6000)],
      },
    }));
    expect(told(of(ladder)).calls).toHaveLength(count);
  });
});

describe('by headers that a person named', () => {
  const ladder: DrawnCapture = {
    drawn: bridged,
    users: { a: ['2001', '2002'], b: ['7001', '7002'] },
    with: { 'INVITE-1a': ['X-Trunk-Ref: r17'], 'INVITE-1b': ['x-trunk-ref: other, r17'] },
  };

  it('joins legs of one value, and names the header', () => {
    expect(told(of(ladder)).calls).toEqual([['calla'], ['callb']]);
    const given = of(ladder, { correlationHeaders: ['X-Trunk-Ref'] });
    expect(told(given)).toEqual({ calls: [['calla', 'callb']], joins: ['calla callb 100 header'] });
    expect(given.evidence.strings.text(given.links.joins.header[0]!)).toBe('x-trunk-ref');
  });

  it('takes no header that is not there, and no flag', () => {
    const flags = { ...ladder, with: { 'INVITE-1a': ['X-On: 1'], 'INVITE-1b': ['X-On: 1'] } };
    expect(told(of(flags, { correlationHeaders: ['X-On', 'X-Nowhere', 'no name'] })).calls).toHaveLength(2);
  });
});

describe('by hand', () => {
  const ladder = { drawn: bridged, users: { a: ['2001', '2002'], b: ['7001', '7002'] } as const };
  const linked = (hand: LegsByHand) => {
    const given = grounds({ ladder });
    return told({ ...given, links: link(given.evidence, given.clock, [], hand) });
  };
  const pair = ['calla@example', 'callb@example'] as const;

  it('joins what nothing else joins, and says so', () => {
    expect(linked({ joined: [], parted: [] }).calls).toEqual([['calla'], ['callb']]);
    const { calls, joins } = linked({ joined: [[...pair]], parted: [] });
    expect(calls).toEqual([['calla', 'callb']]);
    expect(joins).toContain('calla callb 120 hand');
  });

  it('parts what the messages join', () => {
    const given = grounds({ ladder: bridged });
    const apart = link(given.evidence, given.clock, [], { joined: [], parted: [[...pair]] });
    expect(given.links.calls.length).toBe(1);
    expect(apart.calls.length).toBe(2);
  });

  it('takes no notice of Call-IDs that are not there', () => {
    expect(linked({ joined: [['calla@example', 'gone']], parted: [['x', 'y']] }).calls).toEqual([['calla'], ['callb']]);
  });
});
