/**
 * Legs of one caller and one called user, one following the other through a host at nearly one time; and, as a mere
 * suggestion, legs that only time and a host bring together.
 */
import { SECOND } from '../base/time';
import { early, suggestionWeight, type Note } from './join-evidence';
import type { Features } from './leg-features';
import { createLegIndex, createShared, eachMeeting } from './leg-index';

const weight = 60;
/** Two calls between the same users through the same hosts at one time: which leg follows which is not told. */
const unsure = 45;
/** A border may look up, wake or hunt for so long before it calls on. */
const late = 15 * SECOND;

export function byUsers(features: Features, note: Note): void {
  const shared = createShared(features.count);
  const index = createLegIndex();
  const eachOf = (visit: (leg: number, caller: number, called: number) => void): void => {
    for (let leg = 0; leg < features.count; leg++) {
      const [caller, called, dialled] = [features.caller[leg]!, features.called[leg]!, features.dialled[leg]!];
      if (caller === 0) continue;
      if (called !== 0) visit(leg, caller, called);
      if (dialled !== 0 && dialled !== called) visit(leg, caller, dialled);
    }
  };
  eachOf(shared.see);
  eachOf((leg, caller, called) => {
    if (shared.isShared(caller, called)) index.add(leg, caller, called);
  });
  /** Could `first` be the leg that `second` carries on? */
  const leads = (first: number, second: number): boolean => {
    const wait = features.start[second]! - features.start[first]!;
    return wait >= -early && wait <= late && features.follows(first, second) && !features.parallel(first, second);
  };
  index.each((legs) => {
    eachMeeting(legs, features.meet, (one, other, alive) => {
      const [first, second] = leads(one, other) ? [one, other] : [other, one];
      if (!leads(first, second)) return;
      const rival = [...alive, other].some(
        (leg) => leg !== first && leg !== second && features.parallel(leg, first) && leads(leg, second),
      );
      note(first, second, rival ? unsure : weight, 'users');
    });
  });
}

const moment = 2 * SECOND;

/** Suggestions only: the leg last sent to the host that now opens another, where nothing else is known of either. */
export function byHosts(features: Features, noted: Uint8Array, note: Note): void {
  const lastTo = new Map<number, number>();
  for (let leg = 0; leg < features.count; leg++) {
    if (features.opening[leg] === -1) continue;
    const before = lastTo.get(features.source[leg]!);
    if (before !== undefined && noted[before] === 0 && noted[leg] === 0) {
      const wait = features.start[leg]! - features.start[before]!;
      if (wait <= moment && features.meet(before, leg) && !features.parallel(before, leg)) {
        note(before, leg, suggestionWeight, 'hosts');
      }
    }
    lastTo.set(features.target[leg]!, leg);
  }
}
