import { expect, it } from 'vitest';
import { createSdpReader } from '../../src/decode/sdp';
import { bytesOf } from '../build/pcap';

function read(lines: readonly string[]) {
  const bytes = bytesOf(lines.join('\r\n'));
  const text = (from: number, to: number, of = bytes): string => new TextDecoder().decode(of.subarray(from, to));
  const result: Record<string, unknown>[] = [];
  createSdpReader().read(bytes, 0, bytes.length, (media) =>
    result.push({
      index: media.index,
      kind: text(media.kindFrom, media.kindTo),
      address: text(media.addressFrom, media.addressTo),
      port: media.port,
      profile: text(media.profileFrom, media.profileTo),
      direction: media.direction,
      keyed: media.keyed,
      formats: text(0, media.formatsLength, media.formats),
    }),
  );
  return result;
}

it('gives one record a media description, the session filling what it leaves out', () => {
  expect(
    read([
      'v=0',
      'c=IN IP4 224.2.36.42/127',
      'a=fingerprint:sha-256 AA:BB',
      'a=recvonly',
      'm=audio 49170/2 RTP/SAVP 0 8 101 96',
      'a=rtpmap:101 telephone-event/8000',
      'a=rtpmap:96 opus/48000/2',
      'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x',
      'a=inactive',
      'm=image 0 udptl t38',
      'c=IN IP6 2001:db8::1',
    ]),
  ).toEqual([
    {
      index: 0,
      kind: 'audio',
      address: '224.2.36.42',
      port: 49170,
      profile: 'RTP/SAVP',
      direction: 4,
      keyed: 3,
      formats: '0 PCMU/8000, 8 PCMA/8000, 101 telephone-event/8000, 96 opus/48000/2',
    },
    {
      index: 1,
      kind: 'image',
      address: '2001:db8::1',
      port: 0,
      profile: 'udptl',
      direction: 3,
      keyed: 2,
      formats: 't38',
    },
  ]);
});

it('bears broken and hostile text', () => {
  expect(read(['m=', 'm=audio', 'm=audio 99999 RTP/AVP', 'c=', 'a=rtpmap:', 'a=rtpmap:1 ', 'm=x'])).toHaveLength(3);
  expect(read(Array.from({ length: 1000 }, () => 'm=audio 1 RTP/AVP 0'))).toHaveLength(64);
  const [wide] = read([`m=audio 1 RTP/AVP ${'127 '.repeat(9000)}`, `a=rtpmap:127 ${'x'.repeat(9000)}/8000`]);
  expect(String(wide!['formats']).length).toBeLessThanOrEqual(4096);
});
