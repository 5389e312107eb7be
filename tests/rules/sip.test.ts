import { describe, expect, it } from 'vitest';
import type { DrawnCapture } from '../../src/rules/example';
import { findingsOf, foundIn } from '../build/findings';

describe('request-unanswered', () => {
  const lonely = '\n  zoom  mbg\n 0.000 |--OPTIONS-1-->|\n 0.010 |<----200-1----|\n 1.000 |--REGISTER-1-->|';
  const quiet = (seconds: string): string =>
    `\n  zoom  mbg\n ${seconds} |--OPTIONS-2-->|\n ${seconds} |<----200-2----|`;
  const rotated = (second: string): DrawnCapture[] => [
    { path: 'x.pcap0', drawn: lonely },
    { path: 'x.pcap1', drawn: `${quiet('20.000')}${quiet(second).replace(/^\n.*\n/, '\n')}` },
  ];
  it('counts the files of a rotated capture as one', () => {
    expect(foundIn({ ladder: rotated('40.000') })).toEqual(['error request-unanswered 2001@pbx.example']);
    expect(foundIn({ ladder: rotated('25.000') })).toEqual([]);
  });
  it('does not take a capture of the next day for its continuation', () => {
    const ladder = [
      { path: 'monday.pcap', drawn: lonely },
      { path: 'tuesday.pcap', drawn: quiet('0.000'), start: '2026-11-13T08:00:00Z' },
    ];
    expect(foundIn({ ladder })).toEqual([]);
  });
  it('takes an answer that only another capture saw', () => {
    const call = '\n  zoom  mbg\n 0.000 |--INVITE-1-->|\n 0.010 |<---100-1----|\n 3.000 |<---486-1----|\n 90.000 |  |';
    const deaf = call.replace(/ 3\.000.*\n/, '');
    expect(foundIn({ ladder: { path: 'a.pcap', drawn: deaf } })).toEqual(['error request-unanswered 2002@pbx.example']);
    expect(
      foundIn({
        ladder: [
          { path: 'a.pcap', drawn: deaf },
          { path: 'b.pcap', drawn: call },
        ],
      }),
    ).toEqual([]);
  });
  it('tells why it cannot tell', () => {
    const early = '\n  zoom  mbg\n 0.000 |--REGISTER-1-->|\n 1.000 |  |';
    const [row] = findingsOf({ ladder: early }).filter(({ rule }) => rule === 'request-unanswered');
    expect(row).toMatchObject({ outcome: 'not-evaluated', guards: ['G1', 'G2'], also: ['2001@pbx.example'] });
  });
  it('is a note where it rang and nobody answered', () => {
    const rings = '\n  zoom  mbg\n 0.000 |--INVITE-1-->|\n 0.010 |<---180-1----|\n 181.000 |  |';
    expect(foundIn({ ladder: rings })).toEqual(['note request-unanswered 2002@pbx.example']);
  });
});

describe('answer-unacknowledged', () => {
  const resent = `
           zoom          mbg
     0.000 |--INVITE-1-->|
     4.000 |<---200-1----|
     4.500 |<---200-1----|
     5.500 |<---200-1----|
     7.500 |<---200-1----|`;
  it('counts copies sent, not copies seen', () => {
    const once = '\n zoom mbg\n 0.000 |--INVITE-1-->|\n 4.000 |<---200-1----|\n 4.500 |<---200-1----|';
    const twice = [
      { path: 'a.pcap', drawn: once },
      { path: 'b.pcap', drawn: once, start: '2026-11-12T08:01:35Z' },
    ];
    expect(foundIn({ ladder: twice }, 'answer-unacknowledged')).toEqual([]);
    expect(foundIn({ ladder: resent })).toEqual(['error answer-unacknowledged 10.0.0.1 → 10.0.0.2']);
  });
  it('takes an ACK that another capture saw', () => {
    const ack = `${resent}\n     8.000 |---ACK-1---->|`;
    expect(
      foundIn({
        ladder: [
          { path: 'a.pcap', drawn: resent },
          { path: 'b.pcap', drawn: ack },
        ],
      }),
    ).toEqual([]);
  });
  it('makes one finding of all calls between two hosts', () => {
    const calls = [resent, resent.replace(/-1(?=-)/g, '-1b')]
      .join('\n')
      .replace(/\n\s+zoom\s+mbg(?=[^]*INVITE-1b)/, '');
    const drawn = `\n zoom mbg\n${calls.replace(/\n\s+zoom\s+mbg/g, '')}`;
    const [found] = findingsOf({ ladder: drawn }).filter(({ outcome }) => outcome === 'found');
    expect(found).toMatchObject({ rule: 'answer-unacknowledged', count: 2, also: ['call@example', 'callb@example'] });
  });
});

describe('media-refused', () => {
  const passed = `
           zoom          mbg           mivb
     0.000 |--INVITE-1-->|             |
     0.010 |             |--INVITE-1-->|
     0.020 |             |<---488-1----|
     0.030 |<---488-1----|             |`;
  it('names the hop that refused, not the one that passed it on', () => {
    const ladder = { drawn: passed, with: { 'INVITE-1': ['m=audio 40000 RTP/AVP 8'] } };
    expect(foundIn({ ladder })).toEqual(['error media-refused 10.0.0.2 → 10.0.0.3 RTP/AVP']);
  });
});
