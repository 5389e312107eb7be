/** Clock differences between sources, one finding a source that is off: what the two rules on clocks share. */
import type { At, Evidence } from '../evidence/evidence';
import { skews, type Skew } from '../evidence/skew';
import { SECOND } from '../base/time';
import { hostNameOf, sourceNameOf } from './hosts';
import { lineAt } from './lines';
import type { CannotTell, Grounds, Hit } from './rule';
import { messageAt } from './signalling';
import { someOf } from './users';

/** Differences of one pair of sources that agree within this are one difference. */
const alike = SECOND;

/**
 * `part` picks what the rule speaks of (µs); a difference where it gives 0 is no finding. Without an event that two
 * sources saw nothing can be compared.
 */
export function skewHits(grounds: Grounds, part: (skew: Skew) => number): readonly (Hit | CannotTell)[] {
  const { evidence, clock } = grounds;
  const all = skews(evidence, clock);
  if (all.length === 0) return [{ subject: '', missing: ['art.clgw.logs', 'art.pcap.any'] }];
  const groups: { key: string; amount: number; skews: Skew[] }[] = [];
  const ofPair = new Map<string, typeof groups>();
  for (const skew of all) {
    const amount = part(skew);
    if (amount === 0) continue;
    const key = [nameOf(evidence, skew.a), nameOf(evidence, skew.b)].join(' ↔ ');
    const own = ofPair.get(key) ?? [];
    ofPair.set(key, own);
    const group = own.find((one) => Math.abs(one.amount - amount) <= alike);
    if (group) {
      group.skews.push(skew);
      continue;
    }
    const fresh = { key, amount, skews: [skew] };
    own.push(fresh);
    groups.push(fresh);
  }
  const spoken = groups.map(({ key, amount: first, skews: own }): Difference => {
    const best = own.reduce((most, one) => (one.matches > most.matches ? one : most));
    const again = ofPair.get(key)![0]!.amount !== first;
    return {
      // two different differences of one pair (a bundle whose logs do not agree) are two findings
      subject: again ? `${key} ${Math.round(part(best) / SECOND)} s` : key,
      amount: part(best),
      names: [nameOf(evidence, best.a), nameOf(evidence, best.b)],
      hosts: [best.a, best.b].map((artifact) => hostNameOf(evidence, artifact) ?? ''),
      best,
      matches: own.reduce((sum, one) => sum + one.matches, 0),
    };
  });
  return byOutlier(spoken).map((own): Hit => hitOf(grounds, own));
}

/** How far the second of two sources is ahead of the first. */
interface Difference {
  readonly subject: string;
  readonly amount: number;
  readonly names: readonly [string, string];
  readonly hosts: readonly string[];
  readonly best: Skew;
  readonly matches: number;
}

/** How far `name` is ahead in a difference that speaks of it. */
const ahead = ({ names, amount }: Difference, name: string): number => (names[1] === name ? amount : -amount);

/** One source that differs from several others by one amount is one finding; what is left is one a pair. */
function byOutlier(all: readonly Difference[]): readonly (readonly Difference[])[] {
  const left = new Set(all);
  const groups: (readonly Difference[])[] = [];
  for (;;) {
    let most: readonly Difference[] = [];
    for (const name of new Set([...left].flatMap(({ names }) => names))) {
      const own = [...left].filter(({ names }) => names.includes(name));
      for (const one of own) {
        const same = own.filter((other) => Math.abs(ahead(other, name) - ahead(one, name)) <= 2 * alike);
        if (same.length > most.length) most = same;
      }
    }
    if (most.length < 2) return [...groups, ...[...left].map((one) => [one])];
    groups.push(most);
    for (const one of most) left.delete(one);
  }
}

function hitOf(grounds: Grounds, own: readonly Difference[]): Hit {
  const { evidence } = grounds;
  const [first] = own as readonly [Difference];
  // the source that all of them speak of; of a single pair the first
  const common = first.names.find((name) => own.length > 1 && own.every(({ names }) => names.includes(name)));
  const one = common ?? first.names[0];
  const others = [...new Set(own.map(({ names }) => names[names[0] === one ? 1 : 0]))].sort();
  const named = others.length === 1 ? others[0]! : someOf(others);
  const leading = ahead(first, one) > 0;
  const rows = own.flatMap(({ best }) => best.samples.flat().map((row) => timeOf(grounds, best, row)));
  const matches = own.reduce((sum, { matches: of }) => sum + of, 0);
  const calm = own.every(({ best }) => best.spread <= SECOND);
  return {
    subject: common ?? first.subject,
    also: [...new Set(own.flatMap(({ names, hosts }) => [...names, ...hosts]))].filter((name) => name !== ''),
    from: Math.min(...rows),
    to: Math.max(...rows),
    at: own.flatMap(({ best }) => best.samples.flatMap((pair) => pair.map((row) => placeOf(evidence, best, row)))),
    count: matches,
    confidence: matches > 2 && calm ? 'certain' : matches > 1 ? 'likely' : 'hint',
    values: {
      ahead: leading ? one : named,
      behind: leading ? named : one,
      amount: { duration: Math.abs(first.amount) },
      count: matches,
    },
  };
}

/** The file and, where something says so, the host that wrote it. */
function nameOf(evidence: Evidence, artifact: number): string {
  const host = hostNameOf(evidence, artifact);
  const source = sourceNameOf(evidence, artifact);
  return host === undefined ? source : `${source} (${host})`;
}

/** Rows of a match by correlation id are lines, and behind the last line events. */
function timeOf({ evidence, clock }: Grounds, { by }: Skew, row: number): number {
  if (by === 'message') return clock.messages[row]!;
  const { length } = evidence.lines;
  return row < length ? clock.lines[row]! : clock.events[row - length]!;
}

function placeOf(evidence: Evidence, { by }: Skew, row: number): At {
  if (by === 'message') return messageAt(evidence, row);
  const { lines, events } = evidence;
  if (row < lines.length) return lineAt(evidence, row);
  const event = row - lines.length;
  return {
    artifact: events.artifact[event]!,
    offset: events.offset[event]!,
    length: events.size[event]!,
    row: events.row[event]!,
  };
}
