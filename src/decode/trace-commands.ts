/**
 * Commands that start and stop traces, and what the systems answer, in the transcript of a console (EN 5.2.1.2–5.2.1.4,
 * 5.2.3.3):
 *
 *   SIP TCPDUMP ON                                      CCS TRACE ENABLE CONTINUOUS
 *   SIP TCPDUMP ON Started...                           Enable signaling capture: Running
 *   oprtd_ctl -p 4711 OP_RTT_TRACE_ALL=-1
 */
export type TraceMove = 'on' | 'started' | 'off' | 'stopped';
export interface TraceWord {
  /** `CCS TRACE`, `SIP TCPDUMP`, `signaling capture`, `global packet capture`, `RTT dispProc11`, … */
  readonly trace: string;
  readonly move: TraceMove;
}

/** A capture of the MBG page is «Running» only on a line that names it. */
const capture = /\b((?:signall?ing|global packet|packet) (?:capture|trace)|capture|trace)\b/i;

export function traceWord(line: string): TraceWord | undefined {
  const text = line.slice(0, 2000);
  const dump = /\bSIP TCPDUMP(?: (ON|OFF))?\b(?: {0,4}(Started|Stopped))?/i.exec(text);
  if (dump) {
    const answer = dump[2]?.toLowerCase();
    if (answer) return { trace: 'SIP TCPDUMP', move: answer === 'started' ? 'started' : 'stopped' };
    if (!dump[1]) return undefined;
    return { trace: 'SIP TCPDUMP', move: dump[1].toUpperCase() === 'ON' ? 'on' : 'off' };
  }
  const ccs = /\bCCS TRACE (ENABLE|DISABLE)\b/i.exec(text);
  if (ccs) return { trace: 'CCS TRACE', move: ccs[1]!.toUpperCase() === 'ENABLE' ? 'on' : 'off' };
  const rtt = /\bOP_RTT_TRACE_ALL=(-?\d{1,10})\b/.exec(text);
  if (rtt) {
    const process = /\b(dispProc\d{1,3})\b/.exec(text)?.[1] ?? 'dispProc';
    return { trace: `RTT ${process}`, move: rtt[1] === '-1' ? 'on' : 'off' };
  }
  const state = /\b(not {1,3})?running\b/i.exec(text);
  const named = state && capture.exec(text);
  if (!named) return undefined;
  return { trace: named[1]!.toLowerCase(), move: state[1] ? 'stopped' : 'started' };
}

/** `SIP TCPDUMP: on`, the form of the fact `trace`. */
export const traceFact = ({ trace, move }: TraceWord): string => `${trace}: ${move}`;
