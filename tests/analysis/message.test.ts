import { describe, expect, it } from 'vitest';
import { messageDetail } from '../../src/analysis/message';
import { drawnView } from './drawn-view';

const drawn = `
          a               b
    0.000 |--REGISTER-1-->|
    0.010 |<----200-1-----|
  `;
const secret = 'Authorization: Digest username="4142", nonce="n", response="0123456789abcdef0123456789abcdef"';

describe('a message as it lies in its file', () => {
  it('is given whole, with its place', async () => {
    const { view, read } = drawnView({ ladder: drawn });
    const detail = await messageDetail(view, 0, read);
    expect(detail.raw).toMatch(/^REGISTER sip:10\.0\.0\.2 SIP\/2\.0\r\n/);
    expect(detail.raw).toMatch(/Content-Length: 0\r\n\r\n$/);
    expect(detail).toMatchObject({ source: '10.0.0.1:5060', target: '10.0.0.2:5060', packet: 1, masked: false });
    expect(detail.length).toBe(new TextEncoder().encode(detail.raw).length);
  });

  it('leaves no secret in the text nor in the bytes', async () => {
    const { view, read } = drawnView({ ladder: { drawn, with: { 'REGISTER-1': [secret] } } });
    const { raw, bytes, masked, length } = await messageDetail(view, 0, read);
    expect(masked).toBe(true);
    expect(raw).toContain('Authorization: Digest');
    expect(raw).not.toContain('0123456789abcdef');
    expect(new TextDecoder().decode(bytes)).toBe(raw);
    expect(length).toBe(raw.length);
  });

  it('is put together from the packets of a TCP stream', async () => {
    const { view, read } = drawnView({
      ladder: { drawn, transport: 'TCP', with: { 'REGISTER-1': [`Subject: ${'long '.repeat(700)}end`] } },
    });
    expect((await messageDetail(view, 0, read)).raw).toMatch(/Subject: long .*end\r\n[^]*\r\n\r\n$/);
  });

  it('says where else it was seen', async () => {
    const { view, read } = drawnView({ ladder: [{ drawn }, { drawn, start: '2026-11-12T08:00:00.002Z' }] });
    const first = view.links.order[0]!;
    const second = view.links.duplicateOf.indexOf(first);
    for (const row of [first, second]) {
      expect(
        (await messageDetail(view, row, read)).seen.map(({ artifact }) => view.evidence.artifacts[artifact]!.path),
      ).toEqual(['capture.pcap', 'capture-2.pcap']);
    }
  });

  it('says where a log left out who sent it, and when', async () => {
    const files = {
      'sip.log': [
        '2026-11-12 08:00:00Z message',
        'OPTIONS sip:192.0.2.2 SIP/2.0',
        'Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1',
        'Call-ID: 1',
        'CSeq: 1 OPTIONS',
        '',
      ],
    };
    const { view, read } = drawnView({ files });
    expect(await messageDetail(view, 0, read)).toMatchObject({ inferred: true, coarse: true, bodies: [] });
  });
});
