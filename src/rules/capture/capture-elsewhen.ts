import { MINUTE } from '../../base/time';
import { logsOf } from '../../evidence/rotated';
import { incidentSpan } from '../../facts/facts';
import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule, type CannotTell, type Hit } from '../rule';
import { sipSteps } from '../sip-steps';

/** A person's clock is no better than a minute; files of a rotated capture follow each other within one. */
const slack = MINUTE;

export default rule({
  id: 'capture-elsewhen',
  rows: ['f.pcap.late'],
  severity: 'warning',
  basis: 'capture-quality',
  confidence: 'certain',
  needs: ['signalling'],
  facts: ['incident'],
  find({ evidence, clock, facts }) {
    const incident = incidentSpan(facts);
    if (!incident) return [{ subject: '', missing: ['incident'] }];
    const { artifacts } = evidence;
    const captures = artifacts.flatMap(({ capture }, artifact) => (capture && capture.packets > 0 ? [artifact] : []));
    const names = logsOf(captures.map((artifact) => artifacts[artifact]!.path));
    const sets = new Map<string, number[]>();
    captures.forEach((artifact, n) => {
      const own = sets.get(names[n]!);
      if (own) own.push(artifact);
      else sets.set(names[n]!, [artifact]);
    });
    const told = [...sets].map(([subject, files]) => {
      const spans = files.map((artifact) => clock.span(artifact)).filter(({ from }) => Number.isFinite(from));
      const covers = spans.some(({ from, to }) => incident.from >= from - slack && incident.from <= to + slack);
      return { subject, files, spans, covers };
    });
    // with another capture of the test at hand, this one is of no harm
    const hasOther = told.some(({ covers }) => covers);
    return told.flatMap(({ subject, files, spans, covers }): (Hit | CannotTell)[] => {
      if (covers) return [];
      if (spans.length === 0) return [{ subject, missing: ['art.mbg.pcap.sig'] }];
      const from = Math.min(...spans.map((span) => span.from));
      const to = Math.max(...spans.map((span) => span.to));
      return [
        {
          subject,
          from,
          to,
          at: files.slice(0, 50).map((artifact) => ({ artifact, offset: 0, length: 0 })),
          count: files.length,
          ...(hasOther ? { severity: 'note' } : {}),
          values: {
            path: subject,
            from: { time: from },
            to: { time: to },
            incident: { time: incident.from },
          },
        },
      ];
    });
  },
  title: text('{path}: does not cover the test', '{path} : ne couvre pas le test'),
  seen: text(
    'It runs from {from} to {to}; the incident began at {incident}.',
    'Elle va du {from} au {to} ; l’incident a commencé à {incident}.',
  ),
  cause: text(
    'The capture was started too late, stopped too early, or belongs to another test; or the time of the incident or the clock of the capturing host is wrong.',
    'La capture a été lancée trop tard, arrêtée trop tôt, ou appartient à un autre test ; ou l’heure de l’incident ou l’horloge de l’hôte de capture est fausse.',
  ),
  causeIs: 'symptom',
  steps: [sipSteps.captureAgain],
  source: 'EN 5.2.1.3b',
});

const incident = { from: '2026-11-12T09:30', to: '2026-11-12T09:40', zone: 'Europe/Paris' };
const at = (start: string, path?: string) => ({
  drawn: '\n  zoom  mbg\n 0.000 |--INVITE-1-->|\n 0.010 |<---486-1----|\n 240.000 |  |',
  start,
  ...(path === undefined ? {} : { path }),
});

export const examples: Examples = [
  {
    given: { ladder: at('2026-11-12T09:00:00Z'), facts: { incident } },
    expect: 'found',
    subjects: ['capture.pcap'],
  },
  // 08:30 UTC is 09:30 in Paris
  { given: { ladder: at('2026-11-12T08:28:00Z'), facts: { incident } }, expect: 'clear' },
  // the second file of a rotated capture holds the test
  {
    given: {
      ladder: [at('2026-11-12T08:24:00Z', 'sip.pcap0'), at('2026-11-12T08:28:10Z', 'sip.pcap1')],
      facts: { incident },
    },
    expect: 'clear',
  },
  { given: { ladder: at('2026-11-12T08:28:00Z') }, expect: 'not-evaluated' },
];
