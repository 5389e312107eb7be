import type { CaptureCounts } from '../../evidence/evidence';

/** Counts of SIP messages as headless.md names them. */
export interface MessageCounts {
  add(method: string, status: number, callId: number): void;
  result(): Pick<CaptureCounts, 'sipMessages' | 'callIds' | 'requests' | 'responses'>;
}

/** Hostile input invents methods; beyond this many they are counted together. */
const maxNames = 256;

export function createMessageCounts(): MessageCounts {
  const requests = new Map<string, number>();
  const responses = new Map<string, number>();
  const callIds = new Set<number>();
  let sipMessages = 0;
  const count = (map: Map<string, number>, name: string): void => {
    const key = map.has(name) || map.size < maxNames ? name : 'other';
    map.set(key, (map.get(key) ?? 0) + 1);
  };
  const sorted = (map: ReadonlyMap<string, number>): Record<string, number> =>
    Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    add(method, status, callId) {
      sipMessages++;
      if (callId !== 0) callIds.add(callId);
      if (status > 0) count(responses, String(status));
      else count(requests, method);
    },
    result: () => ({
      sipMessages,
      callIds: callIds.size,
      requests: sorted(requests),
      responses: sorted(responses),
    }),
  };
}
