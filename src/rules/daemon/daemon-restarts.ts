import { HOUR } from '../../base/time';
import { text } from '../../text/text';
import type { Examples } from '../example';
import { linesHit } from '../lines';
import { processStarts } from '../process-starts';
import { rule, type Hit } from '../rule';
import { steps } from '../steps';

/** So many starts within so much time; two are a restart by hand. */
const leastStarts = 3;

export default rule({
  id: 'daemon-restarts',
  rows: ['f.cld.restarts'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['daemon-log'],
  find(grounds) {
    const { evidence, clock } = grounds;
    const starts = processStarts(evidence, clock);
    // only a prefix with a process number tells one run from the next
    if (starts.size === 0) return [{ subject: '', missing: ['art.cld.bundle'] }];
    return [...starts].flatMap(([host, lines]): Hit[] => {
      const storm = new Set<number>();
      lines.forEach((line, n) => {
        const last = lines[n + leastStarts - 1];
        if (last !== undefined && clock.lines[last]! - clock.lines[line]! <= HOUR)
          for (let k = n; k < n + leastStarts; k++) storm.add(lines[k]!);
      });
      return storm.size === 0 ? [] : [linesHit(grounds, host, [...storm], { host })];
    });
  },
  explains: [
    { row: 'f.cld.error', when: 'overlapping-time' },
    { row: 'f.cld.gap', when: 'same-hosts' },
  ],
  title: text('The daemon restarts repeatedly', 'Le démon redémarre à répétition'),
  seen: text(
    '{host}: {count} new processes from {from} to {to}, at least 3 within an hour.',
    '{host} : {count} nouveaux processus du {from} au {to}, dont au moins 3 en une heure.',
  ),
  cause: text(
    'The service crashes or is killed and started again; the system journal says why.',
    'Le service plante ou est arrêté, puis relancé ; le journal système dit pourquoi.',
  ),
  causeIs: 'symptom',
  steps: [
    {
      do: text('Read why the service ended.', 'Lire pourquoi le service s’est arrêté.'),
      command: 'journalctl -u cld --no-pager',
    },
    steps.collectLogs,
  ],
  source: 'EN 6.3.5',
});

const run = (pid: number, time: string): string =>
  `Nov 12 ${time} sbc1 cld[${pid}]: time=2026-11-12T${time}Z level=INFO msg="tunnel up"`;
const log = (...lines: readonly string[]) => ({ files: { 'var/log/cld/cld.log': lines } });

export const examples: Examples = [
  {
    given: log(run(100, '08:00:00'), run(180, '08:10:00'), run(240, '08:20:00'), run(300, '08:30:00')),
    expect: 'found',
    subjects: ['sbc1'],
  },
  // the same process all the time; restarted twice in a day
  { given: log(run(100, '08:00:00'), run(100, '08:10:00'), run(100, '08:20:00')), expect: 'clear' },
  { given: log(run(100, '08:00:00'), run(180, '12:00:00'), run(240, '18:00:00')), expect: 'clear' },
  {
    given: { log: ['08:00:00 INFO started', '08:10:00 INFO started', '08:20:00 INFO started'] },
    expect: 'not-evaluated',
  },
];
