import { text } from '../../text/text';
import { hostOf } from '../addresses';
import { noCapture } from '../drawn';
import type { DrawnCapture, Examples } from '../example';
import { rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { sipSteps } from '../sip-steps';

export default rule({
  id: 'rport-ignored',
  rows: ['T10'],
  severity: 'error',
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
      if (request === -1 || messages.transport[request] !== 1 || messages.rport[request]! < 0) continue;
      const answer = [...links.transactionMessages(transaction)].find(
        (row) => messages.status[row]! > 0 && messages.source[row] === messages.target[request],
      );
      if (answer === undefined) continue;
      const elsewhere =
        messages.target[answer] !== messages.source[request] ||
        messages.targetPort[answer] !== messages.sourcePort[request];
      if (!elsewhere) continue;
      const sentBy = strings.text(messages.sentBy[request]!);
      const to = `${strings.text(messages.target[answer]!)}:${messages.targetPort[answer]}`;
      // the same request seen twice (before and behind a border) is not this
      if (
        hostOf(sentBy) !== strings.text(messages.target[answer]!) &&
        !sentBy.includes(`:${messages.targetPort[answer]}`)
      )
        continue;
      sights.push({
        subject: strings.text(messages.source[answer]!),
        rows: [request, answer],
        values: { from: `${strings.text(messages.source[request]!)}:${messages.sourcePort[request]}`, to },
      });
    }
    return hitsOf(grounds, sights);
  },
  title: text('{subject} answers past the NAT', '{subject} répond à côté du NAT'),
  seen: text(
    '{count} {count|request|requests} with rport came from {from}, the answers went to {to}.',
    '{count} {count|requête|requêtes} avec rport venaient de {from}, les réponses sont parties vers {to}.',
  ),
  cause: text(
    'The host answers to the address written in Via instead of where the request came from. Behind NAT the answer is lost.',
    'L’hôte répond à l’adresse inscrite dans Via au lieu de celle d’où vient la requête. Derrière un NAT, la réponse est perdue.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Switch symmetric response routing (RFC 3581, rport) on at this host.',
        'Activer le routage symétrique des réponses (RFC 3581, rport) sur cet hôte.',
      ),
    },
    sipSteps.network,
  ],
  source: 'RFC 3581 §4',
});

const drawn = (port: string): DrawnCapture => ({
  drawn: `zoom mbg nat\n 0 |--REGISTER-1-->|  |\n 0.1 |  |--${'200-1'}-->|`,
  hosts: { zoom: '203.0.113.9:40000', mbg: '198.51.100.1', nat: `203.0.113.9:${port}` },
  with: {
    'REGISTER-1': ['Via: SIP/2.0/UDP 203.0.113.9:5060;branch=z9hG4bK-n;rport'],
    '200-1': [
      'Via: SIP/2.0/UDP 203.0.113.9:5060;branch=z9hG4bK-n;rport=40000',
      'Call-ID: register@example',
      'CSeq: 1 REGISTER',
    ],
  },
});
export const examples: Examples = [
  { given: { ladder: drawn('5060') }, expect: 'found', subjects: ['198.51.100.1'] },
  { given: { ladder: drawn('40000') }, expect: 'clear' },
  noCapture,
];
