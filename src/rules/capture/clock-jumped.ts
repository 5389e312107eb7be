import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { type Hit, rule } from '../rule';
import { messageAt } from '../signalling';
import { sipSteps } from '../sip-steps';
import { shownPlaces } from '../users';

/** Packets of several queues of one card may stand out of order by less. */
const least = 100_000;

export default rule({
  id: 'clock-jumped',
  rows: ['Q04'],
  severity: 'warning',
  basis: 'capture-quality',
  confidence: 'certain',
  needs: ['signalling'],
  find({ evidence }) {
    const { messages, artifacts } = evidence;
    const latest = new Map<number, number>();
    const jumps = new Map<number, { rows: number[]; most: number }>();
    for (let row = 0; row < messages.length; row++) {
      const artifact = messages.artifact[row]!;
      const before = latest.get(artifact) ?? -Infinity;
      const back = before - messages.time[row]!;
      if (messages.transport[row] === 1 && back > least) {
        const own = jumps.get(artifact) ?? { rows: [], most: 0 };
        jumps.set(artifact, own);
        own.rows.push(row);
        own.most = Math.max(own.most, back);
        latest.set(artifact, messages.time[row]!);
      } else latest.set(artifact, Math.max(before, messages.time[row]!));
    }
    return [...jumps].map(([artifact, { rows, most }]): Hit => {
      const { path } = artifacts[artifact]!;
      return {
        subject: path,
        at: rows.slice(0, shownPlaces).map((row) => messageAt(evidence, row)),
        count: rows.length,
        values: { path, count: rows.length, most: { duration: most } },
      };
    });
  },
  title: text('{path}: its clock jumps back', '{path} : son horloge recule'),
  seen: text(
    '{count} {count|time|times} a message is earlier than the one before it in the file, by up to {most}.',
    '{count} fois un message est antérieur à celui qui le précède dans le fichier, jusqu’à {most}.',
  ),
  cause: text(
    'The clock of the capturing host was set during the capture, or several files were joined out of order. Delays across the jump are wrong.',
    'L’horloge de l’hôte de capture a été réglée pendant la capture, ou plusieurs fichiers ont été joints dans le désordre. Les délais à cheval sont faux.',
  ),
  causeIs: 'symptom',
  steps: [
    {
      do: text(
        'Check NTP on the capturing host and capture again.',
        'Vérifier NTP sur l’hôte de capture et refaire la capture.',
      ),
    },
    sipSteps.captureAgain,
  ],
  source: 'EN 6.3.4',
});

export const examples: Examples = [
  {
    given: { ladder: { drawn: two('9 >INVITE-1', '9.1 <100-1', '4 <486-1', '4.1 >ACK-1'), asDrawn: true } },
    expect: 'found',
    subjects: ['capture.pcap'],
  },
  { given: { ladder: two('0 >INVITE-1', '0.1 <486-1') }, expect: 'clear' },
  noCapture,
];
