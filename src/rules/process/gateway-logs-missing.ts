import type { Evidence } from '../../evidence/evidence';
import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule } from '../rule';

const piece = 'art.clgw.logs';

export default rule({
  id: 'gateway-logs-missing',
  rows: ['f.proc.multi_gw'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: [],
  facts: ['gateways'],
  find({ evidence, facts }) {
    const gateways = facts.gateways?.value ?? [];
    const logs = downloads(evidence);
    if (logs.length >= gateways.length) return [];
    return [
      {
        subject: 'CloudLink Gateway',
        at: logs.map((artifact) => ({ artifact, offset: 0, length: 0 })),
        values: { gateways: gateways.length, logs: logs.length, names: { list: gateways.slice(0, 12) } },
      },
    ];
  },
  title: text('Logs missing for a gateway', 'Journaux de gateway manquants'),
  seen: text(
    'The account has {gateways} {gateways|gateway|gateways} ({names}), and logs of {logs} are loaded.',
    'Le compte a {gateways} {gateways|gateway|gateways} ({names}), et les journaux de {logs} sont chargés.',
  ),
  cause: text(
    'Each gateway keeps its own logs; the one that served the call may be the one that is missing.',
    'Chaque gateway garde ses propres journaux ; celle qui a servi l’appel est peut-être celle qui manque.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Download the logs of each gateway of the account.',
        'Télécharger les journaux de chaque gateway du compte.',
      ),
      where: 'System Inventory > Applications > Manage > Download Logs',
      step: 'cl.gwlog.01',
    },
  ],
  source: 'EN 5.2.5.1',
});

/** Outermost artifacts that are gateway logs: an archive and its members are one download. */
function downloads({ artifacts }: Evidence): readonly number[] {
  return artifacts.flatMap(({ provides, parent }, artifact) =>
    provides.includes(piece) && !artifacts[parent]?.provides.includes(piece) ? [artifact] : [],
  );
}

export const examples: Examples = [
  {
    given: { facts: { gateways: ['gateway-paris', 'gateway-lyon'] } },
    expect: 'found',
    subjects: ['CloudLink Gateway'],
  },
  {
    given: {
      facts: { gateways: ['gateway-paris'] },
      files: { 'gateway.log': ['2026-11-12T08:00:00Z started'] },
      provides: { 'gateway.log': ['art.clgw.logs'] },
    },
    expect: 'clear',
  },
  { given: { log: ['08:00:00 INFO started'] }, expect: 'not-evaluated' },
];
