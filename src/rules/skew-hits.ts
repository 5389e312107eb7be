/** Clock differences between sources, one finding a pair of sources: what the two rules on clocks share. */
import type { At, Evidence } from '../evidence/evidence';
import { skews, type Skew } from '../evidence/skew';
import { SECOND } from '../base/time';
import { lineAt } from './lines';
import type { CannotTell, Grounds, Hit } from './rule';
import { messageAt } from './signalling';

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
  return groups.map(({ key, amount: first, skews: own }): Hit => {
    const best = own.reduce((most, one) => (one.matches > most.matches ? one : most));
    const amount = part(best);
    const again = ofPair.get(key)![0]!.amount !== first;
    const matches = own.reduce((sum, one) => sum + one.matches, 0);
    const [a, b] = [nameOf(evidence, best.a), nameOf(evidence, best.b)];
    const times = (best.by === 'message' ? clock.messages : clock.lines) as Float64Array;
    const rows = best.samples.flat();
    return {
      // two different differences of one pair (a bundle whose logs do not agree) are two findings
      subject: again ? `${key} ${Math.round(amount / SECOND)} s` : key,
      also: [a, b],
      from: Math.min(...rows.map((row) => times[row]!)),
      to: Math.max(...rows.map((row) => times[row]!)),
      at: best.samples.flatMap((pair) => pair.map((row) => placeOf(evidence, best, row))),
      count: matches,
      confidence: matches > 2 && best.spread <= SECOND ? 'certain' : matches > 1 ? 'likely' : 'hint',
      values: {
        ahead: amount > 0 ? b : a,
        behind: amount > 0 ? a : b,
        amount: { duration: Math.abs(amount) },
        count: matches,
      },
    };
  });
}

/** The source and, where its bytes say so, the host that wrote the file. */
function nameOf({ artifacts, sources, sourceOf }: Evidence, artifact: number): string {
  const source = sources[sourceOf[artifact]!]?.name ?? '';
  return artifacts[artifact]!.host === undefined ? source : `${source} (${artifacts[artifact]!.host})`;
}

const placeOf = (evidence: Evidence, { by }: Skew, row: number): At =>
  by === 'message' ? messageAt(evidence, row) : lineAt(evidence, row);
