import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import text from '../../src/artifacts/timestamped-text';
import { messageFlags, transports } from '../../src/evidence/schema';
import type { DrawnCapture } from '../../src/rules/example';
import { describeWithCorpus } from '../build/corpus';
import { groundsOf, readFiles, type Files } from '../build/grounds';
import { drawCapture, drawMessages, ladderOf } from '../build/ladder';
import { readAs } from '../build/reading';
import { sipLogs } from '../build/sip-log';

const call: DrawnCapture = {
  drawn: `
          phone           mbg            pbx
    0.000 |---INVITE-1--->|              |
    0.020 |<----100-1-----|              |
    0.040 |               |--INVITE-1b-->|
    0.900 |               |<---180-1b----|
    0.920 |<----180-1-----|              |
    4.000 |               |<---200-1b----|
    4.020 |<----200-1-----|              |
    4.050 |-----ACK-1---->|              |
   20.000 |-----BYE-2---->|              |
   20.010 |<----200:BYE-2-|              |`,
  with: {
    'INVITE-1': ['m=audio 4000 RTP/AVP 8 0'],
    '200-1': ['m=audio 5000 RTP/AVP 8'],
    'INVITE-1b': ['Date: Thu, 12 Nov 2026 08:00:00 GMT'],
  },
};
const seen = (files: Files) => {
  const given = groundsOf(readFiles(files));
  return { ...given, ladder: ladderOf(given.evidence, given.clock, given.links.order) };
};
const captured = seen({ 'a.pcap': drawCapture(call) });

describe.each(Object.entries(sipLogs))('a log that prints SIP, %s', (_, draw) => {
  const log = draw(call);

  it('gives the ladder of the capture', () => {
    const { ladder, evidence } = seen({ 'sip.log': log });
    expect(ladder).toBe(captured.ladder);
    const { messages, media } = evidence;
    expect([...messages.digest]).toEqual([...captured.evidence.messages.digest]);
    expect(media.length).toBe(captured.evidence.media.length);
    expect(transports[messages.transport[0]!]).toBe('text');
    expect(messages.flags.every((flags) => (flags & messageFlags.inferred) === 0)).toBe(true);
  });

  it('is one call with the capture of the same wire', () => {
    const both = seen({ 'a.pcap': drawCapture(call), 'sip.log': log });
    expect(both.links.calls.length).toBe(captured.links.calls.length);
    const copies = both.links.duplicateOf.filter((original) => original >= 0);
    expect(copies.length).toBe(drawMessages(call).length);
  });

  it.each([
    ['with a mark', '\ufeff'],
    ['without', ''],
  ])('gives the ladder in UTF-16, %s', (__, mark) => {
    const wide = new Uint8Array(Buffer.from(mark + log, 'utf16le'));
    const { ladder, evidence } = seen({ 'sip.log': wide });
    expect(ladder).toBe(captured.ladder);
    expect([...evidence.messages.digest]).toEqual([...captured.evidence.messages.digest]);
    const { offset, size } = evidence.messages;
    const said = Buffer.from(wide.subarray(offset[1], offset[1]! + size[1]!)).toString('utf16le');
    expect(said).toMatch(/SIP\/2\.0 100 Trying/);
    const whole = readAs(text, wide).rows('messages');
    for (const chunks of [[1], [7, 300]]) expect(readAs(text, wide, { chunks }).rows('messages')).toEqual(whole);
  });

  it('gives the same rows for every way of chunking', () => {
    const whole = readAs(text, log);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 6 }), (chunks) => {
        const result = readAs(text, log, { chunks });
        for (const name of ['messages', 'media', 'lines'] as const) expect(result.rows(name)).toEqual(whole.rows(name));
      }),
      { numRuns: 40, examples: [[[1]]] },
    );
  });
});

describe('where nothing says who sent it', () => {
  const [invite, trying] = drawMessages(call);
  const bare = (...texts: readonly string[]): string =>
    texts.map((one, n) => `2026-11-12 08:00:0${n} DEBUG message\n${one}\n`).join('');

  it('takes the ends from the message and marks them', () => {
    const { rows } = readAs(text, bare(invite!.text, trying!.text));
    expect(rows('messages')).toMatchObject([
      { source: '10.0.0.1', target: '10.0.0.2', sourcePort: 5060, flags: messageFlags.inferred | messageFlags.coarse },
      { source: '10.0.0.2', target: '10.0.0.1', status: 100 },
    ]);
  });

  it('says whose end a line names', () => {
    const sent = `2026-11-12 08:00:00.125 SIP sent to 192.0.2.9:5070\n${invite!.text}`;
    expect(readAs(text, sent).rows('messages')).toMatchObject([
      { source: '10.0.0.1', target: '192.0.2.9', targetPort: 5070, flags: messageFlags.inferred },
    ]);
  });

  it('takes the words that a person states', () => {
    const log = `2026-11-12 08:00:00.125 >>> leg 4\n${invite!.text}\n2026-11-12 08:00:00.150 <<< leg 4 192.0.2.9:5070\n${trying!.text}\n`;
    const mapping = new Map([
      ['>>> leg', 'sent'],
      ['<<< leg', 'received'],
      ['192.0.2.5:5062', 'near'],
      ['old', ''],
    ]);
    expect(readAs(text, log, { mapping }).rows('messages')).toMatchObject([
      { source: '192.0.2.5', sourcePort: 5062, target: '10.0.0.2', flags: 0 },
      { source: '192.0.2.9', sourcePort: 5070, target: '192.0.2.5', flags: 0 },
    ]);
  });

  it('reads local times in the zone of the log', () => {
    const harvests = readFiles({ 'sip.log': bare(invite!.text) });
    const { clock, evidence } = groundsOf(harvests, { zones: { 'sip.log': 'Europe/Paris' } } as never);
    expect(clock.messages[0]).toBe(Date.parse('2026-11-12T07:00:00Z') * 1000);
    expect(clock.lines[0]).toBe(clock.messages[0]);
    expect(evidence.messages.packet[0]).toBe(1);
  });
});

it('takes no prose for a message, and keeps a message that is cut', () => {
  const prose = [
    '2026-11-12 08:00:00.000 INFO sending INVITE sip:bob@example.com SIP/2.0',
    '2026-11-12 08:00:00.100 INFO SIP/2.0 200 OK received, dialog confirmed',
    '2026-11-12 08:00:00.200 INFO next',
  ];
  expect(readAs(text, prose.join('\n')).rows('messages')).toEqual([]);
  const [invite] = drawMessages(call);
  const cut = `${prose[0]!.slice(0, 24)}received\n${invite!.text.slice(0, -30)}\n${prose[2]!}\n`;
  expect(readAs(text, cut).rows('messages')).toMatchObject([{ method: 'INVITE', flags: expect.anything() as number }]);
  expect(Number(readAs(text, cut).rows('messages')[0]!['flags']) & messageFlags.cut).toBe(messageFlags.cut);
});

describeWithCorpus('logs', (folder) => {
  it('an SBC’s sipmsg.log gives its ladder', () => {
    const { ladder, evidence } = seen({ 'sipmsg.log': readFileSync(`${folder}/wireshark__sipmsg.log`) });
    expect(ladder).toBe(`          10.102.130.150 10.102.130.185 127.0.0.1
    0.000 |-REGISTER-144>|              |
    0.100 |<---200-144---|              |
  256.684 |              |              |<INVITE-2-|
  256.688 |              |              |<100-2-|
  256.711 |              |              |<181-2-|`);
    expect(evidence.messages.sourcePort[2]).toBe(5070);
    expect(evidence.problems).toEqual([]);
  });
});

it('passes over long lines that only name SIP', () => {
  const line = `2026-11-12 08:00:00.000 INFO ${'saw SIP/2.0 in '.repeat(60_000)}`;
  const [invite] = drawMessages(call);
  const result = readAs(text, `${line}\n2026-11-12 08:00:01.000 received\n${invite!.text}`, { chunks: [65_536] });
  expect(result.rows('messages')).toMatchObject([{ method: 'INVITE' }]);
});
