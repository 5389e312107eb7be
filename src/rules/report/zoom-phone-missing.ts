import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule } from '../rule';
import { steps } from '../steps';
import { findCode } from '../users';

export default rule({
  id: 'zoom-phone-missing',
  rows: ['f.ucr.no_sip_phone'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['report'],
  find: ({ evidence }) => findCode(evidence, 'ZoomSipPhoneNotFound'),
  explains: [
    { row: 'f.ucr.persist', when: 'same-subject' },
    { row: 'f.ucr.new', when: 'same-subject' },
  ],
  title: text('No Zoom SIP phone assigned', 'Aucun téléphone SIP Zoom attribué'),
  seen: text(
    'ZoomSipPhoneNotFound for {count} {count|user|users}: {users}.',
    'ZoomSipPhoneNotFound pour {count} {count|utilisateur|utilisateurs} : {users}.',
  ),
  cause: text(
    'The user is in Zoom but holds no SIP phone there: not yet added to the integration, or its SIP credentials never came from CloudLink.',
    'L’utilisateur est dans Zoom mais n’y a pas de téléphone SIP : pas encore ajouté à l’intégration, ou ses identifiants SIP ne sont jamais venus de CloudLink.',
  ),
  causeIs: 'cause',
  steps: [
    steps.addToIntegration,
    {
      do: text(
        'If the status stays “Identifiants SIP en attente” (SIP credentials pending): check the Zoom status in CloudLink, the Mitel status in Zoom, then the provisioning in the PBX.',
        'Si le statut reste « Identifiants SIP en attente » : vérifier le statut Zoom dans CloudLink, le statut Mitel dans Zoom, puis le provisioning du PBX.',
      ),
      step: 'zm.psi.04',
    },
    steps.regenerateReport,
  ],
  source: 'EN 6.4.5.2, FR 5.2.2',
});

export const examples: Examples = [
  {
    given: { report: ['anna@example.org | Anna | ZoomSipPhoneNotFound', 'bob@example.org | Bob'] },
    expect: 'found',
    subjects: ['ZoomSipPhoneNotFound'],
  },
  // never read as a missing phone, whatever the French table prints
  { given: { report: ['anna@example.org | Anna | ZoomUserNotFound', 'bob@example.org | Bob'] }, expect: 'clear' },
  { given: { report: ['anna@example.org | Anna | NoClZoomPsiLicense'] }, expect: 'not-evaluated' },
  { given: { log: ['08:00:00 INFO started'] }, expect: 'not-evaluated' },
];
