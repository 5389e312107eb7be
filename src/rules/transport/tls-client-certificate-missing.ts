import { text } from '../../text/text';
import { alertsOf, groupBy, hasFlag, seenInFlows, serverOf, sipFlows } from '../connections';
import type { Examples } from '../example';
import { rule, type Hit } from '../rule';
import { capped } from '../users';

/** handshake_failure, bad_certificate, certificate_required. */
const refusals = [40, 42, 116];

export default rule({
  id: 'tls-client-certificate-missing',
  rows: ['T07'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  explains: [{ row: 'T04', when: 'same-subject' }],
  find(grounds) {
    const { evidence } = grounds;
    const { alerts } = evidence;
    const refused = new Set<number>();
    for (let row = 0; row < alerts.length; row++) {
      if (alerts.side[row] === 2 && refusals.includes(alerts.code[row]!)) refused.add(alerts.flow[row]!);
    }
    const rows = sipFlows(grounds).sip.filter(
      (flow) =>
        refused.has(flow) &&
        hasFlag(evidence, flow, 'certificateWanted') &&
        hasFlag(evidence, flow, 'certificateEmpty'),
    );
    return capped(
      [...groupBy(rows, (flow) => serverOf(evidence, flow))].map(([subject, all]): Hit => ({
        subject,
        also: alertsOf(subject, 2, refusals),
        ...seenInFlows(grounds, all),
        values: { server: subject, count: all.length },
      })),
    );
  },
  title: text(
    '{server} wants a client certificate and gets none',
    '{server} exige un certificat client et n’en reçoit pas',
  ),
  seen: text(
    '{count} {count|handshake|handshakes}: the server asks for a certificate, the client sends an empty one, the server refuses.',
    '{count} {count|négociation|négociations} : le serveur demande un certificat, le client en envoie un vide, le serveur refuse.',
  ),
  cause: text(
    'The server is set to mutual TLS. A Zoom client has no certificate to show.',
    'Le serveur est réglé en TLS mutuel. Un client Zoom n’a pas de certificat à présenter.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Switch mutual authentication off on the listener that Zoom clients use.',
        'Désactiver l’authentification mutuelle sur l’écoute qu’utilisent les clients Zoom.',
      ),
    },
  ],
  source: 'RFC 8446 §4.4.2.4',
});

const at = '203.0.113.7:40000 > 198.51.100.10:5061';
const asked = ['0 > hello 1.2', '0.001 < hello 1.2', '0.002 < certificate a by=b', '0.003 < request'];
export const examples: Examples = [
  {
    given: {
      connections: [{ ends: at, steps: [...asked, '0.01 > certificate none', '0.011 > keys', '0.02 < alert 2 40'] }],
    },
    expect: 'found',
    subjects: ['198.51.100.10:5061'],
  },
  // asked for, not insisted on
  {
    given: { connections: [{ ends: at, steps: [...asked, '0.01 > certificate none', '0.011 > keys', '0.02 > done'] }] },
    expect: 'clear',
  },
  { given: { report: ['anna@example.org | Anna'] }, expect: 'not-evaluated' },
];
