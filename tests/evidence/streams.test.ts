import { expect, it } from 'vitest';
import { estimate } from '../../src/evidence/mos';
import { peersOf } from '../../src/evidence/peers';
import { subscriptionsOf } from '../../src/evidence/subscriptions';
import { two } from '../../src/rules/drawn';
import type { DrawnCapture } from '../../src/rules/example';
import { grounds } from '../build/grounds';

const sdp = (letter: string) => ({
  [`INVITE-1${letter}`]: ['m=audio 40000 RTP/AVP 8'],
  [`200-1${letter}`]: ['m=audio 41000 RTP/SAVP 8', 'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:a2V5'],
});
const call = (letter: string, at: number): readonly string[] => [
  `${at} >INVITE-1${letter}`,
  `${at + 0.1} <200-1${letter}`,
  `${at + 0.2} >ACK-1${letter}`,
  `${at + 5} >BYE-2${letter}`,
  `${at + 5.1} <200-2${letter}`,
];
const heard = { from: 'zoom:40000', to: 'mbg:41000', ptime: 100 };

it('binds streams of one port to the call that held it at their time', () => {
  const ladder: DrawnCapture = {
    drawn: two(...call('a', 0), ...call('b', 20), '60'),
    with: { ...sdp('a'), ...sdp('b') },
    media: [
      { ...heard, start: 0.3, end: 4.9, ssrc: 1 },
      { ...heard, start: 20.3, end: 24.9, ssrc: 2 },
      { from: 'mbg:50000', to: 'zoom:50002', start: 30, end: 31, ssrc: 3 },
    ],
  };
  const { evidence, links } = grounds({ ladder });
  const bound = [...evidence.streams.ssrc.keys()].map((row) => {
    const call = links.streams.call[row]!;
    const callId = call === -1 ? '' : evidence.strings.text(evidence.messages.callId[links.calls.first[call]!]!);
    return `${evidence.streams.ssrc[row]} ${callId} ${links.streams.secure[row]}`;
  });
  expect(bound).toEqual(['1 calla@example 1', '2 callb@example 1', '3  0']);
  expect([...links.callStreams(1)]).toEqual([1]);
});

it('takes a stream that two captures saw for one', () => {
  const drawn: DrawnCapture = {
    drawn: two(...call('a', 0)),
    with: sdp('a'),
    media: [{ ...heard, start: 0.3, end: 3 }],
  };
  const { links } = grounds({ ladder: [drawn, { ...drawn, path: 'second.pcap' }] });
  expect([...links.streams.same]).toEqual([-1, 0]);
});

it('estimates quality with the values of G.113, and only for codecs that have some', () => {
  expect(estimate('PCMA/8000', 1000, 0, 0, 1000)).toMatchObject({ mos: 4.38, ie: 0, bpl: 25.1 });
  const lossy = estimate('PCMA/8000', 950, 50, 50, 1000)!;
  const bursts = estimate('PCMA/8000', 950, 50, 5, 1000)!;
  expect(lossy.mos).toBeLessThan(4.2);
  expect(bursts.mos).toBeLessThan(lossy.mos);
  expect(estimate('opus/48000', 1000, 0, 0, 1000)).toBeUndefined();
});

it('keeps peers with their outages and subscriptions with their states', () => {
  const asked = (n: number, answer: boolean): readonly string[] => [
    `${n * 30} >OPTIONS-${n}`,
    ...(answer ? [`${n * 30}.1 <200-${n}`] : []),
  ];
  const drawn = two(
    '1 >SUBSCRIBE-11',
    '1.1 <200-11',
    '2 <NOTIFY-5',
    '2.1 >200-5',
    ...[1, 2, 3, 4, 5].flatMap((n) => asked(n, n === 1 || n === 5)),
  );
  const { evidence, clock, links } = grounds({
    ladder: {
      drawn,
      with: {
        'SUBSCRIBE-11': ['Event: message-summary', 'Expires: 3600'],
        'NOTIFY-5': ['Call-ID: subscribe@example', 'Subscription-State: terminated;reason=rejected'],
      },
    },
  });
  const [peer] = peersOf(evidence, clock, links);
  expect(peer).toMatchObject({ answered: 2, isUp: true, status: 200 });
  expect(peer!.outages.map(({ transactions }) => transactions.length)).toEqual([3]);
  expect(subscriptionsOf(evidence, clock, links)).toMatchObject([
    {
      event: 'message-summary',
      state: 'terminated',
      changes: [{ state: 'asked' }, { state: 'active' }, { state: 'terminated' }],
    },
  ]);
});
