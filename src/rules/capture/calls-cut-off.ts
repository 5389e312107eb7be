import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { type Hit, rule } from '../rule';
import { messageAt } from '../signalling';
import { sipSteps } from '../sip-steps';
import { shownPlaces } from '../users';

export default rule({
  id: 'calls-cut-off',
  rows: ['Q05'],
  severity: 'note',
  basis: 'capture-quality',
  confidence: 'certain',
  needs: ['signalling'],
  find(grounds) {
    const { evidence, links } = grounds;
    const { messages, artifacts } = evidence;
    const { calls } = links;
    const begun = new Map<number, number[]>();
    for (let call = 0; call < calls.length; call++) {
      const first = calls.first[call]!;
      const inside = messages.toTag[first] !== 0 && messages.status[first] === 0;
      const open = outcomeIsOpen(calls.outcome[call]!);
      if (!inside && !open) continue;
      const artifact = messages.artifact[first]!;
      const own = begun.get(artifact);
      if (own) own.push(first);
      else begun.set(artifact, [first]);
    }
    return [...begun].map(([artifact, rows]): Hit => {
      const { path } = artifacts[artifact]!;
      return {
        subject: path,
        at: rows.slice(0, shownPlaces).map((row) => messageAt(evidence, row)),
        count: rows.length,
        values: { path, count: rows.length },
      };
    });
  },
  title: text('{path}: calls without beginning or end', '{path} : appels sans début ou sans fin'),
  seen: text(
    '{count} {count|call|calls} had begun before the capture or were not decided when it stopped.',
    '{count} {count|appel avait|appels avaient} commencé avant la capture ou n’étaient pas décidés à son arrêt.',
  ),
  cause: text(
    'The capture covers part of the call only; what stands outside it cannot be told.',
    'La capture ne couvre qu’une partie de l’appel ; ce qui est en dehors ne peut être dit.',
  ),
  causeIs: 'cause',
  steps: [sipSteps.captureAgain],
  source: 'RFC 3261 §12',
});

/** `incomplete` and `in-progress` of `outcomes`. */
const outcomeIsOpen = (outcome: number): boolean => outcome === 0 || outcome === 6;

export const examples: Examples = [
  { given: { ladder: two('0 >BYE-2', '0.1 <200-2') }, expect: 'found', subjects: ['capture.pcap'] },
  { given: { ladder: two('0 >INVITE-1', '0.1 <100-1') }, expect: 'found' },
  { given: { ladder: two('0 >INVITE-1', '0.1 <486-1') }, expect: 'clear' },
  noCapture,
];
