import { createIntern } from '../../evidence/intern';
import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { refusalsOf, rowsOf } from '../refusals';
import { rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { sipSteps } from '../sip-steps';

export default rule({
  id: 'request-loop',
  rows: ['D31'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  find(grounds) {
    const { evidence, links } = grounds;
    const { messages, strings } = evidence;
    const sights: Sight[] = [];
    for (const refusal of refusalsOf(grounds, 'INVITE', (status) => status === 482 || status === 483, 'any')) {
      const host = strings.text(messages.source[refusal.final]!);
      sights.push({ subject: `${host} ${refusal.status}`, rows: rowsOf(grounds, refusal), values: { host } });
    }
    // the same request comes back to a host with another branch and fewer hops left
    const numbers = createIntern();
    const visits: number[] = [];
    const INVITE = strings.find('INVITE');
    for (const row of links.order) {
      if (messages.method[row] !== INVITE || messages.status[row] !== 0 || messages.maxForwards[row] === 255) continue;
      if (links.duplicateOf[row] !== -1 || links.repeatOf[row] !== -1) continue;
      const { callId, fromTag, cseq, target, requestUri } = messages;
      const key = numbers.id(callId[row]!, fromTag[row], cseq[row], target[row], requestUri[row]);
      const before = visits[key];
      visits[key] = row;
      if (before === undefined || messages.branch[before] === messages.branch[row]) continue;
      if (messages.maxForwards[row]! >= messages.maxForwards[before]! - 1) continue;
      const host = strings.text(messages.target[row]!);
      sights.push({ subject: `${host} ↺`, rows: [before, row], values: { host } });
    }
    return hitsOf(grounds, sights);
  },
  title: text('Requests run in circles at {host}', 'Des requêtes tournent en rond chez {host}'),
  seen: text(
    '{count} {count|request|requests} came to {host} again with fewer hops left, or ended with 482 or 483.',
    '{count} {count|requête est revenue|requêtes sont revenues} chez {host} avec moins de sauts restants, ou se sont terminées par 482 ou 483.',
  ),
  cause: text(
    'Two hosts route the number to each other: each takes the other for its home.',
    'Deux hôtes se renvoient le numéro : chacun prend l’autre pour son point d’attache.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Compare the routes for this number on both hosts: one of them must own it or refuse it.',
        'Comparer les routes de ce numéro sur les deux hôtes : l’un d’eux doit le posséder ou le refuser.',
      ),
    },
    sipSteps.openLadder,
  ],
  source: 'RFC 3261 §16.3, RFC 5393 §4.2',
});

export const examples: Examples = [
  { given: { ladder: two('0 >INVITE-1', '0.02 <483-1') }, expect: 'found', subjects: ['10.0.0.2 483'] },
  { given: { ladder: two('0 >INVITE-1', '0.02 <482-1') }, expect: 'found' },
  // a retransmission is no loop
  { given: { ladder: two('0 >INVITE-1', '0.5 >INVITE-1', '0.6 <486-1') }, expect: 'clear' },
  noCapture,
];
