import { SECOND } from '../../base/time';
import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { type CannotTell, rule } from '../rule';
import { hitsOf, type Sight, wayOf } from '../sights';
import { ranOn } from '../signalling';
import { sipSteps } from '../sip-steps';

export default rule({
  id: 'cancel-race',
  rows: ['D25'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  guards: ['G2'],
  find(grounds) {
    const { evidence, links } = grounds;
    const { messages, strings } = evidence;
    const { transactions } = links;
    const [INVITE, CANCEL, BYE] = ['INVITE', 'CANCEL', 'BYE'].map((name) => strings.find(name));
    const cancels = new Map<string, number>();
    const ended = new Set<number>();
    for (let transaction = 0; transaction < transactions.length; transaction++) {
      const request = transactions.request[transaction]!;
      if (request === -1) continue;
      if (transactions.method[transaction] === CANCEL)
        cancels.set(`${links.legOf[request]} ${messages.cseq[request]}`, transaction);
      if (transactions.method[transaction] === BYE) ended.add(links.legOf[request]!);
    }
    const sights: Sight[] = [];
    const open = new Map<string, CannotTell>();
    for (let transaction = 0; transaction < transactions.length; transaction++) {
      const request = transactions.request[transaction]!;
      if (transactions.method[transaction] !== INVITE || request === -1 || cancels.size === 0) continue;
      const cancel = cancels.get(`${links.legOf[request]} ${messages.cseq[request]}`);
      if (cancel === undefined) continue;
      const status = transactions.status[transaction]!;
      const answered = status >= 200 && status < 300 && !ended.has(links.legOf[request]!);
      const silent = status === 0 && transactions.status[cancel] === 200;
      if (!answered && !silent) continue;
      const subject = wayOf(grounds, request);
      if (!ranOn(grounds, transaction, 32 * SECOND)) {
        open.set(subject, { subject, guards: ['G2'] });
        continue;
      }
      sights.push({
        subject,
        rows: [request, transactions.request[cancel]!, transactions.final[transaction]!].filter((row) => row !== -1),
        values: { why: answered ? ghost : noFinal },
      });
    }
    return [...hitsOf(grounds, sights), ...open.values()];
  },
  title: text('{subject}: a cancelled call lives on', '{subject} : un appel annulé continue'),
  seen: text(
    '{count} {count|call was|calls were} cancelled: {why}.',
    '{count} {count|appel annulé|appels annulés} : {why}.',
  ),
  cause: text(
    'CANCEL and answer crossed, or the called side took the CANCEL and forgot the INVITE: one side believes in a call that the other has left.',
    'CANCEL et réponse se sont croisés, ou l’appelé a accepté le CANCEL et oublié l’INVITE : un côté croit à un appel que l’autre a quitté.',
  ),
  causeIs: 'cause',
  steps: [sipSteps.openLadder, sipSteps.network],
  source: 'RFC 3261 §9.1, RFC 3261 §9.2, RFC 3261 §15',
});

const ghost = text(
  'the 2xx came all the same and no BYE ended the call',
  'le 2xx est arrivé malgré tout et aucun BYE n’a terminé l’appel',
);
const noFinal = text(
  'the CANCEL was answered 200, the INVITE never 487',
  'le CANCEL a reçu 200, l’INVITE n’a jamais reçu 487',
);

export const examples: Examples = [
  {
    given: { ladder: two('0 >INVITE-1', '0.1 <180-1', '3 >CANCEL-1', '3 <200-1', '3.1 <200:CANCEL-1', '60') },
    expect: 'found',
    subjects: ['10.0.0.1 → 10.0.0.2'],
  },
  { given: { ladder: two('0 >INVITE-1', '0.1 <180-1', '3 >CANCEL-1', '3.1 <200:CANCEL-1', '60') }, expect: 'found' },
  {
    given: {
      ladder: two('0 >INVITE-1', '0.1 <180-1', '3 >CANCEL-1', '3.1 <200:CANCEL-1', '3.2 <487-1', '3.3 >ACK-1', '60'),
    },
    expect: 'clear',
  },
  // G2: the capture stops before it could go on
  { given: { ladder: two('0 >INVITE-1', '0.1 <180-1', '3 >CANCEL-1', '3.1 <200:CANCEL-1') }, expect: 'not-evaluated' },
  noCapture,
];
