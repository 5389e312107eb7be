import { SECOND } from '../../base/time';
import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule, type CannotTell, type Grounds, type Hit } from '../rule';
import { repeatsOf, seenFrom, seenIn } from '../signalling';
import { sipSteps } from '../sip-steps';
import { capped, shownPlaces } from '../users';

interface Losses {
  readonly caller: number;
  readonly called: number;
  readonly callIds: string[];
  readonly rows: number[];
  copies: number;
  dropped: number;
}

export default rule({
  id: 'answer-unacknowledged',
  rows: ['D21', 'f.sip.no_ack'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  guards: ['G1'],
  find: (grounds) => losses(grounds),
  title: text(
    '{caller} → {called}: the 200 is never acknowledged, calls drop at 32 s',
    '{caller} → {called} : le 200 n’est jamais acquitté, les appels tombent à 32 s',
  ),
  seen: text(
    'For {count} {count|call|calls}, {called} sent its 2xx to the INVITE again {copies} times and no ACK followed; {dropped} of them ended about 32 s after the answer.',
    'Pour {count} {count|appel|appels}, {called} a renvoyé {copies} fois son 2xx à l’INVITE sans qu’un ACK suive ; {dropped} d’entre eux se sont terminés environ 32 s après la réponse.',
  ),
  cause: text(
    'The ACK does not reach the called side: its Contact or Record-Route names an address that the caller cannot reach (NAT, SIP ALG, wrong public address), or the 2xx itself does not arrive.',
    'L’ACK n’atteint pas le côté appelé : son Contact ou Record-Route porte une adresse que l’appelant ne peut pas joindre (NAT, SIP ALG, mauvaise adresse publique), ou le 2xx lui-même n’arrive pas.',
  ),
  causeIs: 'symptom',
  steps: [
    {
      do: text(
        'Open the ladder of one call and compare the Contact of the 2xx with the address that the caller can reach.',
        'Ouvrir l’échelle d’un appel et comparer le Contact du 2xx avec l’adresse que l’appelant peut joindre.',
      ),
    },
    sipSteps.network,
    sipSteps.captureBorder,
  ],
  source: 'RFC 3261 §13.3.1.4',
});

function losses(grounds: Grounds): readonly (Hit | CannotTell)[] {
  const { evidence, clock, links } = grounds;
  const { messages, strings } = evidence;
  const { transactions, calls } = links;
  const INVITE = strings.find('INVITE');
  const found = new Map<string, Losses>();
  const open = new Map<string, CannotTell>();
  for (let transaction = 0; transaction < transactions.length; transaction++) {
    const status = transactions.status[transaction]!;
    if (transactions.method[transaction] !== INVITE || status < 200 || status >= 300) continue;
    if (transactions.ack[transaction] !== -1) continue;
    const final = transactions.final[transaction]!;
    const copies = repeatsOf(links, transaction, final);
    if (copies.length < 2) continue;
    const called = messages.source[final]!;
    const caller = messages.target[final]!;
    const subject = `${strings.text(caller)} → ${strings.text(called)}`;
    if (!seenFrom(evidence, caller, called)) {
      open.set(subject, { subject, guards: ['G1'] });
      continue;
    }
    const known = found.get(subject) ?? { caller, called, callIds: [], rows: [], copies: 0, dropped: 0 };
    found.set(subject, known);
    known.callIds.push(strings.text(messages.callId[final]!));
    known.rows.push(final, ...copies);
    known.copies += copies.length;
    const call = transactions.call[transaction]!;
    const talked = call === -1 ? NaN : calls.end[call]! - clock.messages[final]!;
    if (talked > 28 * SECOND && talked < 36 * SECOND) known.dropped++;
  }
  const hits = [...found].map(([subject, { caller, called, callIds, rows, copies, dropped }]): Hit => ({
    subject,
    also: callIds.slice(0, 50),
    ...seenIn(grounds, rows),
    count: callIds.length,
    values: {
      caller: strings.text(caller),
      called: strings.text(called),
      count: callIds.length,
      copies,
      dropped,
    },
  }));
  return [...capped(hits), ...[...open.values()].slice(0, shownPlaces)];
}

const resent = (rest: string): string => `
           zoom          mbg
     0.000 |--INVITE-1-->|
     0.020 |<---180-1----|
     4.000 |<---200-1----|
     4.500 |<---200-1----|
     5.500 |<---200-1----|
${rest}`;

export const examples: Examples = [
  {
    given: { ladder: resent('    36.000 |<---BYE-9----|\n    36.010 |----200-9--->|') },
    expect: 'found',
    subjects: ['10.0.0.1 → 10.0.0.2'],
  },
  // the ACK came, late
  { given: { ladder: resent('     6.000 |----ACK-1--->|') }, expect: 'clear' },
  // one copy may be lost on any network
  {
    given: { ladder: '\n  zoom  mbg\n 0.000 |--INVITE-1-->|\n 4.000 |<---200-1----|\n 4.500 |<---200-1----|' },
    expect: 'clear',
  },
  // G1: only the called side was captured
  {
    given: { ladder: resent('').replace(/.*(INVITE|180).*\n/g, '') },
    expect: 'not-evaluated',
  },
  { given: { report: ['anna@example.org | Anna'] }, expect: 'not-evaluated' },
];
