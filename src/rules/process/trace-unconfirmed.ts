import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule, type Hit } from '../rule';
import { transcripts } from '../traces';

const answers = { on: 'SIP TCPDUMP ON Started...', off: 'SIP TCPDUMP Stopped' } as const;

export default rule({
  id: 'trace-unconfirmed',
  rows: ['f.proc.wrong_tcpdump'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: [],
  find({ evidence }) {
    const all = [...transcripts(evidence).values()].map((moves) =>
      moves.filter(({ trace }) => trace === 'SIP TCPDUMP'),
    );
    if (all.every((moves) => moves.length === 0)) return [{ subject: '' }];
    const hits = new Map<string, Hit>();
    for (const moves of all) {
      moves.forEach(({ move, at }, n) => {
        if (move !== 'on' && move !== 'off') return;
        if (moves[n + 1]?.move === (move === 'on' ? 'started' : 'stopped')) return;
        const subject = move === 'on' ? 'SIP TCPDUMP ON' : 'SIP TCPDUMP OFF';
        const known = hits.get(subject);
        hits.set(subject, {
          subject,
          at: [...(known?.at ?? []), at].slice(0, 50),
          values: { command: subject, answer: answers[move] },
        });
      });
    }
    return [...hits.values()];
  },
  title: text('Trace start or stop not confirmed: {command}', 'Démarrage ou arrêt de trace non confirmé : {command}'),
  seen: text(
    'Behind {command} the answer “{answer}” is missing.',
    'Derrière {command}, la réponse « {answer} » manque.',
  ),
  cause: text(
    'Without this answer nothing was recorded, or the capture goes on: the test has to be made again.',
    'Sans cette réponse, rien n’a été enregistré, ou la capture continue : le test est à refaire.',
  ),
  causeIs: 'symptom',
  steps: [
    {
      do: text(
        'Start the SIP capture again and wait for its answer.',
        'Relancer la capture SIP et attendre sa réponse.',
      ),
      where: 'Maintenance and Diagnostics → Maintenance commands',
      command: 'SIP TCPDUMP ON',
      step: 'mivb.sip.01',
    },
  ],
  source: 'EN 5.2.1.3a',
});

const console = (...lines: readonly string[]) => ({ files: { 'console.txt': lines } });

export const examples: Examples = [
  { given: console('> SIP TCPDUMP ON', 'Unknown command'), expect: 'found', subjects: ['SIP TCPDUMP ON'] },
  {
    given: console('SIP TCPDUMP ON', 'SIP TCPDUMP ON Started...', 'SIP TCPDUMP OFF', '>'),
    expect: 'found',
    subjects: ['SIP TCPDUMP OFF'],
  },
  {
    given: console('SIP TCPDUMP ON', 'SIP TCPDUMP ON Started...', 'SIP TCPDUMP OFF', 'SIP TCPDUMP Stopped'),
    expect: 'clear',
  },
  { given: console('CCS TRACE ENABLE CONTINUOUS'), expect: 'not-evaluated' },
  { given: {}, expect: 'not-evaluated' },
];
