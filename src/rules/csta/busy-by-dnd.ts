import { text } from '../../text/text';
import { two } from '../drawn';
import type { Examples } from '../example';
import { clockAssumed, lineAt, mentions } from '../lines';
import { digitsOf, numberIndex } from '../listings';
import { refusalsOf, rowsOf } from '../refusals';
import { rule, type Hit } from '../rule';
import { addressOf, seenIn, userOf } from '../signalling';
import { capped } from '../users';

/** Patterns are asked for by it. A DoNotDisturbEvent (ECMA-323) names a device and what it wants now. */
const id = 'busy-by-dnd';

export default rule({
  id,
  rows: ['f.sip.486_dnd'],
  severity: 'note',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['signalling', 'text-log'],
  patterns: {
    device: /DoNotDisturbEvent\b[\s\S]{0,600}?deviceIdentifier[^<>]{0,120}>(?<detail>[^<>]{1,100})</,
    on: /doNotDisturbOn>\s{0,8}(?:true|1)\b/,
    off: /doNotDisturbOn>\s{0,8}(?:false|0)\b/,
  },
  find(grounds) {
    const { evidence, clock } = grounds;
    const { messages, strings } = evidence;
    const [on, off] = ['on', 'off'].map((name) => new Set(mentions(evidence, id, name).map(({ line }) => line)));
    const events = mentions(evidence, id, 'device').flatMap(({ line, detail }) => {
      const isOn = on!.has(line);
      return isOn || off!.has(line) ? [{ line, number: numberOf(detail), time: clock.lines[line]!, isOn }] : [];
    });
    if (events.length === 0) return [{ subject: '', missing: ['art.os4k.csta', 'art.osv.cstaproxy'] }];
    const index = numberIndex(events.map(({ number }, n) => [n, number] as const));
    const found = new Map<string, { rows: number[]; line: number; count: number }>();
    for (const refusal of refusalsOf(grounds, 'INVITE', (status) => status === 486 || status === 600)) {
      const called = strings.text(messages.toUri[refusal.final]!);
      const at = clock.messages[refusal.final]!;
      const last = index
        .find(digitsOf(userOf(called)))
        .rows.map((n) => events[n]!)
        .filter(({ time }) => time <= at)
        .sort((a, b) => b.time - a.time)[0];
      if (!last?.isOn) continue;
      const subject = addressOf(called);
      const known = found.get(subject) ?? { rows: [], line: last.line, count: 0 };
      known.rows.push(...rowsOf(grounds, refusal));
      known.count++;
      found.set(subject, known);
    }
    return capped(
      [...found].map(([subject, { rows, line, count }]): Hit => {
        const seen = seenIn(grounds, rows);
        return {
          ...seen,
          subject,
          also: [subject.split('@')[0]!],
          at: [...seen.at, lineAt(evidence, line)],
          count,
          clockAssumed: clockAssumed(grounds, [line]),
          values: { subject, count, since: { time: clock.lines[line]! } },
        };
      }),
    );
  },
  title: text('{subject}: busy because do not disturb is on', '{subject} : occupé car « ne pas déranger » est actif'),
  seen: text(
    '{count} {count|call was|calls were} refused as busy; CSTA says that do not disturb is on for this device since {since}.',
    '{count} {count|appel refusé|appels refusés} comme occupé ; d’après CSTA, « ne pas déranger » est actif pour ce poste depuis {since}.',
  ),
  cause: text(
    'The user, or Zoom on the user’s behalf, has switched do not disturb on: the PBX answers busy. That is no fault.',
    'L’utilisateur, ou Zoom pour lui, a activé « ne pas déranger » : le PBX répond occupé. Ce n’est pas un défaut.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Ask the user about the status in Zoom Workplace at that time, or look at the feature in the PBX.',
        'Demander à l’utilisateur son statut dans Zoom Workplace à ce moment, ou regarder la fonction dans le PBX.',
      ),
    },
  ],
  source: 'EN 5.2.2.4',
});

/** `4001` of `N<302118840100>;displayNumber=4001;noa=nk`, of `tel:4001`, of `4001`. */
function numberOf(device: string): string {
  const shown = /displayNumber=([+\d]{1,32})/i.exec(device)?.[1];
  return digitsOf(shown ?? /<([+\d]{1,32})>/.exec(device)?.[1] ?? device);
}

const busy = two('60 >INVITE-1', '60.1 <486-1');
const csta = (device: string, isOn: boolean, time = '08:00:30') => ({
  'csta.log': [
    `2026-11-12T${time}Z INFO received 9999`,
    `<?xml version="1.0"?><DoNotDisturbEvent xmlns="http://www.ecma-international.org/standards/ecma-323/csta/ed4"><monitorCrossRefID>7</monitorCrossRefID><device><deviceIdentifier>${device}</deviceIdentifier></device><doNotDisturbOn>${isOn}</doNotDisturbOn></DoNotDisturbEvent>`,
  ],
});
export const examples: Examples = [
  { given: { ladder: busy, files: csta('2002', true) }, expect: 'found', subjects: ['2002@pbx.example'] },
  {
    given: { ladder: busy, files: csta('N&lt;302118842002&gt;;displayNumber=2002;noa=nk', true) },
    expect: 'found',
  },
  // switched off, on later, of another device
  { given: { ladder: busy, files: csta('2002', false) }, expect: 'clear' },
  { given: { ladder: busy, files: csta('2002', true, '08:05:00') }, expect: 'clear' },
  { given: { ladder: busy, files: csta('2009', true) }, expect: 'clear' },
  // CSTA without a word on it
  { given: { ladder: busy, log: ['08:00:00 INFO started'] }, expect: 'not-evaluated' },
  { given: { ladder: busy }, expect: 'not-evaluated' },
];
