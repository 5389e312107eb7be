import { text } from '../../text/text';
import { notSaid, said } from '../declared';
import type { Examples } from '../example';
import { rule } from '../rule';
import { steps } from '../steps';

export default rule({
  id: 'refresh-token-refused',
  rows: ['f.cl.refresh_token'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: [],
  facts: ['status'],
  find({ facts }) {
    const texts = [said(facts, 'status', 'error'), said(facts, 'status', 'sync')].filter((one) => one !== undefined);
    if (texts.length === 0) return notSaid('status');
    const error = texts.find((one) => /refresh[ _]?token/i.test(one));
    return error === undefined ? [] : [{ subject: 'OAuth', at: [], values: { error: error.slice(0, 300) } }];
  },
  explains: [
    { row: 'f.cl.integration_error', when: 'always' },
    { row: 'f.cl.sync_stale', when: 'always' },
  ],
  title: text('Cannot get a new Zoom refresh token', 'Nouveau refresh token Zoom impossible à obtenir'),
  seen: text('The status page says: {error}.', 'La page de statut dit : {error}.'),
  cause: text(
    'Zoom refuses to renew the token with which CloudLink signs in: the authorization has to be given again.',
    'Zoom refuse de renouveler le jeton avec lequel CloudLink se connecte : il faut redonner l’autorisation.',
  ),
  causeIs: 'cause',
  steps: [steps.checkAdmin, steps.reauthorize, steps.readStatus],
  source: 'EN 6.4.5.1, FR 5.1 (inc.fr.06)',
});

export const examples: Examples = [
  {
    given: { facts: { status: { error: 'Error while obtaining a new refresh token from Zoom' } } },
    expect: 'found',
    subjects: ['OAuth'],
  },
  { given: { facts: { status: { sync: 'failed: refresh_token expired' } } }, expect: 'found' },
  { given: { facts: { status: { error: 'Access token valid, refreshed at 08:00' } } }, expect: 'clear' },
  { given: { facts: { status: { oauth: 'Failed' } } }, expect: 'not-evaluated' },
];
