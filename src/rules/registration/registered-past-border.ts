import { text } from '../../text/text';
import type { Examples } from '../example';
import { borderAddresses, contactHost, listedAt, listingsOf, userIndex } from '../listings';
import { rule, type CannotTell, type Grounds, type Hit } from '../rule';
import { sipSteps } from '../sip-steps';
import { capped } from '../users';

export default rule({
  id: 'registered-past-border',
  rows: ['f.reg.not_via_border'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['registrar'],
  find: (grounds) => direct(grounds),
  title: text('{number}: registered without passing the border', '{number} : enregistré sans passer par la bordure'),
  seen: text(
    '{listing} has {number} at {contact}; the border is {border}.',
    '{listing} place {number} à {contact} ; la bordure est {border}.',
  ),
  cause: text(
    'The client reaches the PBX directly: it is inside the network and resolves another name, or was set up by hand.',
    'Le client joint le PBX directement : il est dans le réseau et résout un autre nom, ou a été configuré à la main.',
  ),
  causeIs: 'symptom',
  steps: [
    {
      do: text(
        'Look at the network that the client is in and at the name that it registers with.',
        'Regarder dans quel réseau se trouve le client et le nom avec lequel il s’enregistre.',
      ),
    },
    sipSteps.captureBorder,
  ],
  source: 'FR 2',
});

function direct(grounds: Grounds): readonly (Hit | CannotTell)[] {
  const { evidence } = grounds;
  const { listed, strings, artifacts } = evidence;
  const listings = listingsOf(grounds).filter(({ side }) => side === 'pbx');
  const borders = borderAddresses(grounds);
  if (borders.size === 0) return [{ subject: '', missing: ['hosts'] }];
  const users = userIndex(evidence);
  const rows = listings.flatMap((listing) => listing.rows);
  // a desk phone registers where it stands: only a Zoom client must come through the border
  const ours = rows.filter((row) => {
    const agent = strings.text(listed.agent[row]!);
    return agent === '' ? users.find(strings.text(listed.number[row]!)).rows.length > 0 : /zoom/i.test(agent);
  });
  const placed = ours.filter((row) =>
    /^(?:\d{1,3}\.){3}\d{1,3}$|:/.test(contactHost(strings.text(listed.contact[row]!))),
  );
  if (placed.length === 0) return [{ subject: '', missing: ['art.mivb.registrar'] }];
  return capped(
    placed.flatMap((row): Hit[] => {
      const contact = strings.text(listed.contact[row]!);
      const host = contactHost(contact);
      if (borders.has(host)) return [];
      const number = strings.text(listed.number[row]!);
      return [
        {
          subject: number,
          also: [host],
          at: [listedAt(evidence, row)],
          values: {
            number,
            contact: host,
            border: { list: [...borders].slice(0, 5) },
            listing: artifacts[listed.artifact[row]!]!.path,
          },
        },
      ];
    }),
    100,
  );
}

const registrar = (address: string, agent = 'Zoom/6.6.0') => ({
  'registrar.txt': ['sip registrar all', `2001 sip:2001@${address}:5061 1800 ${agent}`],
});
const facts = { hosts: [{ address: '10.0.0.5', role: 'border' as const }] };

export const examples: Examples = [
  { given: { files: registrar('10.9.9.9'), facts }, expect: 'found', subjects: ['2001'] },
  { given: { files: registrar('10.0.0.5'), facts }, expect: 'clear' },
  // a desk phone needs no border
  {
    given: {
      files: {
        'registrar.txt': [
          'sip registrar all',
          '2001 sip:2001@10.0.0.5:5061 1800 Zoom/6.6.0',
          '2002 sip:2002@10.9.9.9:5061 1800 Mitel-6920-SIP/6.4.0.140',
        ],
      },
      facts,
    },
    expect: 'clear',
  },
  // which address is the border's?
  { given: { files: registrar('10.9.9.9') }, expect: 'not-evaluated' },
  { given: { report: ['anna@example.org | Anna'], facts }, expect: 'not-evaluated' },
];
