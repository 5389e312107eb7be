/** Draws SIP messages: a start line and the headers that matter; the rest is filled in. */

export interface DrawnSip {
  readonly start: string;
  /** Whole header lines that replace the usual ones of the same name, or follow them. */
  readonly headers?: readonly string[];
  readonly body?: string;
  readonly callId?: string;
  readonly cseq?: string;
}

export function sip({ start, headers = [], body = '', callId = 'call-1@a', cseq }: DrawnSip): string {
  const method = start.startsWith('SIP/2.0') ? 'INVITE' : start.split(' ', 1)[0]!;
  const usual = [
    'Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK-1',
    'From: "Alice" <sip:alice@example.com>;tag=a1',
    'To: <sip:bob@example.com>',
    `Call-ID: ${callId}`,
    `CSeq: ${cseq ?? `1 ${method}`}`,
    ...(body ? ['Content-Type: application/sdp'] : []),
    `Content-Length: ${String(new TextEncoder().encode(body).length)}`,
  ];
  const nameOf = (line: string): string => line.split(':', 1)[0]!.toLowerCase();
  const replaced = new Set(headers.map(nameOf));
  const lines = [start, ...usual.filter((line) => !replaced.has(nameOf(line))), ...headers];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

export const sdp = (address: string, port: number): string =>
  [
    'v=0',
    `o=- 1 1 IN IP4 ${address}`,
    's=-',
    `c=IN IP4 ${address}`,
    't=0 0',
    `m=audio ${String(port)} RTP/AVP 8 101`,
    'a=rtpmap:101 telephone-event/8000',
    '',
  ].join('\r\n');
