import { text } from '../../text/text';
import type { Examples } from '../example';
import { SECOND } from '../../base/time';
import { carriersOf } from '../correlations';
import { pushSteps } from '../push-steps';
import { gatewayLogs, pushesOf, pushHit } from '../pushes';
import { rule } from '../rule';

export default rule({
  id: 'push-id-not-in-gateway',
  rows: ['f.push.id_not_in_gw'],
  severity: 'note',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['push-log', 'text-log'],
  find(grounds) {
    const { evidence, clock } = grounds;
    const gateways = gatewayLogs(evidence);
    const spans = gateways
      .map((artifact) => clock.span(artifact))
      .filter(({ from, to }) => Number.isFinite(from) && Number.isFinite(to));
    if (spans.length === 0) return [{ subject: '', missing: ['art.clgw.logs'] }];
    const own = new Set(gateways);
    const told = pushesOf(grounds).filter(
      ({ id, time }) => id !== '' && spans.some(({ from, to }) => time >= from - skew && time <= to + skew),
    );
    const absent = told.filter(
      ({ id }) => !carriersOf(evidence, id).lines.some((line) => own.has(evidence.lines.artifact[line]!)),
    );
    return absent.length === 0 ? [] : [pushHit(grounds, 'gateway', absent, {})];
  },
  title: text(
    'Push id not visible in gateway logs (it lives in the platform)',
    'Identifiant de push absent de la gateway (il vit dans la plateforme)',
  ),
  seen: text(
    '{count} {count|id|ids} of the push log {count|does|do} not stand in the gateway logs of that time: {ids}.',
    '{count} {count|identifiant|identifiants} du journal push {count|ne figure|ne figurent} pas dans les journaux de la gateway de ce moment : {ids}.',
  ),
  cause: text(
    'The id belongs to the CloudLink platform, not to the gateway of the customer: this absence proves nothing by itself.',
    'L’identifiant appartient à la plateforme CloudLink, pas à la gateway du client : cette absence ne prouve rien par elle-même.',
  ),
  causeIs: 'symptom',
  steps: [pushSteps.giveId],
  source: 'EN 6.4.1',
});

/** Clocks of two hosts may differ so much. */
const skew = 5 * SECOND;

const id = '6f1c0b52-9d2e-4f0e-8a3b-0c5d7e9f1a2b';
const log = (time: string, status: number) => ({
  'push.txt': [
    `2026-11-12T07:59:00Z push service idle`,
    `2026-11-12T${time}Z push user 2002 headers {'x-mitel-correlation-id': '${id}'} status ${status}`,
    `2026-11-12T08:05:00Z push service idle`,
  ],
});
const gateway = (text: string) => [
  '2026-11-12T07:00:00Z INFO gateway started',
  `2026-11-12T08:00:01Z INFO notification ${text}`,
  '2026-11-12T09:00:00Z INFO alive',
];
const provides = { 'gateway.log': ['art.clgw.logs'] };

export const examples: Examples = [
  { given: { files: { ...log('08:00:01', 201), 'gateway.log': gateway('sent') }, provides }, expect: 'found' },
  {
    given: { files: { ...log('08:00:01', 201), 'gateway.log': gateway(`x-mitel-correlation-id=${id}`) }, provides },
    expect: 'clear',
  },
  // it does not cover the time
  {
    given: { files: { ...log('08:00:01', 201), 'gateway.log': gateway('sent').slice(0, 1) }, provides },
    expect: 'clear',
  },
  { given: { files: log('08:00:01', 201) }, expect: 'not-evaluated' },
];
