import { HOUR } from '../../base/time';
import { incidentSpan } from '../../facts/facts';
import { text } from '../../text/text';
import { notSaid } from '../declared';
import type { Examples } from '../example';
import { rule } from '../rule';

/** SAML Response logs live so long. */
const kept = 7 * 24 * HOUR;

export default rule({
  id: 'saml-logs-gone',
  rows: ['f.zoom.saml_expired'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: [],
  facts: ['product', 'incident'],
  find({ facts }) {
    if (facts.product?.value !== 'sso' || facts.ssoMethod?.value === 'scim') return [];
    if (facts.ssoMethod === undefined) return notSaid('ssoMethod');
    const incident = incidentSpan(facts);
    if (!incident) return notSaid('incident');
    // the only rule that asks what day it is: the logs are at Zoom and grow old there
    if (Date.now() * 1000 - incident.to <= kept) return [];
    return [
      {
        subject: 'SAML Response logs',
        at: [],
        from: incident.from,
        to: incident.to,
        values: { incident: { time: incident.from } },
      },
    ];
  },
  title: text('SAML Response logs are gone (7 days)', 'Logs SAML Response perdus (7 jours)'),
  seen: text(
    'The incident is of {incident}: more than 7 days ago.',
    'L’incident date du {incident} : il y a plus de 7 jours.',
  ),
  cause: text('Zoom keeps SAML Response logs for 7 days.', 'Zoom garde les logs SAML Response pendant 7 jours.'),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Check that SAML Response logs are on, reproduce the problem and take screenshots for sample users.',
        'Vérifier que les SAML Response logs sont actifs, reproduire le problème et prendre des captures pour des utilisateurs d’exemple.',
      ),
    },
  ],
  source: 'EN 4.1.1',
});

const at = (from: string) => ({ from, to: '', zone: 'UTC' });

export const examples: Examples = [
  {
    given: { facts: { product: 'sso', ssoMethod: 'saml', incident: at('2021-03-01T09:00') } },
    expect: 'found',
    subjects: ['SAML Response logs'],
  },
  { given: { facts: { product: 'sso', ssoMethod: 'saml', incident: at('2399-03-01T09:00') } }, expect: 'clear' },
  { given: { facts: { product: 'sso', ssoMethod: 'scim', incident: at('2021-03-01T09:00') } }, expect: 'clear' },
  { given: { facts: { product: 'sso', incident: at('2021-03-01T09:00') } }, expect: 'not-evaluated' },
  { given: { facts: { product: 'sso', ssoMethod: 'saml' } }, expect: 'not-evaluated' },
];
