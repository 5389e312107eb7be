import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { rule } from '../rule';
import { hitsOf, type Sight, wayOf } from '../sights';
import { sipSteps } from '../sip-steps';

/** RFC 3261 §18.1.1: 200 bytes below the MTU, or 1300 where that is unknown. */
const most = 1300;

export default rule({
  id: 'request-too-big',
  rows: ['T01'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  find(grounds) {
    const { evidence, links } = grounds;
    const { messages, strings } = evidence;
    const { transactions } = links;
    const sights: Sight[] = [];
    for (let transaction = 0; transaction < transactions.length; transaction++) {
      const request = transactions.request[transaction]!;
      if (request === -1 || messages.transport[request] !== 1 || messages.size[request]! <= most) continue;
      const answered = [...links.transactionMessages(transaction)].some((row) => messages.status[row]! > 0);
      const lost = !answered && transactions.repeats[transaction]! >= 2;
      sights.push({
        subject: wayOf(grounds, request),
        rows: [request],
        severity: lost ? 'error' : 'warning',
        values: {
          method: strings.text(transactions.method[transaction]!),
          size: { bytes: messages.size[request]! },
          why: lost ? silent : passes,
        },
      });
    }
    return hitsOf(grounds, sights);
  },
  title: text('{subject}: requests too big for UDP', '{subject} : requêtes trop grandes pour UDP'),
  seen: text(
    '{count} {count|request is|requests are} larger than 1300 bytes over UDP; one {method} has {size}: {why}.',
    '{count} {count|requête dépasse|requêtes dépassent} 1300 octets en UDP ; un {method} fait {size} : {why}.',
  ),
  cause: text(
    'Such a request is cut into IP fragments, which many firewalls and NATs drop. It should go over TCP.',
    'Une telle requête est découpée en fragments IP, que beaucoup de pare-feu et de NAT rejettent. Elle devrait passer par TCP.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Use TCP or TLS on this trunk, or shorten the codec list of the client.',
        'Utiliser TCP ou TLS sur cette liaison, ou raccourcir la liste de codecs du client.',
      ),
    },
    sipSteps.firewall,
  ],
  source: 'RFC 3261 §18.1.1',
});

const silent = text('it was repeated and never answered', 'il a été répété et n’a jamais reçu de réponse');
const passes = text('it was answered here', 'il a reçu une réponse ici');
const big = { 'INVITE-1': [`Subject: ${'x'.repeat(1400)}`] };
export const examples: Examples = [
  {
    given: { ladder: { drawn: two('0 >INVITE-1', '0.5 >INVITE-1', '1.5 >INVITE-1'), with: big } },
    expect: 'found',
    subjects: ['10.0.0.1 → 10.0.0.2'],
  },
  { given: { ladder: { drawn: two('0 >INVITE-1', '0.5 <486-1'), with: big, transport: 'TCP' } }, expect: 'clear' },
  { given: { ladder: two('0 >INVITE-1', '0.5 <486-1') }, expect: 'clear' },
  noCapture,
];
