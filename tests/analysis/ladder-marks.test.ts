import { describe, expect, it } from 'vitest';
import type { Ladder } from '../../src/analysis/desk';
import { ladderOf } from '../../src/analysis/ladder';
import type { GroundsSpec } from '../../src/rules/example';
import { drawPackets } from '../build/ladder';
import { joined, pcap, pcapng, type DrawnPacket } from '../build/pcap';
import { rtp, tone } from '../build/rtp';
import { drawnView, viewOf } from './drawn-view';

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

describe('what other packets of the capture tell', () => {
  const drawn = `
          a               b
    0.000 |---INVITE-1--->|
    0.010 |<----200-1-----|
    0.020 |----ACK-1----->|
    9.000 |----BYE-2----->|
    9.010 |<----200-2-----|
  `;
  const media = ['m=audio 4000 RTP/AVP 8 101', 'a=rtpmap:101 telephone-event/8000'];
  const capture = { drawn, with: { 'INVITE-1': media, '200-1': [media[0]!.replace('4000', '6000'), media[1]!] } };
  const signalling = drawPackets(capture);
  const start = signalling[0]!.time;
  const drawWith = (packets: readonly DrawnPacket[]): Promise<Ladder> => {
    const all = [...signalling, ...packets].sort((a, b) => a.time - b.time);
    const { view, read } = viewOf({ 'a.pcap': pcap(all) });
    return ladderOf(view, { kind: 'call', row: 0 }, read);
  };
  const told = ({ notes, lanes }: Ladder): string[] =>
    notes.flatMap(({ time, lane, level, mark }) =>
      mark
        ? [
            `${(time / 1e6 - start).toFixed(1)} ${mark.what} ${lanes[lane]!.host} ${level} ${JSON.stringify(mark.values)}`,
          ]
        : [],
    );

  /** Keys pressed at b, each three packets and as many with the end bit. */
  const keys = (...pressed: readonly (readonly [at: number, event: number])[]): DrawnPacket[] =>
    pressed.flatMap(([at, event], key) =>
      [160, 320, 480, 640, 640, 640].map((duration, n) => ({
        time: start + at + n / 50,
        from: '10.0.0.2:6000',
        to: '10.0.0.1:4000',
        transport: 'udp' as const,
        payload: rtp({
          sequence: key * 6 + n,
          stamp: Math.round(at * 8000),
          type: 101,
          marker: n === 0,
          payload: tone(event, duration, n > 2),
        }),
      })),
    );

  it('keys that follow each other are one mark of who pressed them', async () => {
    expect(told(await drawWith(keys([1, 4], [2, 7], [2.6, 11], [8, 1])))).toEqual([
      '1.0 dtmf 10.0.0.2 0 {"digits":"47#","count":3}',
      '8.0 dtmf 10.0.0.2 0 {"digits":"1","count":1}',
    ]);
  });

  const name = (...labels: readonly string[]): Uint8Array =>
    joined(
      ...labels.map((label) => joined(Uint8Array.of(label.length), new TextEncoder().encode(label))),
      new Uint8Array(1),
    );
  const dns = (id: number, code: number | undefined, labels: readonly string[]): Uint8Array =>
    joined(
      Uint8Array.of(0, id, code === undefined ? 1 : 0x81, code ?? 0, 0, 1, 0, 0, 0, 0, 0, 0),
      name(...labels),
      Uint8Array.of(0, 1, 0, 1),
    );
  const asked = (
    at: number,
    id: number,
    labels: readonly string[],
    code?: number,
    from = '10.0.0.1',
  ): DrawnPacket[] => {
    const question = {
      time: start + at,
      from: `${from}:50000`,
      to: '10.0.0.53:53',
      transport: 'udp' as const,
      payload: dns(id, undefined, labels),
    };
    const answer = { ...question, time: start + at + 0.1, from: question.to, to: question.from };
    return code === undefined ? [question] : [question, { ...answer, payload: dns(id, code, labels) }];
  };

  it('names asked for in vain stand at the host that asked, found ones and those of others nowhere', async () => {
    const ladder = await drawWith([
      ...asked(1, 1, ['gone', 'example'], 3),
      ...asked(2, 2, ['slow', 'example']),
      ...asked(3, 3, ['fine', 'example'], 0),
      ...asked(4, 4, ['gone', 'example'], 3, '10.0.0.77'),
    ]);
    expect(told(ladder)).toEqual([
      '1.0 name-unknown 10.0.0.1 4 {"name":"gone.example","code":3,"tries":1}',
      '2.0 name-silent 10.0.0.1 5 {"name":"slow.example","code":0,"tries":1}',
    ]);
  });

  it('a comment stands at the sender of its packet, secrets covered, and hosts have the names of the capture', async () => {
    const [first, ...others] = signalling;
    const comment = 'tried with password=Secret99';
    const address = first!.from.replace(/:.*/, '');
    const file = pcapng([{ ...first!, comment }, ...others], { names: { [`${address}:0`]: 'mbg.aster.example' } });
    const { view, read } = viewOf({ 'a.pcapng': file });
    const ladder = await ladderOf(view, { kind: 'call', row: 0 }, read);
    expect(told(ladder)).toEqual([`0.0 comment ${address} 0 {"text":"tried with password=***"}`]);
    expect(ladder.lanes.map(({ host, name }) => (host === address ? name : '')).join('')).toBe('mbg.aster.example');
  });

  it('a hole in a TCP stream stands at the sender', async () => {
    const { view, read } = viewOf({
      'a.pcap': pcap(
        drawPackets({ ...capture, transport: 'TCP' }).flatMap((packet): DrawnPacket[] => {
          const { payload = '', time } = packet;
          if (!payload.toString().startsWith('BYE')) return [packet];
          const bytes = typeof payload === 'string' ? new TextEncoder().encode(payload) : payload;
          return [bytes.slice(0, 40), bytes.slice(40, 90), bytes.slice(90)].map((part, n) => ({
            ...packet,
            time: time + n / 1000,
            payload: part,
            ...(n === 1 ? { missing: 'all' } : {}),
          }));
        }),
      ),
    });
    const ladder = await ladderOf(view, { kind: 'call', row: 0 }, read);
    expect(told(ladder)).toEqual(['9.0 hole 10.0.0.1 4 {"target":"10.0.0.2","bytes":{"bytes":50}}']);
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
