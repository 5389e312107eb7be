import { describe, expect, it } from 'vitest';
import type { Ladder } from '../../src/analysis/desk';
import { ladderOf } from '../../src/analysis/ladder';
import type { GroundsSpec } from '../../src/rules/example';
import { drawnView } from './drawn-view';

const draw = (spec: GroundsSpec, point?: number): Promise<Ladder> => {
  const { view, read } = drawnView(spec);
  return ladderOf(view, { kind: 'call', row: 0, ...(point === undefined ? {} : { point }) }, read);
};
const carried = ({ messages }: Ladder): string[] =>
  messages.map(({ method, status, summary }) => `${status || method} ${summary}`);
const marks = ({ notes, lanes }: Ladder): string[] =>
  notes.flatMap(({ mark, lane }) => (mark ? [`${mark.what} ${lanes[lane]!.host}`] : []));

describe('hold and retrieve', () => {
  const drawn = `
          a               b
    0.000 |---INVITE-1--->|
    0.010 |<----200-1-----|
    0.020 |----ACK-1----->|
    5.000 |---INVITE-2--->|
    5.010 |<----200-2-----|
    5.020 |----ACK-2----->|
    9.000 |---INVITE-3--->|
    9.010 |<----200-3-----|
    9.020 |----ACK-3----->|
  `;
  const audio = 'm=audio 4000 RTP/AVP 8';
  const answer = { '200-1': [audio], '200-2': [audio, 'a=recvonly'], '200-3': [audio] };

  it('stand on the offers that begin and end it', async () => {
    const offers = { 'INVITE-1': [audio], 'INVITE-2': [audio, 'a=sendonly'], 'INVITE-3': [audio, 'a=sendrecv'] };
    const held = carried(await draw({ ladder: { drawn, with: { ...answer, ...offers } } })).filter((line) =>
      /hold|retrieve/.test(line),
    );
    expect(held).toEqual(['INVITE hold · PCMA sendonly · offer', 'INVITE retrieve · PCMA · offer']);
  });

  it('are told of the older form, and not of a call that begins one way', async () => {
    const older = { 'INVITE-1': [audio, 'a=sendonly'], 'INVITE-2': [audio, 'c=IN IP4 0.0.0.0'], 'INVITE-3': [audio] };
    const lines = carried(await draw({ ladder: { drawn, with: { ...answer, ...older } } })).filter((line) =>
      line.startsWith('INVITE'),
    );
    expect(lines[0]).not.toContain('hold');
    expect(lines[1]).toContain('hold');
    expect(lines[2]).toContain('retrieve');
  });
});

describe('marks beside the messages', () => {
  const drawn = `
          a               b
    0.000 |---INVITE-1--->|
    2.000 |<----486-1-----|
  `;
  const ends = '10.0.0.1:40000 > 10.0.0.2:5061';

  it('tell TLS, its alert and a refused connection at the host that met them', async () => {
    const ladder = await draw({
      ladder: drawn,
      connections: [
        {
          ends,
          steps: ['0.1 > SYN', '0.1 < SYN', '0.2 > hello 1.2 sni=pbx.example', '0.3 < hello 1.2', '0.4 > alert 2 48'],
        },
        { ends: '10.0.0.2:40001 > 10.0.0.1:5061', steps: ['0.5 > SYN', '0.5 < RST'] },
      ],
    });
    expect(marks(ladder)).toEqual(['tls 10.0.0.1', 'alert 10.0.0.1', 'refused 10.0.0.2']);
    expect(ladder.notes.map(({ mark }) => mark?.values['name']).filter(Boolean)).toContain('pbx.example');
  });

  it('leave out what happened at another time or between other hosts', async () => {
    const steps = ['0.1 > SYN', '0.1 < RST'];
    const ladder = await draw({
      ladder: drawn,
      connections: [
        { ends: '10.0.0.8:40000 > 10.0.0.9:5061', steps },
        { ends, steps: ['60 > SYN', '60 < RST'] },
      ],
    });
    expect(marks(ladder)).toEqual([]);
  });

  it('tell bytes that the capture lacks', async () => {
    const ladder = await draw({
      ladder: {
        drawn: `
          a               b
    0.000 |---INVITE-1--->|
    0.010 |<----100-1-----|
    0.500 |----INFO-2---->|
    2.000 |<----486-1-----|
  `,
        fragments: { 'INFO-2': 200 },
        missing: ['INFO-2'],
      },
    });
    expect(marks(ladder)).toEqual(['fragments 10.0.0.1']);
  });
});

describe('seen from one of two captures', () => {
  it('takes the times of that one', async () => {
    const drawn = `
          a               b
    0.000 |---INVITE-1--->|
    0.010 |<----486-1-----|
  `;
    const ladder = [
      { drawn, path: 'one.pcap' },
      { drawn, path: 'two.pcap', start: '2026-11-12T08:00:00.003Z' },
    ];
    const first = await draw({ ladder });
    const [one, two] = first.points;
    const other = await draw({ ladder }, two);
    expect(first.points).toHaveLength(2);
    expect(await draw({ ladder }, one)).toEqual(first);
    expect(other.messages.map(({ time }, n) => time - first.messages[n]!.time)).toEqual([3000, 3000]);
    expect(other.messages.map(({ sightings }) => sightings)).toEqual([2, 2]);
  });
});

describe('a log of computer telephony', () => {
  it('speaks beside the messages of its time', async () => {
    const ns = 'xmlns="http://www.ecma-international.org/standards/ecma-323/csta/ed4"';
    const ladder = await draw({
      ladder: drawnBusy,
      files: {
        'csta.log': [
          `2026-11-12 08:00:00.500 TX <?xml version="1.0"?><MonitorStart ${ns}><deviceObject>4142</deviceObject></MonitorStart>`,
          `2026-11-12 09:00:00.500 TX <?xml version="1.0"?><MonitorStop ${ns}/>`,
        ],
      },
      facts: { zones: { 'csta.log': 'UTC' } },
    });
    expect(ladder.notes.map(({ kind, source, text }) => [kind, source, /<(Monitor\w+)/.exec(text)?.[1]])).toEqual([
      ['line', 'csta.log', 'MonitorStart'],
    ]);
  });
});
const drawnBusy = `
          a               b
    0.000 |---INVITE-1--->|
    2.000 |<----486-1-----|
  `;
