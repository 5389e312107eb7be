import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { type CannotTell, rule } from '../rule';
import { type Sight, timedHitsOf, wayOf } from '../sights';
import { headerValues, repeatsOf, seenFrom } from '../signalling';
import { sipSteps } from '../sip-steps';

export default rule({
  id: 'prack-missing',
  rows: ['D24'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  guards: ['G1'],
  headers: ['require', 'rseq'],
  find(grounds) {
    const { evidence, links } = grounds;
    const { messages, strings } = evidence;
    const { transactions } = links;
    const [INVITE, PRACK] = [strings.find('INVITE'), strings.find('PRACK')];
    const reliable = headerValues(evidence, 'rseq');
    if (reliable.size === 0) return [];
    const acknowledged = new Set<number>();
    for (let row = 0; row < messages.length; row++)
      if (messages.method[row] === PRACK) acknowledged.add(links.legOf[row]!);
    const open = new Map<string, CannotTell>();
    const sights: Sight[] = [];
    for (let transaction = 0; transaction < transactions.length; transaction++) {
      if (transactions.method[transaction] !== INVITE) continue;
      const rows = links.transactionMessages(transaction);
      const asked = [...rows].find(
        (row) => messages.status[row]! > 100 && messages.status[row]! < 200 && reliable.has(row),
      );
      if (asked === undefined || acknowledged.has(links.legOf[asked]!)) continue;
      const copies = repeatsOf(links, transaction, asked);
      if (copies.length < 2) continue;
      const subject = wayOf(grounds, asked);
      if (!seenFrom(evidence, messages.target[asked]!, messages.source[asked]!)) {
        open.set(subject, { subject, guards: ['G1'] });
        continue;
      }
      sights.push({
        subject,
        rows: [asked, ...copies],
        values: { status: String(messages.status[asked]), copies: copies.length },
      });
    }
    return [...timedHitsOf(grounds, sights), ...open.values()];
  },
  title: text(
    '{subject}: the reliable {status} is never acknowledged by PRACK',
    '{subject} : le {status} fiable n’est jamais acquitté par PRACK',
  ),
  seen: text(
    'In {count} {count|call|calls} a {status} with RSeq was sent again {copies} times and no PRACK came.',
    'Dans {count} {count|appel|appels}, un {status} avec RSeq a été renvoyé {copies} fois sans qu’un PRACK arrive.',
  ),
  cause: text(
    'The caller does not know 100rel though it was told so, or the provisional answer does not reach it. After 32 s the called side gives up with 5xx.',
    'L’appelant ne connaît pas 100rel bien qu’on le lui demande, ou la réponse provisoire ne l’atteint pas. Après 32 s, l’appelé abandonne avec un 5xx.',
  ),
  causeIs: 'symptom',
  steps: [
    {
      do: text(
        'Switch PRACK (100rel) off on this trunk, or on on both sides.',
        'Désactiver PRACK (100rel) sur cette liaison, ou l’activer des deux côtés.',
      ),
    },
    sipSteps.network,
  ],
  source: 'RFC 3262 §3, RFC 3262 §4',
});

const rings = { '183-1': ['Require: 100rel', 'RSeq: 1'] };
const repeated = ['0.1 <183-1', '0.6 <183-1', '1.6 <183-1'];
export const examples: Examples = [
  {
    given: { ladder: { drawn: two('0 >INVITE-1', ...repeated), with: rings } },
    expect: 'found',
    subjects: ['10.0.0.2 → 10.0.0.1'],
  },
  {
    given: { ladder: { drawn: two('0 >INVITE-1', ...repeated, '1.7 >PRACK-2', '1.8 <200-2'), with: rings } },
    expect: 'clear',
  },
  // G1: the caller is not in the capture
  { given: { ladder: { drawn: two(...repeated), with: rings } }, expect: 'not-evaluated' },
  noCapture,
];
