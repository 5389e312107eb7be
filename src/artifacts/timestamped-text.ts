/**
 * Any text with times at its lines: the fall-back for logs that no other kind claims, so its certainty is the lowest.
 * Time stamps: `decode/timestamp.ts`; what is one record: `decode/records.ts`.
 */
import { text } from '../text/text';
import { artifactKind, notThis, type KindExample } from './kind';
import { sampleLines } from './text/sample';
import { logRows } from './text/log-rows';

/** Share of the sampled lines that must have a time where the first has none: messages between them may be long. */
const share = 0.05;

export default artifactKind({
  id: 'timestamped-text',
  name: text('Text log', 'Journal texte'),
  provides: [],
  sniff(head, path) {
    const sample = sampleLines(head, path);
    if (!sample || sample.timed === 0 || (!sample.first && sample.timed < Math.max(2, sample.lines * share)))
      return notThis;
    return {
      certainty: 1,
      reason: text(
        '{timed} of the first {lines} lines have a time',
        '{timed} des {lines} premières lignes ont une heure',
      ),
      values: { timed: sample.timed, lines: sample.lines },
    };
  },
  open: (sink) => logRows(sink),
});

export const examples: readonly KindExample[] = [
  {
    name: 'plain, local time',
    bytes: [
      '2026-11-12 08:00:01,120 INFO  [main] service started',
      '2026-11-12 08:00:02,400 ERROR [push] could not send',
      'java.net.SocketTimeoutException: timeout',
      '    at com.example.Push.send(Push.java:42)',
      '2026-11-12 08:00:03,001 WARN  [push] retry in 5 s',
      '',
    ].join('\n'),
  },
  {
    name: 'syslog',
    bytes: [
      'Nov 12 09:47:06 sbc1 kernel: eth0: link up',
      'Nov 12 09:47:07 sbc1 sshd[811]: Accepted publickey for root',
      'Nov 12 09:47:09 sbc1 systemd[1]: Started Session 4.',
      '',
    ].join('\n'),
  },
];
