/**
 * Output of `timedatectl`, `chronyc tracking`, `ntpq -p` or `ntpstat` (EN 6.3.4 says «check NTP»): is the clock of the
 * host synchronised, and how far is it off? Gives the fact `ntp`, one for each command:
 *
 *   synchronised offset=-0.000012 by chronyc     unsynchronised by timedatectl
 *
 * and `zone`, the host’s time zone, where `timedatectl` names it.
 * `offset` = seconds that the clock is ahead of NTP time, left out where the output does not say.
 */
import { textOfHead } from '../decode/encoding';
import { readNtp, type NtpState } from '../decode/ntp';
import { text } from '../text/text';
import { artifactKind, notThis, type KindExample, type Reader, type Sink } from './kind';
import { wholeLines } from './text/whole-lines';

/** Longer texts are logs that quote such an output. */
const longestOutput = 32 * 1024;

export default artifactKind({
  id: 'ntp-status',
  name: text('Clock status', 'État de l’horloge'),
  provides: ['art.ntp'],
  sniff(head) {
    if (head.length > longestOutput) return notThis;
    const content = textOfHead(head);
    if (content === undefined) return notThis;
    const { states } = readNtp(content.split(/\r?\n/));
    if (states.length === 0) return notThis;
    const commands = [...new Set(states.map(({ source }) => source))];
    return {
      certainty: 2,
      reason: text('output of {commands}', 'sortie de {commands}'),
      values: { commands: { list: commands } },
    };
  },
  open: read,
});

export const ntpFact = ({ synchronised, ahead, source }: NtpState): string =>
  `${synchronised ? 'synchronised' : 'unsynchronised'}${ahead === undefined ? '' : ` offset=${plainNumber(ahead)}`} by ${source}`;

/** Never `1e-9`. */
const plainNumber = (value: number): string => value.toFixed(9).replace(/\.?0+$/, '');

function read(sink: Sink): Reader {
  const reader = wholeLines(sink);
  return {
    push: reader.push,
    end() {
      reader.end();
      const { lines, spans } = reader;
      const { states, time, host, zone } = readNtp(lines);
      for (const state of states) {
        const { offset, length } = spans[state.line]!;
        sink.fact('ntp', ntpFact(state), offset, length);
      }
      if (zone) {
        const { offset, length } = spans[zone.line]!;
        sink.fact('zone', zone.name, offset, length);
      }
      return {
        records: states.length,
        first: time,
        last: time,
        clock: Number.isNaN(time) ? 'none' : 'zoned',
        ...(host === undefined ? {} : { host }),
      };
    },
  };
}

export const examples: readonly KindExample[] = [
  {
    name: 'timedatectl.txt',
    bytes: [
      '               Local time: Thu 2026-11-12 09:00:01 CET',
      '           Universal time: Thu 2026-11-12 08:00:01 UTC',
      '                Time zone: Europe/Paris (CET, +0100)',
      'System clock synchronized: no',
      '              NTP service: inactive',
      '',
    ].join('\n'),
  },
  {
    name: 'chronyc.txt',
    bytes: [
      'Reference ID    : 0A000035 (ntp1.example)',
      'Stratum         : 3',
      'Ref time (UTC)  : Thu Nov 12 08:00:01 2026',
      'System time     : 0.000012345 seconds slow of NTP time',
      'Leap status     : Normal',
      '',
    ].join('\n'),
  },
  {
    name: 'ntpq.txt',
    bytes: [
      '     remote           refid      st t when poll reach   delay   offset  jitter',
      '==============================================================================',
      ' ntp1.example    .INIT.          16 u    -   64    0    0.000    0.000   0.000',
      '',
    ].join('\n'),
  },
];
