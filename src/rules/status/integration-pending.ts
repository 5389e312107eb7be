import { text } from '../../text/text';
import { notSaid, said } from '../declared';
import type { Examples } from '../example';
import { rule } from '../rule';
import { steps } from '../steps';

export default rule({
  id: 'integration-pending',
  rows: ['f.cl.integration_pending'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: [],
  facts: ['status'],
  find({ facts }) {
    const integration = said(facts, 'status', 'integration');
    if (integration === undefined) return notSaid('status');
    return /^pending/i.test(integration) ? [{ subject: 'Integration status', at: [], values: {} }] : [];
  },
  explains: [{ row: 'f.ucr.mass_issue', when: 'always' }],
  title: text('Zoom integration awaiting configuration', 'Intégration Zoom en attente de configuration'),
  seen: text('Integration status reads Pending.', 'Integration status affiche Pending (en attente).'),
  cause: text(
    'The set-up is not finished: the app is not added to Zoom, or the CloudLink daemon or gateway is not active.',
    'La mise en place n’est pas finie : l’application n’est pas ajoutée à Zoom, ou le démon ou la gateway CloudLink n’est pas actif.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Add the application Mitel PSI to Zoom and allow it.',
        'Ajouter l’application Mitel PSI à Zoom et l’autoriser.',
      ),
      where: 'Avancé>Marketplace d’applications',
      step: 'zm.app.01',
    },
    {
      do: text(
        'Activate the CloudLink daemon and the containers of the built-in gateway.',
        'Activer le démon CloudLink et les conteneurs de la gateway intégrée.',
      ),
      step: 'mv5.cl.01',
    },
    steps.readStatus,
  ],
  source: 'EN 6.4.5.1, FR 5.1, FR 3.1.5',
});

export const examples: Examples = [
  { given: { facts: { status: { integration: 'Pending' } } }, expect: 'found', subjects: ['Integration status'] },
  { given: { facts: { status: { integration: 'Connected' } } }, expect: 'clear' },
  { given: { facts: { status: { sync: 'ok' } } }, expect: 'not-evaluated' },
];
