import { text } from '../../text/text';
import type { Examples } from '../example';
import { listedAt, listingsOf, userIndex } from '../listings';
import { rule, type CannotTell, type Grounds, type Hit } from '../rule';
import { steps } from '../steps';
import { capped, needsRows } from '../users';

export default rule({
  id: 'registered-number-unknown',
  rows: ['f.reg.orphan'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['report', ['registrar', 'subscribers']],
  find: (grounds) => needsRows(grounds.evidence, () => orphans(grounds)),
  title: text('{number}: registered, unknown to the report', '{number} : enregistré, inconnu du rapport'),
  seen: text(
    '{listing} holds {number} as {agent}; no user of the report has this number.',
    '{listing} contient {number} en tant que {agent} ; aucun utilisateur du rapport n’a ce numéro.',
  ),
  cause: text(
    'The number belongs to a user whose e-mail differs between the PBX and Zoom, or who left the integration.',
    'Le numéro appartient à un utilisateur dont l’e-mail diffère entre le PBX et Zoom, ou qui a quitté l’intégration.',
  ),
  causeIs: 'symptom',
  steps: [steps.compareEmails, steps.regenerateReport],
  source: 'EN 6.4.5.2',
});

function orphans(grounds: Grounds): readonly (Hit | CannotTell)[] {
  const { evidence } = grounds;
  const { listed, strings, artifacts } = evidence;
  const listings = listingsOf(grounds);
  const agents = listings.flatMap(({ rows }) => rows.filter((row) => listed.agent[row] !== 0));
  // without a User-Agent nothing tells a Zoom client from a desk phone
  if (agents.length === 0) return [{ subject: '', missing: ['art.mivb.registrar'] }];
  const users = userIndex(evidence);
  const byNumber = new Map<string, number[]>();
  for (const row of agents) {
    const number = strings.text(listed.number[row]!);
    if (!/zoom/i.test(strings.text(listed.agent[row]!)) || users.find(number).rows.length > 0) continue;
    const same = byNumber.get(number);
    if (same) same.push(row);
    else byNumber.set(number, [row]);
  }
  return capped(
    [...byNumber].map(([number, rows]): Hit => ({
      subject: number,
      at: rows.map((row) => listedAt(evidence, row)),
      values: {
        number,
        agent: strings.text(listed.agent[rows[0]!]!),
        listing: artifacts[listed.artifact[rows[0]!]!]!.path,
      },
    })),
    100,
  );
}

const registrar = (agent: string) => ({
  'registrar.txt': [
    'sip registrar all',
    '2001 sip:2001@10.0.0.5 1800 Zoom/6.6.0',
    `2009 sip:2009@10.0.0.5 1800 ${agent}`,
  ],
});
const report = ['anna@example.org | Anna | zmSipPhoneNumber=2001'];

export const examples: Examples = [
  { given: { report, files: registrar('Zoom/6.6.0') }, expect: 'found', subjects: ['2009'] },
  // a desk phone is none of Zoom's
  { given: { report, files: registrar('Mitel-6920-SIP/6.4.0.140') }, expect: 'clear' },
  {
    given: {
      report: [...report, 'bob@example.org | Bob | zmSipPhoneNumber=+33 1 55 50 20 09'],
      files: registrar('Zoom/6.6.0'),
    },
    expect: 'clear',
  },
  {
    given: { report, files: { 'registrar.txt': ['sip registrar all', '2009 sip:2009@10.0.0.5 1800'] } },
    expect: 'not-evaluated',
  },
  { given: { report }, expect: 'not-evaluated' },
];
