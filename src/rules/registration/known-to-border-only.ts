import { text } from '../../text/text';
import type { Examples } from '../example';
import {
  borderAddresses,
  isFresh,
  listedAt,
  listedIndex,
  listingsOf,
  numberIndex,
  type NumberIndex,
} from '../listings';
import { rule, type CannotTell, type Grounds, type Hit } from '../rule';
import { sipSteps } from '../sip-steps';
import { capped } from '../users';

/** Granted seconds where neither the list nor the capture tells them (RFC 3261 §10.2.1.1). */
const usual = 3600;

export default rule({
  id: 'known-to-border-only',
  rows: ['f.reg.sbc_only'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['subscribers', ['registrar', 'signalling']],
  find: (grounds) => borderOnly(grounds),
  title: text('{number}: known to the SBC, not to the PBX', '{number} : connu du SBC, pas du PBX'),
  seen: text(
    '{listing} has {number} registered; on the side of the PBX it is absent from {other}.',
    '{listing} donne {number} enregistré ; du côté du PBX il est absent de {other}.',
  ),
  cause: text(
    'The border accepted the client and does not pass its registration on, or the PBX refuses it.',
    'La bordure a accepté le client et ne transmet pas son enregistrement, ou le PBX le refuse.',
  ),
  causeIs: 'symptom',
  steps: [sipSteps.captureBorder, sipSteps.listRegistrar, sipSteps.listSubscribers],
  source: 'EN 6.4.5a',
});

function borderOnly(grounds: Grounds): readonly (Hit | CannotTell)[] {
  const { evidence } = grounds;
  const { listed, strings, artifacts } = evidence;
  const listings = listingsOf(grounds).filter((listing) => isFresh(grounds, listing));
  const subscribers = listings.filter(({ side }) => side === 'border').flatMap(({ rows }) => rows);
  if (subscribers.length === 0) return [{ subject: '', missing: ['art.sbc.subs'] }];
  const pbx = listings.filter(({ side }) => side === 'pbx');
  const whole = pbx.some(({ complete }) => complete);
  const seen = whole ? undefined : pbxSide(grounds, subscribers);
  if (!whole && typeof seen === 'string') return [{ subject: '', missing: [seen] }];
  if (!whole && seen === undefined) return [{ subject: '', guards: ['G2'], missing: ['art.mivb.registrar'] }];
  const index = whole ? listedIndex(evidence, pbx) : (seen as NumberIndex);
  const other = whole ? artifacts[pbx[0]!.artifact]!.path : text('the capture', 'la capture');
  return capped(
    subscribers.flatMap((row): Hit[] => {
      const number = strings.text(listed.number[row]!);
      if (index.find(number).rows.length > 0) return [];
      return [
        {
          subject: number,
          at: [listedAt(evidence, row)],
          ...(whole ? {} : { confidence: 'likely' }),
          values: { number, listing: artifacts[listed.artifact[row]!]!.path, other },
        },
      ];
    }),
    100,
  );
}

/** Numbers that the border registers at the PBX, in a capture that outlasts the granted time; else what is missing. */
function pbxSide(
  { evidence, links, clock, facts }: Grounds,
  subscribers: readonly number[],
): NumberIndex | 'hosts' | undefined {
  const { messages, listed, strings } = evidence;
  const { registrations } = links;
  const borders = borderAddresses({ evidence, links, clock, facts });
  if (borders.size === 0) return 'hosts';
  const rows: (readonly [number, string])[] = [];
  let from = Infinity;
  let to = -Infinity;
  for (let row = 0; row < registrations.length; row++) {
    const first = registrations.first[row]!;
    if (!borders.has(strings.text(messages.source[first]!))) continue;
    rows.push([row, strings.text(registrations.aor[row]!)]);
    to = Math.max(to, links.coverage[messages.artifact[first]!]!);
  }
  for (const time of clock.messages) if (time < from) from = time;
  const granted = Math.max(...subscribers.map((row) => listed.expires[row]!), -1);
  // nothing of that side was captured, or not for long enough
  if (rows.length === 0 || to - from < (granted > 0 ? granted : usual) * 1e6) return undefined;
  return numberIndex(rows);
}

const subscribers = {
  'subs.csv': ['Subscriber;Status;Expires', '2001@voice.example;Registered;60', '2002@voice.example;Registered;60'],
};
const passedOn = `
          zoom            sbc             osv
    0.000 |--REGISTER-1-->|               |
    0.010 |               |--REGISTER-1b->|
    0.020 |               |<----200-1b----|
    0.030 |<----200-1-----|               |
`;
const users = { '': ['2001', '2001'], b: ['2001', '2001'] } as const;
const facts = { hosts: [{ address: '10.0.0.2', role: 'border' as const }] };

export const examples: Examples = [
  {
    given: {
      files: {
        ...subscribers,
        'registrar.txt': ['sip registrar all', '2001 sip:2001@10.0.0.5 1800 Zoom/6.6.0', 'Total: 1'],
      },
    },
    expect: 'found',
    subjects: ['2002'],
  },
  // a capture longer than the granted minute
  {
    given: {
      files: subscribers,
      ladder: { drawn: `${passedOn}   90.000 |               |               |`, users },
      facts,
    },
    expect: 'found',
    subjects: ['2002'],
  },
  {
    given: {
      files: {
        ...subscribers,
        'registrar.txt': [
          'sip registrar all',
          '2001 sip:2001@10.0.0.5 1800 Zoom/6.6.0',
          '2002 sip:2002@10.0.0.5 1800 Zoom/6.6.0',
          'Total: 2',
        ],
      },
    },
    expect: 'clear',
  },
  // too short to see every registration
  { given: { files: subscribers, ladder: { drawn: passedOn, users }, facts }, expect: 'not-evaluated' },
  { given: { files: subscribers }, expect: 'not-evaluated' },
];
