import { text } from '../../text/text';
import { notSaid, said, wordsOf } from '../declared';
import type { Examples } from '../example';
import { rule } from '../rule';
import { steps } from '../steps';
import { groupHit, needsRows, noLicense, usersOf } from '../users';

export default rule({
  id: 'sip-credentials-explained',
  rows: ['f.zm.sip_pending_known_cause'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['report'],
  facts: ['sipCredentials'],
  find: ({ evidence, facts }) =>
    needsRows(evidence, () => {
      const pending = new Set(wordsOf(said(facts, 'sipCredentials', 'users') ?? '').map(fold));
      if (pending.size === 0)
        return said(facts, 'sipCredentials', 'pending') === 'none' ? [] : notSaid('sipCredentials');
      const users = usersOf(evidence);
      const faulty = [noLicense, 'CloudLinkUserNotFound'].flatMap((code) => users.byCode.get(code) ?? []);
      const rows = [...new Set(faulty)].filter((row) => pending.has(users.folded(row))).sort((a, b) => a - b);
      if (rows.length === 0) return [];
      const hit = groupHit(evidence, 'Identifiants SIP en attente (report)', rows);
      // every waiting user has its cause: the waiting itself is then a consequence
      const all = new Set(rows.map((row) => users.folded(row))).size === pending.size;
      return [{ ...hit, also: [...(hit.also ?? []), ...(all ? ['Identifiants SIP en attente'] : [])] }];
    }),
  explains: [{ row: 'f.zm.sip_pending', when: 'same-subject' }],
  title: text(
    'Pending SIP credentials explained by the report',
    'Identifiants SIP en attente expliqués par le rapport',
  ),
  seen: text(
    '{count} {count|user who waits has|users who wait have} no ZoomPSI licence or {count|is|are} absent from CloudLink: {users}.',
    '{count} {count|utilisateur en attente n’a|utilisateurs en attente n’ont} pas de licence ZoomPSI ou {count|est absent|sont absents} de CloudLink : {users}.',
  ),
  cause: text(
    'Without licence or CloudLink user no SIP credentials are made, so Zoom waits for them.',
    'Sans licence ou sans utilisateur CloudLink, aucun identifiant SIP n’est créé : Zoom les attend.',
  ),
  causeIs: 'cause',
  steps: [steps.giveZoomRole, steps.resynchronise, steps.regenerateReport],
  source: 'FR 4.1.4',
});

const fold = (email: string): string => email.toLowerCase().normalize('NFC');
const report = ['anna@example.org | Anna | NoClZoomPsiLicense', 'bob@example.org | Bob | ZoomUserStatusPending'];

export const examples: Examples = [
  {
    given: { report, facts: { sipCredentials: { users: 'Anna@example.org, bob@example.org' } } },
    expect: 'found',
    subjects: ['Identifiants SIP en attente (report)'],
  },
  { given: { report, facts: { sipCredentials: { users: 'bob@example.org' } } }, expect: 'clear' },
  { given: { report, facts: { sipCredentials: { pending: 'some' } } }, expect: 'not-evaluated' },
  { given: { facts: { sipCredentials: { users: 'bob@example.org' } } }, expect: 'not-evaluated' },
];
