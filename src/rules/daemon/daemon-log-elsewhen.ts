import { HOUR, MINUTE } from '../../base/time';
import { incidentSpan } from '../../facts/facts';
import { text } from '../../text/text';
import type { Examples } from '../example';
import { hostOf, isDaemonLog } from '../lines';
import { rule, type CannotTell, type Grounds, type Hit } from '../rule';
import { steps } from '../steps';

/** Rotated files of one host follow each other with such a pause at most; the clock of a person is no better than a minute. */
const pause = HOUR;
const slack = MINUTE;

interface Stretch {
  from: number;
  to: number;
}

export default rule({
  id: 'daemon-log-elsewhen',
  rows: ['f.cld.not_covered'],
  severity: 'warning',
  basis: 'capture-quality',
  confidence: 'certain',
  needs: ['daemon-log'],
  facts: ['incident'],
  find(grounds) {
    const incident = incidentSpan(grounds.facts);
    if (!incident) return [{ subject: '', missing: ['incident'] }];
    const { artifacts } = grounds.evidence;
    const hosts = new Map<string, number[]>();
    artifacts.forEach((artifact, n) => {
      if (!isDaemonLog(artifact) || artifact.records === 0) return;
      const host = hostOf(grounds.evidence, n);
      const same = hosts.get(host);
      if (same) same.push(n);
      else hosts.set(host, [n]);
    });
    return [...hosts].flatMap(([host, logs]): (Hit | CannotTell)[] => {
      const stretches = covered(grounds, logs);
      if (stretches.length === 0) return [{ subject: host, missing: ['art.cld.log'] }];
      if (stretches.some(({ from, to }) => incident.from >= from - slack && incident.from <= to + slack)) return [];
      const from = stretches[0]!.from;
      const to = stretches.at(-1)!.to;
      return [
        {
          subject: host,
          hosts: artifacts[logs[0]!]!.host ? [host] : [],
          from,
          to,
          at: logs.slice(0, 50).map((artifact) => ({ artifact, offset: 0, length: 0 })),
          count: logs.length,
          clockAssumed: logs.some((artifact) => grounds.clock.zones[artifact]?.origin === 'assumed'),
          values: {
            host,
            from: { time: from },
            to: { time: to },
            incident: { time: incident.from },
            count: logs.length,
          },
        },
      ];
    });
  },
  title: text('Daemon logs do not cover the incident', 'Les journaux du démon ne couvrent pas l’incident'),
  seen: text(
    '{host}: {count} {count|log|logs} from {from} to {to}, nothing at {incident}.',
    '{host} : {count} {count|journal|journaux} du {from} au {to}, rien à {incident}.',
  ),
  cause: text(
    'Collected too early, too late, or after the files had rotated away; or the zone of the log is not the one assumed.',
    'Collecte trop tôt, trop tard, ou après la rotation des fichiers ; ou le fuseau du journal n’est pas celui supposé.',
  ),
  causeIs: 'symptom',
  steps: [steps.collectLogs],
  source: 'EN 5.1',
});

/** Corrected spans of one host's logs, joined where the pause between two is short. */
function covered({ clock }: Grounds, logs: readonly number[]): Stretch[] {
  const spans = logs
    .map((artifact): Stretch => clock.span(artifact))
    .filter(({ from, to }) => Number.isFinite(from) && Number.isFinite(to))
    .map(({ from, to }) => ({ from, to }))
    .sort((a, b) => a.from - b.from);
  const stretches: Stretch[] = [];
  for (const span of spans) {
    const last = stretches.at(-1);
    if (last && span.from <= last.to + pause) last.to = Math.max(last.to, span.to);
    else stretches.push(span);
  }
  return stretches;
}

const incident = { from: '2026-11-12T09:30', to: '2026-11-12T10:15', zone: 'Europe/Paris' };

export const examples: Examples = [
  { given: { log: ['10:00:00 INFO started', '11:00:00 INFO up'], facts: { incident } }, expect: 'found' },
  // 08:30 UTC is 09:30 in Paris
  { given: { log: ['08:00:00 INFO started', '11:00:00 INFO up'], facts: { incident } }, expect: 'clear' },
  // two rotated files of one log
  {
    given: {
      logs: {
        'cld.log.1': { lines: ['07:00:00 INFO started', '08:40:00 INFO up'] },
        'cld.log': { lines: ['08:41:00 INFO up', '11:00:00 INFO up'] },
      },
      facts: { incident },
    },
    expect: 'clear',
  },
  { given: { log: ['10:00:00 INFO started', '11:00:00 INFO up'] }, expect: 'not-evaluated' },
];
