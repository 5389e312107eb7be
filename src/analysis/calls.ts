import { outcomes } from '../evidence/links';
import { performanceOf } from '../evidence/performance';
import type { CallRow, Query } from './desk';
import { parseFilter } from './filter';
import { per } from './per';
import { codecsOf, qualityOf } from './quality';
import { findingsByRow, hosts, selectTraffic, type Traffic } from './traffic';
import type { View } from './view';

const traffic = per((view: View): Traffic => {
  const { evidence, clock, links } = view;
  const { calls } = links;
  const { strings } = evidence;
  const findings = findingsByRow(view, links.callOf);
  const codecs: string[] = [];
  return {
    count: calls.length,
    messages: (row) => links.callMessages(row),
    findings: (row) => findings.get(row) ?? [],
    start: (row) => calls.start[row]!,
    end: (row) => clock.messages[calls.last[row]!]!,
    texts: {
      from: (row) => strings.text(calls.from[row]!),
      to: (row) => strings.text(calls.to[row]!),
      outcome: (row) => outcomes[calls.outcome[row]!]!,
      codec: (row) => (codecs[row] ??= codecsOf(view, row)),
    },
    ids: { from: calls.from, to: calls.to },
    numbers: {
      final: (row) => calls.finalStatus[row]!,
      legs: (row) => calls.legs[row]!,
      messages: (row) => calls.messages[row]!,
      setup: (row) => setupOf(view, row),
      disconnect: (row) => disconnectOf(view, row),
      duration: (row) => durationOf(view, row),
      findings: (row) => findings.get(row)?.length ?? 0,
      streams: (row) => qualityOf(view, row)?.streams ?? 0,
      loss: (row) => (qualityOf(view, row)?.loss ?? NaN) * 100,
      jitter: (row) => qualityOf(view, row)?.jitter ?? NaN,
      mos: (row) => qualityOf(view, row)?.mos ?? NaN,
    },
    durations: ['setup', 'duration', 'disconnect', 'jitter'],
  };
});

/** INVITE to the first sign of ringing, else to the answer (RFC 6076 §4.3), µs; NaN where neither came. */
function setupOf({ links: { calls } }: View, row: number): number {
  const ring = calls.ring[row]!;
  return (Number.isNaN(ring) ? calls.answer[row]! : ring) - calls.start[row]!;
}

/** BYE to its answer (RFC 6076 §4.4); NaN where none came. */
const disconnectOf = ({ evidence, clock, links }: View, row: number): number =>
  performanceOf(evidence, clock, links).disconnectDelay[row]!;

/** Answer to end; NaN where it was not answered. */
function durationOf({ links: { calls } }: View, row: number): number {
  return calls.end[row]! - calls.answer[row]!;
}

export function selectCalls(view: View, query: Query): Uint32Array {
  return selectTraffic(view, traffic(view), parseFilter(query.filter ?? ''), query.focus ?? [], query.sort);
}

export function describeCalls(view: View, rows: readonly number[]): CallRow[] {
  const { evidence, links } = view;
  const { calls } = links;
  const { messages, strings } = evidence;
  const { findings } = traffic(view);
  const callIdsOf = (own: Uint32Array): string[] => {
    const ids = new Set<number>();
    for (const message of own) ids.add(messages.callId[message]!);
    return [...ids].map((id) => strings.text(id));
  };
  return rows
    .filter((row) => row >= 0 && row < calls.length)
    .map((row) => {
      const own = links.callMessages(row);
      const quality = qualityOf(view, row);
      return {
        row,
        callIds: callIdsOf(own),
        from: strings.text(calls.from[row]!),
        to: strings.text(calls.to[row]!),
        start: calls.start[row]!,
        outcome: outcomes[calls.outcome[row]!]!,
        finalStatus: calls.finalStatus[row]!,
        setup: setupOf(view, row),
        disconnect: disconnectOf(view, row),
        duration: durationOf(view, row),
        legs: calls.legs[row]!,
        messages: calls.messages[row]!,
        findings: findings(row),
        hosts: hosts(view, own),
        ...(quality ? { quality } : {}),
      };
    });
}
