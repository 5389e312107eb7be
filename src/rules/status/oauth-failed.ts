import { text } from '../../text/text';
import { notSaid, said } from '../declared';
import type { Examples } from '../example';
import { rule } from '../rule';
import { steps } from '../steps';

export default rule({
  id: 'oauth-failed',
  rows: ['f.cl.oauth_failed'],
  severity: 'blocker',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: [],
  facts: ['status'],
  find({ facts }) {
    const oauth = said(facts, 'status', 'oauth');
    if (oauth === undefined) return notSaid('status');
    if (!/^fail/i.test(oauth)) return [];
    return [{ subject: 'OAuth status', at: [], values: { oauth, error: said(facts, 'status', 'error') ?? '–' } }];
  },
  explains: [
    { row: 'f.cl.refresh_token', when: 'always' },
    { row: 'f.cl.integration_error', when: 'always' },
    { row: 'f.cl.sync_stale', when: 'always' },
    { row: 'f.ucr.mass_issue', when: 'always' },
  ],
  title: text('Zoom OAuth authorization failed', 'Autorisation OAuth Zoom en échec'),
  seen: text(
    'OAuth status reads {oauth}, with the text: {error}.',
    'OAuth status affiche {oauth}, avec le texte : {error}.',
  ),
  cause: text(
    'CloudLink holds no valid Zoom token any more: it expired, was revoked, or the Zoom admin who authorized the app is no longer active.',
    'CloudLink n’a plus de jeton Zoom valide : il a expiré, a été révoqué, ou l’admin Zoom qui a autorisé l’application n’est plus actif.',
  ),
  causeIs: 'cause',
  steps: [steps.checkAdmin, steps.reauthorize, steps.readStatus],
  source: 'EN 6.4.5.1, FR 5.1, FR 3.1.3',
});

export const examples: Examples = [
  {
    given: { facts: { status: { oauth: 'Failed', error: 'invalid_grant' } } },
    expect: 'found',
    subjects: ['OAuth status'],
  },
  { given: { facts: { status: { oauth: 'Authorized' } } }, expect: 'clear' },
  { given: { facts: { status: { integration: 'Error' } } }, expect: 'not-evaluated' },
  { given: {}, expect: 'not-evaluated' },
];
