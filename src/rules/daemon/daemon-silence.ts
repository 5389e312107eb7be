import { MINUTE } from '../../base/time';
import { text } from '../../text/text';
import type { Examples } from '../example';
import { hostOf, incidentWindow, isDaemonLog, lineAt } from '../lines';
import { rule, type Hit } from '../rule';
import { steps } from '../steps';

const leastSilence = 10 * MINUTE;
const timesMedian = 20;

export default rule({
  id: 'daemon-silence',
  rows: ['f.cld.gap'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['daemon-log'],
  facts: ['incident'],
  find({ evidence, clock, facts }) {
    const window = incidentWindow(facts);
    if (!window) return [{ subject: '', missing: ['incident'] }];
    const hosts = new Map<string, number[]>();
    const names = evidence.artifacts.map((artifact, n) => (isDaemonLog(artifact) ? hostOf(evidence, n) : undefined));
    for (let line = 0; line < evidence.lines.length; line++) {
      const host = names[evidence.lines.artifact[line]!];
      if (host === undefined || !Number.isFinite(clock.lines[line]!)) continue;
      const same = hosts.get(host);
      if (same) same.push(line);
      else hosts.set(host, [line]);
    }
    return [...hosts].flatMap(([host, lines]): Hit[] => {
      lines.sort((a, b) => clock.lines[a]! - clock.lines[b]!);
      const gap = (n: number): number => clock.lines[lines[n + 1]!]! - clock.lines[lines[n]!]!;
      let widest = -1;
      for (let n = 0; n + 1 < lines.length; n++) {
        const overlaps = clock.lines[lines[n]!]! <= window.to && clock.lines[lines[n + 1]!]! >= window.from;
        if (overlaps && gap(n) > leastSilence && (widest < 0 || gap(n) > gap(widest))) widest = n;
      }
      if (widest < 0) return [];
      const gaps = Float64Array.from({ length: lines.length - 1 }, (_, n) => gap(n)).sort();
      const median = gaps[gaps.length >> 1]!;
      if (gap(widest) <= timesMedian * median) return [];
      const [before, after] = [lines[widest]!, lines[widest + 1]!];
      const [from, to] = [clock.lines[before]!, clock.lines[after]!];
      return [
        {
          subject: host,
          hosts: [evidence.artifacts[evidence.lines.artifact[before]!]!.host ?? ''].filter(Boolean),
          from,
          to,
          at: [lineAt(evidence, before), lineAt(evidence, after)],
          clockAssumed: clock.zones[evidence.lines.artifact[before]!]?.origin === 'assumed',
          values: {
            host,
            silence: { duration: to - from },
            median: { duration: median },
            from: { time: from },
            to: { time: to },
          },
        },
      ];
    });
  },
  title: text('Silence in the daemon log', 'Silence dans le journal du démon'),
  seen: text(
    '{host} wrote nothing for {silence} from {from} to {to}; usually {median} lie between two lines.',
    '{host} n’a rien écrit pendant {silence}, du {from} au {to} ; d’ordinaire {median} séparent deux lignes.',
  ),
  cause: text(
    'The service or its host was stopped or hung, or the lines of that time were lost with a rotated file.',
    'Le service ou son hôte était arrêté ou bloqué, ou les lignes de ce moment ont disparu avec un fichier archivé.',
  ),
  causeIs: 'symptom',
  steps: [
    {
      do: text(
        'Look in the system journal whether the service stopped.',
        'Regarder dans le journal système si le service s’est arrêté.',
      ),
      command: 'journalctl -u cld --no-pager',
    },
    steps.collectLogs,
  ],
  source: 'EN 5.1, EN 6.3.5',
});

const minutes = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, n) => `08:${String(from + n).padStart(2, '0')}:00 INFO alive`);
const incident = { from: '2026-11-12T08:20', to: '2026-11-12T08:25', zone: 'UTC' };

export const examples: Examples = [
  { given: { log: [...minutes(0, 15), ...minutes(40, 59)], facts: { incident } }, expect: 'found' },
  // 18 times the usual pause; and a silence at another time
  { given: { log: [...minutes(0, 15), ...minutes(32, 59)], facts: { incident } }, expect: 'clear' },
  { given: { log: [...minutes(0, 28), ...minutes(55, 59)], facts: { incident } }, expect: 'clear' },
  { given: { log: [...minutes(0, 15), ...minutes(40, 59)] }, expect: 'not-evaluated' },
];
