import { expect, it } from 'vitest';
import capture from '../../src/artifacts/packet-capture';
import { bodyNames } from '../../src/evidence/body-kinds';
import { pcap } from '../build/pcap';
import { readAs } from '../build/reading';
import { sdp, sip } from '../build/sip';

const read = (type: string, body: string) =>
  readAs(
    capture,
    pcap([
      {
        time: 1_750_000_000,
        from: '192.0.2.1:5060',
        to: '192.0.2.2:5060',
        transport: 'udp',
        payload: sip({ start: 'INVITE sip:bob@example.com SIP/2.0', headers: [`Content-Type: ${type}`], body }),
      },
    ]),
  );
const named = (type: string, body = '<x>…</x>'): readonly string[] =>
  bodyNames(Number(read(type, body).rows('messages')[0]!['bodies'])).map(({ en }) => en);

it('tells what a body is', () => {
  expect(named('application/csta+xml')).toEqual(['CSTA (uaCSTA)']);
  expect(named('application/ISUP;version=itu-t92+')).toEqual(['ISUP message (SIP-I, SIP-T)']);
  expect(named('application/pidf+xml')).toEqual(['Presence (PIDF)']);
  expect(named('application/dialog-info+xml')).toEqual(['Dialog state (busy lamp)']);
  expect(named('application/x-unheard-of')).toEqual(['another kind of body']);
  expect(named('application/sdp', sdp('192.0.2.1', 4000))).toEqual(['SDP']);
});

it('reads every part of a multipart body', () => {
  const part = (type: string, body: string): string => `--b1\r\nContent-Type: ${type}\r\n\r\n${body}\r\n`;
  const body = `${part('application/isup', '\u0001\u0002')}${part('application/sdp', sdp('192.0.2.1', 4000))}${part('message/sipfrag', 'SIP/2.0 200 OK')}--b1--\r\n`;
  expect(named('multipart/mixed;boundary="b1"', body)).toEqual([
    'SDP',
    'SIP fragment (state of a transfer)',
    'ISUP message (SIP-I, SIP-T)',
  ]);
  const { rows } = read('multipart/mixed;boundary="b1"', body);
  expect(rows('media')).toMatchObject([{ port: 4000, address: '192.0.2.1' }]);
  expect(rows('fields')).toContainEqual(expect.objectContaining({ name: 'body-sipfrag', value: 'SIP/2.0 200 OK' }));
});
