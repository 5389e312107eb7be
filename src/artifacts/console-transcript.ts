/**
 * Transcript of a console on which traces are started and stopped (`decode/trace-commands.ts`). Gives the fact `trace`
 * for each such line, in their order: `SIP TCPDUMP: on`.
 */
import { textOfHead } from '../decode/encoding';
import { traceFact, traceWord } from '../decode/trace-commands';
import { text } from '../text/text';
import { artifactKind, notThis, type KindExample, type Reader, type Sink } from './kind';
import { wholeLines } from './text/whole-lines';

/** A longer text is a trace that quotes the command that started it. */
const longest = 64 * 1024;
/** What a person types, or the answer to it: the word alone at the start of its line, behind a prompt at most. */
const typed =
  /^[^\n]{0,60}?(?:SIP TCPDUMP|CCS TRACE (?:ENABLE|DISABLE)|oprtd_ctl |enable (?:signall?ing|global packet) capture)/im;

export default artifactKind({
  id: 'console-transcript',
  name: text('Console transcript', 'Transcription d’une console'),
  provides: [],
  sniff(head) {
    if (head.length >= longest) return notThis;
    const content = textOfHead(head);
    if (content === undefined || !typed.test(content) || /sip registrar|x-mitel-correlation-id/i.test(content)) {
      return notThis;
    }
    const lines = content.split(/\r?\n/).filter((line) => line.trim() !== '');
    const count = lines.filter((line) => traceWord(line)).length;
    // a transcript holds little else; a log has a command among thousands of lines
    if (count === 0 || count * 40 < lines.length) return notThis;
    return {
      certainty: 2,
      reason: text('{count} commands or answers of traces', '{count} commandes ou réponses de traces'),
      values: { count },
    };
  },
  open: read,
});

function read(sink: Sink): Reader {
  const reader = wholeLines(sink);
  return {
    push: reader.push,
    end() {
      reader.end();
      let records = 0;
      reader.lines.forEach((line, n) => {
        const word = traceWord(line);
        if (!word) return;
        records++;
        const { offset, length } = reader.spans[n]!;
        sink.fact('trace', traceFact(word), offset, length);
      });
      return { records, first: NaN, last: NaN, clock: 'none' };
    },
  };
}

export const examples: readonly KindExample[] = [
  {
    name: 'maintenance.txt',
    bytes: ['> SIP TCPDUMP ON', 'SIP TCPDUMP ON Started...', '> SIP TCPDUMP OFF', 'SIP TCPDUMP Stopped', ''].join('\n'),
  },
  {
    name: 'mbg.txt',
    bytes: [
      'Packet trace',
      'Enable signaling capture  [x]  Running',
      'Enable global packet capture [ ] Not Running',
      '',
    ].join('\n'),
  },
  {
    name: 'osv.txt',
    bytes: ['srx@node1:~> oprtd_ctl -p $(pidof dispProc11) OP_RTT_TRACE_ALL=-1', 'ok', ''].join('\n'),
  },
];
