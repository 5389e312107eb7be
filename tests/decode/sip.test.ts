import { describe, expect, it } from 'vitest';
import { createSipReader } from '../../src/decode/sip';
import { span } from '../../src/decode/sip-message';
import { isSipStart, sipStart, sipStartAt } from '../../src/decode/sip-start';
import { bytesOf } from '../build/pcap';
import { sip } from '../build/sip';

function read(text: string, wanted: readonly string[] = []) {
  const bytes = bytesOf(text);
  const reader = createSipReader(wanted);
  expect(reader.read(bytes, 0, bytes.length)).toBe(true);
  const { message } = reader;
  const piece = (from: number, to: number): string => new TextDecoder().decode(bytes.subarray(from, to));
  const spans = Object.fromEntries(
    Object.entries(span).map(([name, at]) => [name, piece(message.spans[at]!, message.spans[at + 1]!)]),
  ) as Record<keyof typeof span, string>;
  const fields = Array.from({ length: message.fieldCount }, (_, n) => [
    wanted[message.fields[n * 3]!],
    piece(message.fields[n * 3 + 1]!, message.fields[n * 3 + 2]!),
  ]);
  return { ...message, ...spans, fields, text: piece(message.body, bytes.length) };
}

describe('start lines', () => {
  it.each([
    ['INVITE sip:bob@example.com SIP/2.0\r\n', true],
    ['SIP/2.0 200 OK\r\n', true],
    ['sip/2.0 200 OK\r\n', true],
    ["X-odd.method!%*_+`'~ tel:+33 SIP/2.0\n", true],
    ['SUBSCRIBE sip:a@b sip/2.0\r\n', true],
    ['GET / HTTP/1.1\r\n', false],
    ['M-SEARCH * HTTP/1.1\r\n', false],
    ['DESCRIBE rtsp://a/b RTSP/1.0\r\n', false],
    ['SIP/2.0\r\n', false],
    ['a sentence that ends in SIP\r\n', false],
    ['\x80\x08RTP', false],
  ])('%j', (text, is) => {
    const bytes = bytesOf(text);
    expect(isSipStart(bytes, 0, bytes.length)).toBe(is);
  });

  it('waits where more bytes may make one', () => {
    for (const text of ['INVITE sip:bob@example.com SIP/2.0\r\n', 'SIP/2.0 200 OK\r\n']) {
      const bytes = bytesOf(text);
      const least = text.indexOf('200') > 0 ? 11 : bytes.length;
      for (let end = 0; end < least; end++) expect(sipStartAt(bytes, 0, end), `${end}`).toBe(sipStart.partial);
    }
  });
});

describe('messages', () => {
  it('reads what a row needs', () => {
    const message = read(
      sip({
        start: 'REGISTER sip:example.com SIP/2.0',
        headers: [
          'Via: SIP/2.0/UDP pc33.example.com:5066 ;branch=z9hG4bK776asdhds;rport, SIP/2.0/TCP second;branch=no',
          'Contact: "Bob, the \\"builder\\" <x>" <sip:bob@192.0.2.4;pn-provider=fcm;pn-prid=x>;q=0.7;expires=600, <sip:c@d>',
          'Expires: 3600',
          'User-Agent: Phone 1.0',
          'Authorization: Digest username="bob"',
          'CSeq: 1826 REGISTER',
        ],
      }),
    );
    expect(message).toMatchObject({
      method: 'REGISTER',
      status: 0,
      requestUri: 'sip:example.com',
      branch: 'z9hG4bK776asdhds',
      sentBy: 'pc33.example.com:5066',
      fromUri: 'sip:alice@example.com',
      fromTag: 'a1',
      toUri: 'sip:bob@example.com',
      toTag: '',
      callId: 'call-1@a',
      cseq: 1826,
      contact: 'sip:bob@192.0.2.4;pn-provider=fcm;pn-prid=x',
      expires: 600,
      agent: 'Phone 1.0',
      credentials: true,
      push: true,
      contentLength: 0,
      complete: true,
      malformed: '',
    });
  });

  it('reads compact, folded, oddly spaced and cased headers', () => {
    const message = read(
      [
        'SIP/2.0 183 Session  Progress ',
        'v :\tSIP / 2.0 / TCP [2001:db8::9:1]:5060;',
        ' BRANCH = z9hG4bKx',
        'F: Alice <sip:alice@example.com',
        '  >;x="a;tag=no" ; TAG=a1',
        't: sip:bob@example.com;tag=b2',
        'i: folded',
        ' @a',
        'cseq:   7',
        '\tINVITE',
        'm: *',
        'l: 0',
        '',
        '',
      ].join('\r\n'),
    );
    expect(message).toMatchObject({
      status: 183,
      reason: 'Session  Progress',
      method: 'INVITE',
      cseq: 7,
      sentBy: '[2001:db8::9:1]:5060',
      branch: 'z9hG4bKx',
      fromTag: 'a1',
      toUri: 'sip:bob@example.com',
      toTag: 'b2',
      callId: 'folded\r\n @a',
      contact: '*',
      malformed: '',
    });
  });

  it('keeps the headers that were asked for, in long form and as often as they stand there', () => {
    const message = read(
      sip({ start: 'BYE sip:a@b SIP/2.0', headers: ['Reason: Q.850;cause=16', 'x: 1800', 'REASON : SIP;cause=200'] }),
      ['reason', 'session-expires', 'warning'],
    );
    expect(message.fields).toEqual([
      ['reason', 'Q.850;cause=16'],
      ['session-expires', '1800'],
      ['reason', 'SIP;cause=200'],
    ]);
  });

  it.each<[string, string, Record<string, unknown>]>([
    ['no Call-ID', 'INVITE sip:a@b SIP/2.0\r\nFrom: <sip:a@b>\r\n\r\n', { fromUri: 'sip:a@b', method: 'INVITE' }],
    [
      'an open quote',
      sip({ start: 'INVITE sip:a@b SIP/2.0', headers: ['To: "Mr. X <sip:x@y>'] }),
      { toUri: 'sip:x@y' },
    ],
    ['another CSeq method', sip({ start: 'INVITE sip:a@b SIP/2.0', cseq: '8 BYE' }), { method: 'INVITE', cseq: 8 }],
    ['a huge CSeq', sip({ start: 'INVITE sip:a@b SIP/2.0', cseq: '36893488147419103232 INVITE' }), { cseq: 0 }],
    [
      'a bad length',
      sip({ start: 'INVITE sip:a@b SIP/2.0', headers: ['Content-Length: -999'] }),
      { contentLength: -1 },
    ],
    ['a line without colon', sip({ start: 'INVITE sip:a@b SIP/2.0', headers: ['Odd line'] }), { callId: 'call-1@a' }],
    ['a status of 4294967301', sip({ start: 'SIP/2.0 4294967301 x' }), { method: 'INVITE' }],
    ['junk before the method', `DB${sip({ start: 'REGISTER sip:a@b SIP/2.0' })}`, { method: 'REGISTER', start: 2 }],
    ['no empty line', 'OPTIONS sip:a@b SIP/2.0\r\nCall-ID: x', { callId: 'x', complete: false }],
    ['two Call-IDs', sip({ start: 'ACK sip:a@b SIP/2.0', headers: ['Call-ID: one', 'i: two'] }), { callId: 'one' }],
  ])('says what is wrong and keeps the rest: %s', (_, text, kept) => {
    const message = read(text);
    expect(message).toMatchObject(kept);
    expect(message.malformed).not.toBe('');
  });

  it('reads no more than 200 header lines', () => {
    const many = Array.from({ length: 5000 }, (_, n) => `X-${String(n)}: 1`);
    const message = read(sip({ start: 'INVITE sip:a@b SIP/2.0', headers: many }), ['x-198', 'x-4000']);
    expect(message.malformed).toBe('more than 200 headers');
    expect(message.callId).toBe('call-1@a');
    expect(message.complete).toBe(true);
    expect(message.fields).toEqual([]);
  });

  it('never reads beyond its end', () => {
    const whole = bytesOf(sip({ start: 'INVITE sip:a@b SIP/2.0', headers: ['Contact: <sip:x@y>;expires=5'] }));
    const reader = createSipReader(['contact']);
    for (let end = 0; end <= whole.length; end++) {
      reader.read(whole, 0, end);
      for (const place of reader.message.spans) expect(place).toBeLessThanOrEqual(end);
      expect(reader.message.body).toBeLessThanOrEqual(end);
    }
  });
});
