/**
 * A text that is mostly SIP: SBC `sipmsg.log`, traces of the PBX (OpenScape RTT and RMX, MiVB CCS), messages pasted into a
 * file. Their own formats are not published; what they share is the printed message (`decode/sip-in-text.ts`).
 */
import { detectEncoding } from '../decode/encoding';
import { narrow } from '../decode/narrow';
import { readSipInText, sipColumn } from '../decode/sip-in-text';
import { text } from '../text/text';
import { artifactKind, notThis, type KindExample } from './kind';
import { logRows } from './text/log-rows';
import { sampleLines } from './text/sample';

const latin1 = new TextDecoder('windows-1252');
/** Lines with a start line that are looked at. */
const mostTries = 50;

export default artifactKind({
  id: 'sip-trace',
  name: text('SIP trace (text)', 'Trace SIP (texte)'),
  provides: [],
  sniff(head, path) {
    if (!sampleLines(head, path)) return notThis;
    const { encoding, mark } = detectEncoding(head);
    const count = messagesIn(narrow(encoding === 'utf-8' ? head : head.subarray(mark), encoding));
    if (count === 0) return notThis;
    return {
      certainty: 2,
      reason: text(
        '{count} SIP {count|message|messages} at its start',
        '{count} {count|message SIP|messages SIP} à son début',
      ),
      values: { count },
    };
  },
  open: (sink) => logRows(sink),
});

function messagesIn(head: Uint8Array): number {
  let count = 0;
  let tries = 0;
  for (let at = 0; at < head.length && tries < mostTries;) {
    const feed = head.indexOf(10, at);
    const end = feed < 0 ? head.length : feed;
    const column = sipColumn(head, at, end);
    if (column < 0) {
      at = end + 1;
      continue;
    }
    tries++;
    const message = readSipInText(head, at, column, head.length, true);
    // prose that quotes a start line has no headers behind it
    const isMessage = message !== undefined && /\r\n(?:call-id|i)[ \t]{0,4}:/i.test(latin1.decode(message.bytes));
    if (isMessage) count++;
    at = isMessage ? Math.max(message.end, end + 1) : end + 1;
  }
  return count;
}

export const examples: readonly KindExample[] = [
  {
    name: 'sipmsg.log',
    bytes: [
      'Nov 12 08:00:00.416 On [6:0]192.0.2.1:5060 received from 192.0.2.2:5060',
      'OPTIONS sip:192.0.2.1 SIP/2.0',
      'Via: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bK1',
      'From: <sip:a@example.com>;tag=1',
      'To: <sip:b@example.com>',
      'Call-ID: 1@192.0.2.2',
      'CSeq: 1 OPTIONS',
      'Content-Length: 0',
      '',
      '----------------------------------------',
      '',
    ].join('\n'),
  },
  {
    name: 'pasted, no times',
    bytes: [
      'SIP/2.0 404 Not Found',
      'Via: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bK1',
      'From: <sip:a@example.com>;tag=1',
      'To: <sip:b@example.com>;tag=2',
      'Call-ID: 1@192.0.2.2',
      'CSeq: 1 INVITE',
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n'),
  },
];
