import { text } from '../../text/text';
import { kindOf, seenInFlows, serverOf, sipFlows, versionName } from '../connections';
import type { Examples } from '../example';
import { rule, type Hit } from '../rule';
import { sipSteps } from '../sip-steps';
import { someOf } from '../users';

export default rule({
  id: 'tls-opaque',
  rows: ['Q06', 'f.tls.opaque'],
  severity: 'note',
  basis: 'capture-quality',
  confidence: 'certain',
  needs: ['signalling'],
  find(grounds) {
    const { evidence } = grounds;
    const { flows, strings, artifacts, alerts } = evidence;
    // a handshake that failed has hidden nothing
    const failed = new Set<number>();
    for (let row = 0; row < alerts.length; row++) if (alerts.level[row] === 2) failed.add(alerts.flow[row]!);
    const sip = sipFlows(grounds).sip.filter(
      (flow) =>
        flows.kind[flow] === kindOf.tls &&
        !failed.has(flow) &&
        (Number.isNaN(flows.hello[flow]!) || Number.isFinite(flows.answer[flow]!)),
    );
    return artifacts.flatMap(({ path, capture }, artifact): Hit[] => {
      const rows = sip.filter((flow) => flows.artifact[flow] === artifact);
      // where some SIP is in clear the other side of the border is seen
      if (rows.length === 0 || !capture || capture.sipMessages > 0) return [];
      const names = [...new Set(rows.map((flow) => strings.text(flows.sni[flow]!)))].filter((name) => name !== '');
      const versions = [...new Set(rows.map((flow) => versionName(flows.version[flow]!)))].sort();
      const servers = [...new Set(rows.map((flow) => serverOf(evidence, flow)))];
      return [
        {
          subject: path,
          also: servers,
          ...seenInFlows(grounds, rows),
          values: {
            path,
            count: rows.length,
            servers: someOf(servers),
            names: { list: names.length > 0 ? names.slice(0, 4) : ['–'] },
            versions: { list: versions },
          },
        },
      ];
    });
  },
  title: text('{path}: SIP is encrypted', '{path} : le SIP est chiffré'),
  seen: text(
    '{count} TLS {count|connection|connections} to {servers} and no SIP in clear. Names asked for: {names}; versions: {versions}.',
    '{count} {count|connexion TLS|connexions TLS} vers {servers} et aucun SIP en clair. Noms demandés : {names} ; versions : {versions}.',
  ),
  cause: text(
    'What the messages say cannot be read from outside. The border holds them in clear: its signalling capture shows both sides.',
    'Ce que disent les messages ne se lit pas de l’extérieur. La bordure les a en clair : sa capture de signalisation montre les deux côtés.',
  ),
  causeIs: 'cause',
  steps: [sipSteps.captureBorder],
  source: 'EN 5.2.1.3b, RFC 8446 §6',
});

const connection = {
  ends: '203.0.113.7:40000 > 198.51.100.10:5061',
  steps: [
    '0 > hello 1.2 sni=mbg.aster.example',
    '0.1 < hello 1.2',
    '0.2 > keys',
    '0.3 > done',
    '0.4 < done',
    '1 > sealed 500',
  ],
};
export const examples: Examples = [
  { given: { connections: [connection] }, expect: 'found', subjects: ['connections.pcap'] },
  // joined in the middle: no handshake, still TLS
  {
    given: { connections: [{ ends: connection.ends, steps: ['0 > sealed 500', '0.1 < sealed 400'] }] },
    expect: 'found',
  },
  // nothing was said under its cover: refused, and never answered
  {
    given: { connections: [{ ...connection, steps: [...connection.steps.slice(0, 2), '0.2 > alert 2 48'] }] },
    expect: 'clear',
  },
  { given: { connections: [{ ...connection, steps: connection.steps.slice(0, 1) }] }, expect: 'clear' },
  { given: { connections: [{ ...connection, ends: '10.0.0.1:40000 > 10.0.0.2:443' }] }, expect: 'clear' },
  { given: { report: ['anna@example.org | Anna'] }, expect: 'not-evaluated' },
];
