import { text } from '../../text/text';
import { alertName, ends, groupBy, sealedAlert, seenInFlows, serverOf, sipFlows } from '../connections';
import type { Examples } from '../example';
import { rule, type Hit } from '../rule';
import { sipSteps } from '../sip-steps';
import { transportSteps } from '../transport-steps';
import { capped, shownPlaces } from '../users';

/** Alerts that end a handshake also where they are sent as warnings. */
const telling = new Set([40, 42, 43, 44, 45, 46, 48, 51, 70, 71, 112, 116, 120]);

export default rule({
  id: 'tls-alert',
  rows: ['T04', 'f.tls.alert'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  explains: [{ row: 'T06', when: 'same-subject' }],
  find(grounds) {
    const { evidence } = grounds;
    const { flows, alerts, strings } = evidence;
    const own = new Set(sipFlows(grounds).sip);
    const rows = Array.from({ length: alerts.length }, (_, row) => row).filter(
      (row) =>
        own.has(alerts.flow[row]!) &&
        (alerts.level[row] === 2 || alerts.code[row] === sealedAlert || telling.has(alerts.code[row]!)),
    );
    const key = (row: number): string =>
      `${serverOf(evidence, alerts.flow[row]!)} ${alerts.side[row]!} ${alerts.code[row]!}`;
    return capped(
      [...groupBy(rows, key)].map(([subject, all]): Hit => {
        const first = all[0]!;
        const flow = alerts.flow[first]!;
        const isSealed = alerts.code[first] === sealedAlert;
        return {
          subject,
          also: [serverOf(evidence, flow)],
          ...seenInFlows(grounds, [...new Set(all.map((row) => alerts.flow[row]!))]),
          at: all.slice(0, shownPlaces).map((row) => ({
            artifact: flows.artifact[alerts.flow[row]!]!,
            offset: alerts.offset[row]!,
            length: alerts.size[row]!,
            packet: alerts.packet[row]!,
          })),
          count: all.length,
          ...(isSealed ? { confidence: 'likely' } : {}),
          values: {
            server: serverOf(evidence, flow),
            alert: alertName(alerts.code[first]!),
            who: ends[alerts.side[first] as 1 | 2],
            host: strings.text(alerts.side[first] === 1 ? flows.client[flow]! : flows.server[flow]!),
            name: strings.text(flows.sni[flow]!) || '–',
            count: all.length,
          },
        };
      }),
    );
  },
  title: text('TLS to {server} refused: {alert}', 'TLS vers {server} refusé : {alert}'),
  seen: text(
    '{count} {count|handshake|handshakes} ended by {who} ({host}) with {alert}; name asked for: {name}.',
    '{count} {count|négociation terminée|négociations terminées} par {who} ({host}) avec {alert} ; nom demandé : {name}.',
  ),
  cause: text(
    'unknown_ca, bad_certificate, certificate_expired: the sender does not trust the certificate of the other end. handshake_failure, protocol_version, insufficient_security: no version or cipher in common. certificate_required: the other end sent no certificate. An encrypted alert (TLS 1.3) is told from its length only; what it says is known to its sender.',
    'unknown_ca, bad_certificate, certificate_expired : l’expéditeur ne fait pas confiance au certificat de l’autre bout. handshake_failure, protocol_version, insufficient_security : aucune version ni aucun chiffrement en commun. certificate_required : l’autre bout n’a pas envoyé de certificat. Une alerte chiffrée (TLS 1.3) ne se reconnaît qu’à sa longueur ; son expéditeur seul sait ce qu’elle dit.',
  ),
  causeIs: 'cause',
  steps: [transportSteps.certificate, sipSteps.captureBorder],
  source: 'FR 3.2.1, RFC 8446 §6.2',
});

const at = '203.0.113.7:40000 > 198.51.100.10:5061';
const opening = ['0 > SYN', '0.001 < SYN', '0.002 > hello 1.2 sni=mbg.aster.example', '0.003 < hello 1.2'];
const opening13 = ['0 > hello 1.3', '0.001 < hello 1.3', '0.002 < sealed 900'];
export const examples: Examples = [
  {
    given: {
      connections: [{ ends: at, steps: [...opening, '0.004 < certificate mbg', '0.01 > alert 2 48', '0.011 > FIN'] }],
    },
    expect: 'found',
    subjects: ['198.51.100.10:5061 1 48'],
  },
  { given: { connections: [{ ends: at, steps: ['0 > hello 1.0', '0.001 < alert 2 70'] }] }, expect: 'found' },
  // TLS 1.3: the first encrypted record of the client is as short as an alert
  {
    given: { connections: [{ ends: at, steps: [...opening13, '0.003 > sealed 19', '0.004 > FIN'] }] },
    expect: 'found',
    subjects: ['198.51.100.10:5061 1 255'],
  },
  // a usual end: close_notify behind data
  {
    given: {
      connections: [
        {
          ends: at,
          steps: [
            ...opening13,
            '0.003 > sealed 53',
            '0.004 > sealed 400',
            '0.1 < sealed 300',
            '9 > sealed 19',
            '9.1 < sealed 19',
            '9.2 > FIN',
          ],
        },
      ],
    },
    expect: 'clear',
  },
  // CloudLink's own connection
  {
    given: { connections: [{ ends: at, steps: ['0 > hello 1.2 sni=eu.api.mitel.io', '0.001 < alert 2 40'] }] },
    expect: 'clear',
  },
  { given: { report: ['anna@example.org | Anna'] }, expect: 'not-evaluated' },
];
