import { SECOND } from '../../base/time';
import { leastMissed, peersOf } from '../../evidence/peers';
import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { type CannotTell, type Guard, rule } from '../rule';
import { hitsOf, type Sight, wayOf } from '../sights';
import { ranOn, seenFrom } from '../signalling';
import { sipSteps } from '../sip-steps';

export default rule({
  id: 'options-peer-down',
  rows: ['T14', 'f.sip.options_down'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  guards: ['G1', 'G2'],
  find(grounds) {
    const { evidence, links } = grounds;
    const { messages } = evidence;
    const sights: Sight[] = [];
    const open = new Map<string, CannotTell>();
    for (const peer of peersOf(evidence, grounds.clock, links)) {
      for (const outage of peer.outages) {
        const first = links.transactions.request[outage.transactions[0]!]!;
        const subject = wayOf(grounds, first);
        const guards: Guard[] = [];
        if (!seenFrom(evidence, messages.target[first]!, messages.source[first]!)) guards.push('G1');
        // the last ones may still be answered; those before them are not
        const missed = outage.transactions.filter((transaction) => ranOn(grounds, transaction, 32 * SECOND));
        if (missed.length < leastMissed) guards.push('G2');
        if (guards.length > 0) {
          open.set(`${subject} ${guards.join()}`, { subject, guards });
          continue;
        }
        sights.push({
          subject,
          rows: missed.map((transaction) => links.transactions.request[transaction]!),
          values: {
            host: evidence.strings.text(messages.target[first]!),
            tries: missed.length,
            from: { time: outage.from },
            state: outage.to === undefined ? stays : back,
          },
        });
      }
    }
    return [...hitsOf(grounds, sights), ...open.values()];
  },
  title: text('{host} does not answer its peer’s OPTIONS', '{host} ne répond pas aux OPTIONS de son pair'),
  seen: text(
    '{tries} OPTIONS in a row ({subject}) stayed without an answer from {from} on; {state}. {count} {count|outage|outages}.',
    '{tries} OPTIONS de suite ({subject}) sont restés sans réponse à partir de {from} ; {state}. {count} {count|interruption|interruptions}.',
  ),
  cause: text(
    'The link between the two is down, or the peer has stopped or blocks the sender. Calls over this link fail meanwhile.',
    'Le lien entre les deux est coupé, ou le pair est arrêté ou bloque l’émetteur. Les appels par ce lien échouent pendant ce temps.',
  ),
  causeIs: 'symptom',
  steps: [sipSteps.network, sipSteps.allowList],
  explains: [{ row: 'D02', when: 'same-hosts' }],
  source: 'RFC 3261 §11',
});

const stays = text('it lasts to the end of the capture', 'elle dure jusqu’à la fin de la capture');
const back = text('later ones were answered again', 'les suivants ont de nouveau reçu une réponse');
const asked = (n: number, answer: boolean): readonly string[] => [
  `${n * 30} >OPTIONS-${n}`,
  ...(answer ? [`${n * 30}.1 <200-${n}`] : []),
];
export const examples: Examples = [
  {
    given: { ladder: two(...asked(1, true), ...asked(2, false), ...asked(3, false), ...asked(4, false), '200') },
    expect: 'found',
    subjects: ['10.0.0.1 → 10.0.0.2'],
  },
  // it is asked to the end of the capture: only the last ones cannot be told
  {
    given: { ladder: two(...asked(1, true), ...[2, 3, 4, 5, 6].flatMap((n) => asked(n, false))) },
    expect: 'found',
  },
  // any answer proves that the link lives
  {
    given: {
      ladder: two(...asked(1, true), ...asked(2, false), '90 >OPTIONS-3', '90.1 <404-3', ...asked(4, false), '200'),
    },
    expect: 'clear',
  },
  // G1: nothing was ever heard from there
  {
    given: { ladder: two(...asked(1, false), ...asked(2, false), ...asked(3, false), '200') },
    expect: 'not-evaluated',
  },
  // G2: the capture stops
  {
    given: { ladder: two(...asked(1, true), ...asked(2, false), ...asked(3, false), ...asked(4, false)) },
    expect: 'not-evaluated',
  },
  noCapture,
];
