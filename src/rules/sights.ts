/** What a rule saw, one by one, made into one finding a subject. */
import type { At } from '../evidence/evidence';
import { messageFlags } from '../evidence/schema';
import type { Values } from '../text/text';
import { severities, type CannotTell, type Grounds, type Hit, type Severity } from './rule';
import { messageAt } from './signalling';
import { capped, shownPlaces, someOf } from './users';

export interface Sight {
  readonly subject: string;
  /** Message rows, stream rows that show it. */
  readonly rows: readonly number[];
  readonly streams?: readonly number[];
  readonly also?: readonly string[];
  readonly values?: Values;
  readonly severity?: Severity;
}

export function streamAt({ evidence: { streams } }: Grounds, row: number): At {
  return {
    artifact: streams.artifact[row]!,
    offset: streams.offset[row]!,
    length: streams.size[row]!,
    packet: streams.number[row]!,
  };
}

/** One hit a subject: values of its first sight and `subject`, `count`, `names` (Call-IDs); the gravest severity. */
export function hitsOf(grounds: Grounds, sights: Iterable<Sight>, limit = 200): readonly Hit[] {
  const { evidence, clock, links } = grounds;
  const { messages, strings } = evidence;
  const bySubject = new Map<string, Sight[]>();
  for (const sight of sights) {
    const own = bySubject.get(sight.subject);
    if (own) own.push(sight);
    else bySubject.set(sight.subject, [sight]);
  }
  const hits: Hit[] = [];
  let placed = 0;
  for (const [subject, own] of bySubject) {
    const names = namesOf(subject, own);
    if (hits.length <= limit) hits.push(hitOf(subject, own, names));
    else {
      // of those behind the limit `capped` tells names, places and number
      const at = placesOf(own, shownPlaces - placed);
      placed += at.length;
      hits.push({ subject, also: names.also, at, count: own.length, values: {} });
    }
  }
  return capped(hits, limit);

  function hitOf(subject: string, own: readonly Sight[], { callIds, also }: Names): Hit {
    const hosts = new Set<number>();
    let [from, to] = [Infinity, -Infinity];
    for (const { rows, streams = [] } of own) {
      for (const row of rows) {
        hosts.add(messages.source[row]!).add(messages.target[row]!);
        from = Math.min(from, clock.messages[row]!);
        to = Math.max(to, clock.messages[row]!);
      }
      for (const row of streams) {
        hosts.add(evidence.streams.source[row]!).add(evidence.streams.target[row]!);
        from = Math.min(from, links.streams.start[row]!);
        to = Math.max(to, links.streams.end[row]!);
      }
    }
    const grave = own.flatMap(({ severity }) => (severity ? [severities.indexOf(severity)] : []));
    return {
      subject,
      also,
      hosts: [...hosts].map((host) => strings.text(host)).sort(),
      ...(from <= to ? { from, to } : {}),
      at: placesOf(own, shownPlaces),
      count: own.length,
      ...(grave.length === own.length ? { severity: severities[Math.min(...grave)]! } : {}),
      values: { subject, count: own.length, names: someOf(callIds), ...own[0]!.values },
    };
  }

  function placesOf(own: readonly Sight[], most: number): At[] {
    const at: At[] = [];
    for (const { rows, streams = [] } of own) {
      for (let n = 0; n < rows.length && at.length < most; n++) at.push(messageAt(evidence, rows[n]!));
      for (let n = 0; n < streams.length && at.length < most; n++) at.push(streamAt(grounds, streams[n]!));
      if (at.length >= most) break;
    }
    return at;
  }

  function namesOf(subject: string, own: readonly Sight[]): Names {
    const [{ rows, also: named = [] }] = own as [Sight];
    if (own.length === 1 && named.length === 0 && rows.length > 0 && areOneCall(rows)) {
      const callIds = messages.callId[rows[0]!] === 0 ? [] : [strings.text(messages.callId[rows[0]!]!)];
      return { callIds, also: callIds[0] === subject ? [] : callIds };
    }
    const ids = new Set<number>();
    const also = new Set<string>();
    for (const { rows, also: more = [] } of own) {
      for (const row of rows) ids.add(messages.callId[row]!);
      if (also.size < 50) for (const name of more) also.add(name);
    }
    ids.delete(0);
    const callIds = Array.from(ids, (id) => strings.text(id));
    return { callIds, also: [...also, ...callIds].filter((name) => name !== '' && name !== subject).slice(0, 50) };
  }

  function areOneCall(rows: readonly number[]): boolean {
    const callId = messages.callId[rows[0]!];
    for (let n = 1; n < rows.length; n++) if (messages.callId[rows[n]!] !== callId) return false;
    return true;
  }
}

interface Names {
  readonly callIds: readonly string[];
  /** Names beside the subject. */
  readonly also: readonly string[];
}

/** Was a message's time taken from a log that writes whole seconds? No timer can be judged by it. */
export const isCoarse = ({ evidence: { messages } }: Grounds, row: number): boolean =>
  (messages.flags[row]! & messageFlags.coarse) !== 0;
/** What lets a rule measure where a log does not. */
export const finer = ['art.mbg.pcap.sig'] as const;

/** The same for rules that measure timers: what stands on whole seconds is not evaluated. */
export function timedHitsOf(grounds: Grounds, sights: Iterable<Sight>): readonly (Hit | CannotTell)[] {
  const fine: Sight[] = [];
  const open = new Map<string, CannotTell>();
  for (const sight of sights) {
    if (sight.rows.some((row) => isCoarse(grounds, row))) {
      open.set(sight.subject, { subject: sight.subject, missing: finer });
    } else fine.push(sight);
  }
  return [...hitsOf(grounds, fine), ...[...open.values()].slice(0, shownPlaces)];
}

/** `10.0.0.1 → 10.0.0.2`: who sent a message to whom. */
export function wayOf({ evidence: { messages, strings } }: Grounds, row: number): string {
  return `${strings.text(messages.source[row]!)} → ${strings.text(messages.target[row]!)}`;
}

/** Names of the users of a message: caller, called. */
export const firstTexts = (texts: Iterable<string>, most = 5): string => {
  const list = [...new Set(texts)].filter((text) => text !== '');
  return list.length <= most ? list.join(', ') : `${list.slice(0, most).join(', ')}, +${list.length - most}`;
};
