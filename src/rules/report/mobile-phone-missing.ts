import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule } from '../rule';
import { steps } from '../steps';
import { groupHit, unchecked, usersOf } from '../users';

export default rule({
  id: 'mobile-phone-missing',
  rows: ['f.ucr.mobile_missing'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['report'],
  facts: ['trouble'],
  trouble: ['push'],
  find({ evidence }) {
    const { users } = evidence;
    const { rows, stopped } = usersOf(evidence);
    const found = rows.filter((row) => !stopped[row] && users.zmSipPhoneId[row] && !users.zmSipPhoneMobileId[row]);
    return [...(found.length > 0 ? [groupHit(evidence, 'zmSipPhoneMobileId', found)] : []), ...unchecked(evidence)];
  },
  title: text(
    'No mobile SIP phone, and the trouble is about mobiles',
    'Pas de téléphone SIP mobile, et le problème touche les mobiles',
  ),
  seen: text(
    '{count} {count|user has|users have} a desktop SIP phone but an empty zmSipPhoneMobileId: {users}.',
    '{count} {count|utilisateur a|utilisateurs ont} un téléphone SIP de bureau mais un zmSipPhoneMobileId vide : {users}.',
  ),
  cause: text(
    'Without a mobile SIP phone Zoom has nothing to wake by push: calls on Zoom mobile may be switched off for the account.',
    'Sans téléphone SIP mobile, Zoom n’a rien à réveiller par push : les appels sur Zoom mobile sont peut-être désactivés pour le compte.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Check that “Autoriser l’utilisation d’un système téléphonique intégré pour passer des appels téléphoniques sur le client mobile Zoom” is on (calls through the integrated phone system on Zoom mobile).',
        'Vérifier que « Autoriser l’utilisation d’un système téléphonique intégré pour passer des appels téléphoniques sur le client mobile Zoom » est active.',
      ),
      where: 'Gestion de compte > Intégration du système téléphonique > Paramètres',
      step: 'zm.psi.01',
    },
    steps.addToIntegration,
    steps.regenerateReport,
  ],
  source: 'EN 6.4.5.2, FR 4.1.3',
});

export const examples: Examples = [
  {
    given: {
      report: ['anna@example.org | Anna | zmSipPhoneMobileId=', 'bob@example.org | Bob'],
      facts: { trouble: 'push' },
    },
    expect: 'found',
    subjects: ['zmSipPhoneMobileId'],
  },
  {
    given: {
      report: ['anna@example.org | A | ZoomSipPhoneNotFound', 'bob@example.org | B'],
      facts: { trouble: 'push' },
    },
    expect: 'clear',
  },
  { given: { report: ['anna@example.org | Anna | zmSipPhoneMobileId='] }, expect: 'not-evaluated' },
  {
    given: { report: ['anna@example.org | Anna | zmSipPhoneMobileId='], facts: { trouble: 'call' } },
    expect: 'not-applicable',
  },
];
