import { createIntern } from '../../evidence/intern';
import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { refusalsOf, rowsOf } from '../refusals';
import { rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { sipSteps } from '../sip-steps';

const methods = ['INVITE', 'BYE', 'UPDATE', 'INFO', 'REFER', 'NOTIFY', 'SUBSCRIBE', 'PRACK'] as const;

export default rule({
  id: 'dialog-unknown',
  rows: ['D46'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  find(grounds) {
    const { evidence, links } = grounds;
    const { messages, strings } = evidence;
    if (links.transactions.status.every((status) => status !== 481)) return [];
    const seenAt = createIntern();
    for (const row of links.order) {
      if (messages.status[row] === 0 || messages.status[row]! < 200 || messages.status[row]! >= 300) continue;
      seenAt.id(messages.callId[row]!, messages.source[row]);
    }
    const BYE = strings.find('BYE');
    const ended = new Map<number, number>();
    for (const row of links.order)
      if (messages.method[row] === BYE && messages.status[row] === 0 && !ended.has(messages.callId[row]!))
        ended.set(messages.callId[row]!, row);
    const sights = methods.flatMap((method) =>
      refusalsOf(grounds, method, (status) => status === 481, 'inside').flatMap((refusal): Sight[] => {
        // both sides hung up at once: 481 to the second BYE is no fault
        const bye = ended.get(messages.callId[refusal.final]!);
        if (
          bye !== undefined &&
          refusal.request !== -1 &&
          grounds.clock.messages[bye]! < grounds.clock.messages[refusal.request]!
        )
          return [];
        const crossed = method === 'BYE' && bye !== undefined && bye !== refusal.request;
        if (crossed) return [];
        const host = strings.text(messages.source[refusal.final]!);
        const known = seenAt.find(messages.callId[refusal.final]!, messages.source[refusal.final]) !== -1;
        return [
          {
            subject: `${host} ${method}`,
            rows: rowsOf(grounds, refusal),
            values: { host, method, why: known ? once : never },
          },
        ];
      }),
    );
    return hitsOf(grounds, sights);
  },
  title: text(
    '{host} does not know the dialog (481 to {method})',
    '{host} ne connaît pas le dialogue (481 au {method})',
  ),
  seen: text(
    '{count} {method} within a dialog {count|was|were} answered 481 by {host}; {why}.',
    '{count} {method} dans un dialogue {count|a reçu|ont reçu} 481 de {host} ; {why}.',
  ),
  cause: text(
    'The host has lost the call (restart, failover, timeout), never had it, or the request went to the wrong one.',
    'L’hôte a perdu l’appel (redémarrage, bascule, temporisation), ne l’a jamais eu, ou la requête est partie vers le mauvais hôte.',
  ),
  causeIs: 'symptom',
  steps: [sipSteps.openLadder, sipSteps.captureBorder],
  source: 'RFC 3261 §12.2.1.2, RFC 3261 §12.2.2',
});

const once = text('it had answered in this dialog before', 'il avait déjà répondu dans ce dialogue');
const never = text('it was never seen in this dialog', 'il n’a jamais été vu dans ce dialogue');
export const examples: Examples = [
  {
    given: { ladder: two('0 >INVITE-1', '0.1 <200-1', '0.2 >ACK-1', '5 >BYE-2', '5.1 <481-2') },
    expect: 'found',
    subjects: ['10.0.0.2 BYE'],
  },
  // both hang up
  {
    given: {
      ladder: two('0 >INVITE-1', '0.1 <200-1', '0.2 >ACK-1', '5 <BYE-7', '5 >BYE-2', '5.1 <481-2', '5.1 >200-7'),
    },
    expect: 'clear',
  },
  noCapture,
];
