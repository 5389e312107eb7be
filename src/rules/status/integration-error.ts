import { text } from '../../text/text';
import { notSaid, said } from '../declared';
import type { Examples } from '../example';
import { rule } from '../rule';
import { steps } from '../steps';

export default rule({
  id: 'integration-error',
  rows: ['f.cl.integration_error'],
  severity: 'blocker',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: [],
  facts: ['status'],
  find({ facts }) {
    const integration = said(facts, 'status', 'integration');
    if (integration === undefined) return notSaid('status');
    if (!/^error/i.test(integration)) return [];
    return [{ subject: 'Integration status', at: [], values: { error: said(facts, 'status', 'error') ?? '–' } }];
  },
  explains: [
    { row: 'f.ucr.mass_issue', when: 'always' },
    { row: 'f.cl.sync_stale', when: 'always' },
  ],
  title: text('Zoom integration in error', 'Intégration Zoom en erreur'),
  seen: text(
    'Integration status reads Error, with the text: {error}.',
    'Integration status affiche Error, avec le texte : {error}.',
  ),
  cause: text(
    'CloudLink and Zoom do not talk to each other for this account; OAuth status and Sync status say which half fails.',
    'CloudLink et Zoom ne se parlent pas pour ce compte ; OAuth status et Sync status disent quelle moitié échoue.',
  ),
  causeIs: 'symptom',
  steps: [steps.readStatus, steps.reauthorize],
  source: 'EN 6.4.5.1, FR 5.1',
});

export const examples: Examples = [
  { given: { facts: { status: { integration: 'Error' } } }, expect: 'found', subjects: ['Integration status'] },
  { given: { facts: { status: { integration: 'Pending' } } }, expect: 'clear' },
  { given: { facts: { status: { oauth: 'Failed' } } }, expect: 'not-evaluated' },
];
