import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule, type Grounds, type Hit } from '../rule';
import { starts, transcripts, type Move } from '../traces';

export default rule({
  id: 'trace-left-running',
  rows: ['f.proc.trace_on'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: [],
  find({ evidence }: Grounds) {
    const all = transcripts(evidence);
    if (all.size === 0) return [{ subject: '' }];
    const last = new Map<string, Move>();
    const stopped = new Map<string, Set<number>>();
    for (const moves of all.values()) {
      for (const move of moves) {
        last.set(`${move.trace}|${move.at.artifact}`, move);
        if (!starts(move)) stopped.set(move.trace, (stopped.get(move.trace) ?? new Set()).add(move.at.artifact));
      }
    }
    // of several transcripts none says which is the later one: a stop in another one counts
    const left = [...last.values()].filter(
      (move) => starts(move) && ![...(stopped.get(move.trace) ?? [])].some((artifact) => artifact !== move.at.artifact),
    );
    const byTrace = new Map(left.map((move) => [move.trace, move]));
    return [...byTrace.values()].map(({ trace, at }): Hit => ({
      subject: trace,
      at: [at],
      values: { trace, stop: stopOf(trace) },
    }));
  },
  title: text('A trace is still running: {trace}', 'Une trace tourne encore : {trace}'),
  seen: text(
    'The transcript starts {trace} and does not stop it. To stop it: {stop}.',
    'La transcription démarre {trace} et ne l’arrête pas. Pour l’arrêter : {stop}.',
  ),
  cause: text(
    'A trace that is left on loads the system and fills its disk.',
    'Une trace laissée active charge le système et remplit son disque.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text('Stop the CCS trace.', 'Arrêter la trace CCS.'),
      where: 'Maintenance and Diagnostics → Maintenance commands',
      command: 'CCS TRACE disable',
      step: 'mivb.ccs.02',
    },
    {
      do: text('Stop the SIP capture.', 'Arrêter la capture SIP.'),
      where: 'Maintenance and Diagnostics → Maintenance commands',
      command: 'SIP TCPDUMP OFF',
      step: 'mivb.sip.02',
    },
    {
      do: text(
        'On the MBG untick the capture until it shows Not Running.',
        'Sur le MBG, décocher la capture jusqu’à Not Running.',
      ),
      where: 'Applications → MiVoice Border Gateway → Troubleshooting Tab → Diagnostics',
      step: 'mbg.cap.02',
    },
  ],
  source: 'EN 5.2.1.2, EN 5.2.1.3a, EN 5.2.1.4, EN 5.2.3.3',
});

function stopOf(trace: string) {
  if (trace === 'CCS TRACE') return 'CCS TRACE disable';
  if (trace === 'SIP TCPDUMP') return 'SIP TCPDUMP OFF';
  // the guide prints no command that turns it off (inc.en.08)
  if (trace.startsWith('RTT')) return text('ask support for the value', 'demander la valeur au support');
  return text('untick it', 'la décocher');
}

const console = (...lines: readonly string[]) => ({ files: { 'console.txt': lines } });

export const examples: Examples = [
  { given: console('> CCS TRACE ENABLE CONTINUOUS', 'Done'), expect: 'found', subjects: ['CCS TRACE'] },
  { given: console('SIP TCPDUMP ON', 'SIP TCPDUMP ON Started...'), expect: 'found', subjects: ['SIP TCPDUMP'] },
  { given: console('Enable signaling capture [x] Running'), expect: 'found', subjects: ['signaling capture'] },
  {
    given: console('oprtd_ctl -p `pidof dispProc12` OP_RTT_TRACE_ALL=-1'),
    expect: 'found',
    subjects: ['RTT dispProc12'],
  },
  {
    given: console('SIP TCPDUMP ON', 'SIP TCPDUMP ON Started...', 'SIP TCPDUMP OFF', 'SIP TCPDUMP Stopped'),
    expect: 'clear',
  },
  {
    given: { files: { 'a.txt': ['CCS TRACE ENABLE CONTINUOUS'], 'b.txt': ['CCS TRACE disable'] } },
    expect: 'clear',
  },
  // «Running» counts only on a line that names a capture or trace
  { given: console('SIP TCPDUMP OFF', 'SIP TCPDUMP Stopped', 'Service Running'), expect: 'clear' },
  { given: {}, expect: 'not-evaluated' },
];
