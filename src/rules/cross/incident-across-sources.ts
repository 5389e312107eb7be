import { text } from '../../text/text';
import { outcomes } from '../../evidence/links';
import { level } from '../../evidence/schema';
import type { At } from '../../evidence/evidence';
import { eventAt, timed } from '../event-history';
import type { Examples } from '../example';
import { sourceNameOf } from '../hosts';
import { incidentWindow, lineAt } from '../lines';
import { rule, type CannotTell, type Grounds, type Hit } from '../rule';
import { messageAt } from '../signalling';
import { someOf, shownPlaces } from '../users';

/** Something that went wrong, or was changed. */
interface Mark {
  readonly source: string;
  readonly artifact: number;
  readonly time: number;
  readonly at: At;
}

const failed: ReadonlySet<number> = new Set(
  ['busy', 'rejected', 'timeout'].map((name) => outcomes.indexOf(name as never)),
);

export default rule({
  id: 'incident-across-sources',
  rows: ['X08'],
  severity: 'note',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['any'],
  facts: ['incident'],
  find: (grounds) => together(grounds),
  title: text('{count} sources tell of the time of the incident', '{count} sources parlent du moment de l’incident'),
  seen: text(
    'Between {from} and {to}, on corrected clocks: {sources}. The first is {first}, at {start}.',
    'Entre {from} et {to}, horloges corrigées : {sources}. La première est {first}, à {start}.',
  ),
  cause: text(
    'Errors of logs, failed calls and events of this time may have one cause: it is likely nearest to what came first.',
    'Les erreurs des journaux, les appels échoués et les événements de ce moment ont peut-être une seule cause : elle est sans doute la plus proche de ce qui vint d’abord.',
  ),
  causeIs: 'symptom',
  steps: [
    {
      do: text(
        'Read the sources on one timeline, from the first of them on.',
        'Lire les sources sur une seule chronologie, à partir de la première.',
      ),
    },
  ],
  source: 'EN 6.4.5.3',
});

function together(grounds: Grounds): readonly (Hit | CannotTell)[] {
  const { evidence, clock, facts } = grounds;
  const span = incidentWindow(facts);
  if (!span) return [{ subject: '', missing: ['incident'] }];
  const marks = [...lineMarks(grounds), ...callMarks(grounds), ...eventMarks(grounds)]
    .filter(({ time }) => time >= span.from && time <= span.to)
    .sort((a, b) => a.time - b.time);
  const firsts = new Map<string, Mark>();
  for (const mark of marks) if (!firsts.has(mark.source)) firsts.set(mark.source, mark);
  if (firsts.size < 2) return [];
  const [first] = firsts.values();
  const artifacts = new Set(marks.map(({ artifact }) => artifact));
  return [
    {
      subject: 'incident',
      from: first!.time,
      to: marks.at(-1)!.time,
      at: [...firsts.values()].slice(0, shownPlaces).map(({ at }) => at),
      count: marks.length,
      clockAssumed: [...artifacts].some((artifact) => clock.zones[artifact]?.origin === 'assumed'),
      values: {
        count: firsts.size,
        from: { time: span.from },
        to: { time: span.to },
        sources: someOf([...firsts.keys()]),
        first: first!.source,
        start: { time: first!.time },
      },
    },
  ];

  function* lineMarks({ evidence: { lines } }: Grounds): Generator<Mark> {
    for (let row = 0; row < lines.length; row++) {
      const time = clock.lines[row]!;
      if (lines.level[row]! < level.error || !(time >= span!.from && time <= span!.to)) continue;
      const artifact = lines.artifact[row]!;
      yield { source: sourceNameOf(evidence, artifact), artifact, time, at: lineAt(evidence, row) };
    }
  }
  function* callMarks({ links }: Grounds): Generator<Mark> {
    const { calls } = links;
    for (let call = 0; call < calls.length; call++) {
      if (!failed.has(calls.outcome[call]!)) continue;
      const row = calls.first[call]!;
      const artifact = evidence.messages.artifact[row]!;
      const time = clock.messages[row]!;
      yield { source: sourceNameOf(evidence, artifact), artifact, time, at: messageAt(evidence, row) };
    }
  }
  function* eventMarks({ evidence: { events } }: Grounds): Generator<Mark> {
    for (const row of timed(grounds)) {
      const artifact = events.artifact[row]!;
      yield {
        source: sourceNameOf(evidence, artifact),
        artifact,
        time: clock.events[row]!,
        at: eventAt(evidence, row),
      };
    }
  }
}

const incident = { from: '2026-11-12T09:00', to: '2026-11-12T09:10', zone: 'Europe/Paris' };
const refused = (start?: string) => ({
  drawn: `
          zoom          mbg
    0.000 |--INVITE-1-->|
    0.100 |<---486-1----|
    0.110 |---ACK-1---->|`,
  path: 'mbg.pcap',
  ...(start ? { start } : {}),
});
const log = ['2026-11-12T08:00:01Z ERROR tunnel is down'];
export const examples: Examples = [
  { given: { ladder: refused(), log, facts: { incident } }, expect: 'found', subjects: ['incident'] },
  {
    given: {
      log,
      events: ['2026-11-12T08:05:00Z | LicenseRemoved | admin@example.org | bob@example.org'],
      facts: { incident },
    },
    expect: 'found',
  },
  // another hour; one source alone; nothing went wrong
  { given: { ladder: refused('2026-11-12T10:00:00Z'), log, facts: { incident } }, expect: 'clear' },
  { given: { log, facts: { incident } }, expect: 'clear' },
  { given: { ladder: refused(), log: ['2026-11-12T08:00:01Z INFO started'], facts: { incident } }, expect: 'clear' },
  { given: { ladder: refused(), log }, expect: 'not-evaluated' },
];
