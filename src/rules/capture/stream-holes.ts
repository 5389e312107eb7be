import { gapFates, gapKinds } from '../../evidence/schema';
import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { DrawnCapture, Examples } from '../example';
import { gapHits } from '../gaps';
import { rule } from '../rule';
import { sipSteps } from '../sip-steps';

export default rule({
  id: 'stream-holes',
  rows: ['Q08'],
  severity: 'warning',
  basis: 'capture-quality',
  confidence: 'certain',
  needs: ['signalling'],
  find(grounds) {
    const { gaps } = grounds.evidence;
    const rows = [...gaps.kind.keys()].filter((row) => gaps.kind[row] === gapKinds.indexOf('stream'));
    return gapHits(grounds, rows, (own) => {
      const fate = (name: (typeof gapFates)[number]): number =>
        own.filter((row) => gaps.fate[row] === gapFates.indexOf(name)).length;
      return {
        bytes: own.reduce((sum, row) => sum + gaps.bytes[row]!, 0),
        captured: fate('acknowledged'),
        repeated: fate('repeated'),
        unknown: fate(''),
      };
    });
  },
  title: text('{subject}: a TCP stream of SIP has holes', '{subject} : un flux TCP de SIP a des trous'),
  seen: text(
    '{count} {count|hole|holes} of {bytes} bytes in all. {captured} {captured|was|were} acknowledged by the receiver, {repeated} sent again later; of {unknown} neither was seen.',
    '{count} {count|trou|trous} de {bytes} octets en tout. {captured} {captured|acquitté|acquittés} par le destinataire, {repeated} {repeated|retransmis|retransmis} plus tard ; pour {unknown}, ni l’un ni l’autre n’a été vu.',
  ),
  cause: text(
    'What the receiver acknowledged is missing in the capture only: messages of it are not in the ladder, though they were delivered. What was sent again was lost in the network.',
    'Ce que le destinataire a acquitté manque seulement dans la capture : ses messages ne sont pas dans le diagramme, bien que remis. Ce qui a été retransmis s’est perdu dans le réseau.',
  ),
  causeIs: 'cause',
  steps: [sipSteps.captureAgain, sipSteps.network],
  source: 'RFC 9293 §3.4',
});

const stream = (...missing: readonly string[]): DrawnCapture => ({
  drawn: two('0 >OPTIONS-1b', '0.1 <200-1b', '1 >OPTIONS-2b', '2 >OPTIONS-3b', '2.1 <200-3b', '9 >OPTIONS-4b', '60'),
  transport: 'TCP',
  missing,
});
export const examples: Examples = [
  { given: { ladder: stream('OPTIONS-2b') }, expect: 'found', subjects: ['10.0.0.1 → 10.0.0.2'] },
  { given: { ladder: stream() }, expect: 'clear' },
  // a datagram that is missing leaves no hole
  { given: { ladder: { ...stream('OPTIONS-2b'), transport: 'UDP' } }, expect: 'clear' },
  noCapture,
];
