import { registrationOutcomes } from '../../evidence/links';
import { text } from '../../text/text';
import type { Examples } from '../example';
import { listedAt, listingsOf, numberIndex } from '../listings';
import { rule, type CannotTell, type Grounds, type Hit } from '../rule';
import { sipSteps } from '../sip-steps';
import { capped } from '../users';

/** Seconds left below which a phone has missed its time to register again. */
const least = 10;

export default rule({
  id: 'registration-expired',
  rows: ['f.reg.expiring'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: [['registrar', 'subscribers']],
  find: (grounds) => expiring(grounds),
  title: text('{number}: registration expired', '{number} : enregistrement expiré'),
  seen: text(
    '{listing} gives {number} {left} s more, and nothing shows that it registered again.',
    '{listing} laisse {left} s à {number}, et rien ne montre qu’il s’est réenregistré.',
  ),
  cause: text(
    'A phone registers again well before its time is over; this one did not, or its registration did not arrive.',
    'Un téléphone se réenregistre bien avant l’échéance ; celui-ci ne l’a pas fait, ou son enregistrement n’est pas arrivé.',
  ),
  causeIs: 'symptom',
  steps: [sipSteps.captureBorder, sipSteps.listRegistrar],
  source: 'EN 5.2.1.1',
});

function expiring(grounds: Grounds): readonly (Hit | CannotTell)[] {
  const { evidence, links, clock } = grounds;
  const { listed, strings, artifacts } = evidence;
  const { registrations } = links;
  const listings = listingsOf(grounds);
  const rows = listings.flatMap((listing) => listing.rows).filter((row) => listed.expires[row]! >= 0);
  if (rows.length === 0) return [{ subject: '', missing: ['art.mivb.registrar'] }];
  const timeOf = new Map(listings.map(({ artifact, time }) => [artifact, time]));
  const again = numberIndex(
    Array.from({ length: registrations.length }, (_, row) => [row, strings.text(registrations.aor[row]!)] as const),
  );
  const registered = registrationOutcomes.indexOf('registered');
  const hits = rows.flatMap((row): Hit[] => {
    const left = listed.expires[row]!;
    if (left >= least) return [];
    const number = strings.text(listed.number[row]!);
    const time = timeOf.get(listed.artifact[row]!) ?? NaN;
    const renewed = again
      .find(number)
      .rows.some(
        (one) =>
          registrations.outcome[one] === registered && !(clock.messages[registrations.last[one]!]! < time - left * 1e6),
      );
    if (renewed) return [];
    return [
      {
        subject: number,
        at: [listedAt(evidence, row)],
        values: { number, left, listing: artifacts[listed.artifact[row]!]!.path },
      },
    ];
  });
  return capped(hits, 100);
}

const registrar = (left: number) => ({
  'registrar.txt': ['sip registrar all', `2001 sip:2001@10.0.0.5 ${left} Zoom/6.6.0`],
});

export const examples: Examples = [
  { given: { files: registrar(4) }, expect: 'found', subjects: ['2001'] },
  { given: { files: registrar(10) }, expect: 'clear' },
  // the capture shows that it came back
  {
    given: { files: registrar(4), ladder: '\n  zoom  mbg\n 0.000 |--REGISTER-1-->|\n 0.010 |<----200-1-----|' },
    expect: 'clear',
  },
  // a list without expiry
  {
    given: { files: { 'subs.csv': ['Subscriber;Status', '2001@voice.example;Registered'] } },
    expect: 'not-evaluated',
  },
  { given: { report: ['anna@example.org | Anna'] }, expect: 'not-evaluated' },
];
