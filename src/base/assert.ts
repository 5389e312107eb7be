/** Our own invariants only; broken input is never a reason to throw (it is a problem row). */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`invariant: ${message}`);
}
