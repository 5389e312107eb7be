import { SECOND } from '../../base/time';
import type { Evidence } from '../../evidence/evidence';
import { text } from '../../text/text';
import { wholeSeconds } from '../drawn';
import type { Examples } from '../example';
import { rule, type CannotTell, type Grounds, type Hit } from '../rule';
import { finer, isCoarse } from '../sights';
import { repeatsOf, seenFrom, seenIn } from '../signalling';
import { sipSteps } from '../sip-steps';
import { capped, shownPlaces } from '../users';

interface Losses {
  readonly caller: number;
  readonly called: number;
  calls: number;
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
        'Ouvrir le diagramme d’un appel et comparer le Contact du 2xx avec l’adresse que l’appelant peut joindre.',
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
  const found = new Map<string, Losses>();
  const open = new Map<string, CannotTell>();
  for (const legs of unacknowledged(grounds)) {
    const seen = legs.filter(({ caller, called }) => seenFrom(evidence, caller, called));
    // where the caller sends no ACK, nobody behind it can: the leg that began first is where it was lost
    const first = seen[0];
    if (!first) {
      const subject = subjectOf(evidence, legs[0]!);
      open.set(subject, { subject, guards: ['G1'] });
      continue;
    }
    const { caller, called, final, copies } = first;
    const subject = subjectOf(evidence, first);
    if ([final, ...copies].some((row) => isCoarse(grounds, row))) {
      open.set(subject, { subject, missing: finer });
      continue;
    }
    const known = found.get(subject) ?? { caller, called, calls: 0, callIds: [], rows: [], copies: 0, dropped: 0 };
    found.set(subject, known);
    known.calls++;
    known.callIds.push(...new Set(seen.map((leg) => strings.text(messages.callId[leg.final]!))));
    known.rows.push(...seen.flatMap((leg) => [leg.final, ...leg.copies]));
    known.copies += copies.length;
    const call = transactions.call[first.transaction]!;
    const talked = call === -1 ? NaN : calls.end[call]! - clock.messages[final]!;
    if (talked > 28 * SECOND && talked < 36 * SECOND) known.dropped++;
  }
  const hits = [...found].map(([subject, { caller, called, calls: count, callIds, rows, copies, dropped }]): Hit => ({
    subject,
    also: callIds.slice(0, 50),
    ...seenIn(grounds, rows),
    count,
    values: { caller: strings.text(caller), called: strings.text(called), count, copies, dropped },
  }));
  return [...capped(hits), ...[...open.values()].slice(0, shownPlaces)];
}

interface Unacknowledged {
  readonly transaction: number;
  readonly final: number;
  readonly copies: readonly number[];
  readonly caller: number;
  readonly called: number;
}

/** INVITEs whose 2xx was sent again and never acknowledged: those of one call together, the leg that began first ahead. */
function unacknowledged({ evidence, clock, links }: Grounds): readonly (readonly Unacknowledged[])[] {
  const { messages, strings } = evidence;
  const { transactions } = links;
  const INVITE = strings.find('INVITE');
  const groups = new Map<string, Unacknowledged[]>();
  for (let transaction = 0; transaction < transactions.length; transaction++) {
    const status = transactions.status[transaction]!;
    if (transactions.method[transaction] !== INVITE || status < 200 || status >= 300) continue;
    if (transactions.ack[transaction] !== -1) continue;
    const final = transactions.final[transaction]!;
    const copies = repeatsOf(links, transaction, final);
    if (copies.length < 2) continue;
    const entry = { transaction, final, copies, caller: messages.target[final]!, called: messages.source[final]! };
    const call = transactions.call[transaction]!;
    const key = call === -1 ? `transaction ${transaction}` : `call ${call}`;
    const own = groups.get(key);
    if (own) own.push(entry);
    else groups.set(key, [entry]);
  }
  const began = ({ transaction, final }: Unacknowledged): number => {
    const request = transactions.request[transaction]!;
    return clock.messages[request === -1 ? final : request]!;
  };
  return [...groups.values()].map((legs) => legs.sort((a, b) => began(a) - began(b)));
}

const subjectOf = ({ strings }: Evidence, { caller, called }: Unacknowledged): string =>
  `${strings.text(caller)} → ${strings.text(called)}`;

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
  // both legs of a call: lost where the caller sent none
  {
    given: {
      ladder: `
           zoom          mbg           mivb
     0.000 |--INVITE-1-->|             |
     0.010 |             |--INVITE-1b->|
     4.000 |             |<---200-1b---|
     4.010 |<---200-1----|             |
     4.500 |             |<---200-1b---|
     4.510 |<---200-1----|             |
     5.500 |             |<---200-1b---|
     5.510 |<---200-1----|             |`,
    },
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
  // a trace of whole seconds measures nothing
  wholeSeconds('0 >INVITE-1', '4 <200-1', '5 <200-1', '7 <200-1', '40'),
  // G1: only the called side was captured
  {
    given: { ladder: resent('').replace(/.*(INVITE|180).*\n/g, '') },
    expect: 'not-evaluated',
  },
  { given: { report: ['anna@example.org | Anna'] }, expect: 'not-evaluated' },
];
