import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { addressOf, headerValues, userOf } from '../signalling';
import { sipSteps } from '../sip-steps';

const elsewhere = /cause\s*=\s*200\b|completed elsewhere|answered elsewhere/i;

export default rule({
  id: 'answered-elsewhere',
  rows: ['D26'],
  severity: 'note',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  headers: ['reason'],
  find(grounds) {
    const { evidence } = grounds;
    const { messages, strings } = evidence;
    const [CANCEL, INVITE] = [strings.find('CANCEL'), strings.find('INVITE')];
    const sights: Sight[] = [];
    for (const [row, values] of headerValues(evidence, 'reason')) {
      const isEnd =
        (messages.method[row] === CANCEL && messages.status[row] === 0) ||
        (messages.method[row] === INVITE && [204, 487].includes(messages.status[row]!));
      if (!isEnd || !values.some((value) => elsewhere.test(value)) || grounds.links.duplicateOf[row] !== -1) continue;
      const called = strings.text(messages.toUri[row]!);
      sights.push({ subject: addressOf(called), rows: [row], also: [userOf(called)] });
    }
    return hitsOf(grounds, sights);
  },
  title: text('{subject}: calls answered on another device', '{subject} : appels pris sur un autre appareil'),
  seen: text(
    '{count} {count|leg was|legs were} ended with Reason «Call completed elsewhere»: another device of the group had answered.',
    '{count} {count|jambe terminée|jambes terminées} avec Reason « Call completed elsewhere » : un autre appareil du groupe avait répondu.',
  ),
  cause: text(
    'Normal where several devices ring. It is no missed call and no fault of this leg.',
    'Normal quand plusieurs appareils sonnent. Ce n’est ni un appel manqué ni un défaut de cette jambe.',
  ),
  causeIs: 'cause',
  steps: [sipSteps.openLadder],
  source: 'RFC 3326 §3.1',
});

const reason = 'Reason: SIP;cause=200;text="Call completed elsewhere"';
export const examples: Examples = [
  {
    given: {
      ladder: {
        drawn: two('0 >INVITE-1', '0.1 <180-1', '3 >CANCEL-1', '3.01 <200:CANCEL-1', '3.02 <487-1'),
        with: { 'CANCEL-1': [reason] },
      },
    },
    expect: 'found',
    subjects: ['2002@pbx.example'],
  },
  // the caller hung up
  {
    given: { ladder: two('0 >INVITE-1', '0.1 <180-1', '3 >CANCEL-1', '3.01 <200:CANCEL-1', '3.02 <487-1') },
    expect: 'clear',
  },
  noCapture,
];
