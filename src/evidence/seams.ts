/**
 * What crosses from one file of a rotated capture into the next. Its messages are rows like others (`pieces` tell both
 * files); what one file alone had to report as missing no longer is.
 */
import type { Evidence } from './evidence';
import { messageFlags } from './schema';

/** Bytes of a file that belong to something whole, with the number of the packet. */
export interface Settled {
  readonly artifact: number;
  readonly number: number;
  readonly from: number;
  readonly to: number;
}

const codes: ReadonlySet<string> = new Set(['lost-segment', 'bad-message']);

/** Evidence without the gaps and problems that the other file fills. */
export function withoutSettled(evidence: Evidence, settled: readonly Settled[]): Evidence {
  if (settled.length === 0) return evidence;
  const isWhole = (artifact: number, offset: number): boolean =>
    settled.some((one) => one.artifact === artifact && one.from <= offset && offset < one.to);
  const { gaps } = evidence;
  const rows: number[] = [];
  for (let row = 0; row < gaps.length; row++) if (!isWhole(gaps.artifact[row]!, gaps.offset[row]!)) rows.push(row);
  const { length, ...columns } = gaps;
  const left =
    rows.length === length
      ? gaps
      : {
          length: rows.length,
          ...Object.fromEntries(
            Object.entries(columns).map(([name, column]) => [name, column.filter((_, row) => rows.includes(row))]),
          ),
        };
  return {
    ...evidence,
    gaps: left as typeof gaps,
    problems: evidence.problems.filter(({ code, artifact, offset }) => !codes.has(code) || !isWhole(artifact, offset)),
  };
}

/** The beginning of a message, as one file has it → the whole, as both have it. */
export function beginnings({ messages, pieces }: Evidence): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  const starts = new Map<string, number>();
  for (let piece = 0; piece < pieces.length; piece++) {
    const message = pieces.message[piece]!;
    const isFirst = piece === 0 || pieces.message[piece - 1] !== message;
    // the message is a row of the file that completes it
    if (!isFirst || pieces.artifact[piece] === messages.artifact[message]) continue;
    starts.set(`${pieces.artifact[piece]} ${pieces.offset[piece]}`, message);
  }
  if (starts.size === 0) return found;
  for (let row = 0; row < messages.length; row++) {
    if ((messages.flags[row]! & messageFlags.cut) === 0) continue;
    const whole = starts.get(`${messages.artifact[row]} ${messages.offset[row]}`);
    if (whole !== undefined && whole !== row) found.set(row, whole);
  }
  return found;
}
