import type { Pool } from '../../base/strings';
import type { CaptureCounts } from '../../evidence/evidence';

/** Counts of SIP messages as headless.md names them. */
export interface MessageCounts {
  /** `method`: its pool id. */
  add(method: number, status: number, callId: number): void;
  result(): Pick<CaptureCounts, 'sipMessages' | 'callIds' | 'requests' | 'responses'>;
}

/** Hostile input invents methods; beyond this many they are counted together. */
const maxNames = 256;
const other = -1;

export function createMessageCounts(strings: Pool): MessageCounts {
  const requests = new Map<number, number>();
  const responses = new Map<number, number>();
  /** By pool id. */
  let seen = new Uint8Array(1024);
  let callIds = 0;
  let sipMessages = 0;
  const count = (map: Map<number, number>, code: number): void => {
    const known = map.get(code);
    if (known !== undefined) map.set(code, known + 1);
    else if (map.size < maxNames) map.set(code, 1);
    else map.set(other, (map.get(other) ?? 0) + 1);
  };
  const sorted = (map: ReadonlyMap<number, number>, nameOf: (code: number) => string): Record<string, number> =>
    Object.fromEntries(
      [...map]
        .map(([code, number]): [string, number] => [code === other ? 'other' : nameOf(code), number])
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  return {
    add(method, status, callId) {
      sipMessages++;
      if (callId >= seen.length) {
        const larger = new Uint8Array(Math.max(callId + 1, seen.length * 2));
        larger.set(seen);
        seen = larger;
      }
      if (callId !== 0 && seen[callId] === 0) {
        seen[callId] = 1;
        callIds++;
      }
      if (status > 0) count(responses, status);
      else count(requests, method);
    },
    result: () => ({
      sipMessages,
      callIds,
      requests: sorted(requests, (method) => strings.text(method)),
      responses: sorted(responses, String),
    }),
  };
}
