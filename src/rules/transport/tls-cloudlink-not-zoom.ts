import { text } from '../../text/text';
import { groupBy, seenInFlows, serverOf, sipFlows } from '../connections';
import type { Examples } from '../example';
import { rule, type Hit } from '../rule';
import { sipSteps } from '../sip-steps';
import { capped } from '../users';

export default rule({
  id: 'tls-cloudlink-not-zoom',
  rows: ['f.tls.cl_not_zoom'],
  severity: 'note',
  basis: 'capture-quality',
  confidence: 'certain',
  needs: ['signalling'],
  find(grounds) {
    const { evidence } = grounds;
    const { flows, strings } = evidence;
    return capped(
      [...groupBy(sipFlows(grounds).cloudlink, (flow) => serverOf(evidence, flow))].map(([subject, all]): Hit => {
        const names = [...new Set(all.map((flow) => strings.text(flows.sni[flow]!)))].filter((name) => name !== '');
        return {
          subject,
          ...seenInFlows(grounds, all),
          values: {
            server: subject,
            names: { list: names.length > 0 ? names.slice(0, 4) : ['*.mitel.io'] },
            count: all.length,
          },
        };
      }),
    );
  },
  title: text('{server} is CloudLink, not the Zoom client', '{server} est CloudLink, pas le client Zoom'),
  seen: text(
    '{count} TLS {count|connection|connections} on a port of SIP to {names}.',
    '{count} {count|connexion TLS|connexions TLS} sur un port du SIP vers {names}.',
  ),
  cause: text(
    'The CloudLink gateway keeps a connection of its own on TCP 5061. It says nothing of the Zoom client and is left out where SIP connections are judged.',
    'La passerelle CloudLink entretient sa propre connexion sur TCP 5061. Elle ne dit rien du client Zoom et est écartée là où les connexions SIP sont jugées.',
  ),
  causeIs: 'cause',
  steps: [sipSteps.captureBorder],
  source: 'EN 5.2.1.3b',
});

const to = (sni: string) => [
  { ends: '10.0.0.5:40000 > 192.0.2.80:5061', steps: [`0 > hello 1.2 sni=${sni}`, '0.1 < hello 1.2'] },
];
export const examples: Examples = [
  { given: { connections: to('eu.director.api.mitel.io') }, expect: 'found', subjects: ['192.0.2.80:5061'] },
  { given: { connections: to('mitel.io.aster.example') }, expect: 'clear' },
  { given: { report: ['anna@example.org | Anna'] }, expect: 'not-evaluated' },
];
