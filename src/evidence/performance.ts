/**
 * End-to-end performance of SIP (RFC 6076) beyond the set-up of calls: registration request delay (§4.1), ineffective
 * registration attempts (§4.2), session disconnect delay (§4.4), and the ratios over all session attempts (§4.6–§4.9).
 * Times are µs, NaN where nothing was measured; a log of whole seconds measures nothing.
 */
import { timerB } from './calls';
import type { Clock } from './clock';
import type { Evidence } from './evidence';
import { outcomes, type Links } from './links';
import { messageFlags } from './schema';

interface Performance {
  /** Per registration: mean of its successful attempts, the challenge included. */
  readonly registrationDelay: Float64Array;
  /** Per registration: attempts that failed, a challenge being no failure. */
  readonly ineffective: Uint32Array;
  /** Per call: from its first BYE to the answer. */
  readonly disconnectDelay: Float64Array;
  /** Session attempts without redirected ones; of them established, effective, ineffective and completed ones. */
  readonly sessions: {
    readonly attempts: number;
    readonly established: number;
    readonly effective: number;
    readonly ineffective: number;
    readonly completed: number;
  };
}

/** §4.7: the called user decided; §4.8: something on the way failed. */
const effectiveStatus = new Set([480, 486, 600, 603]);
const ineffectiveStatus = new Set([408, 500, 503, 504]);
/** §4.2: answers that ask for something are no failure. */
const asks = new Set([401, 402, 407]);

const cache = new WeakMap<Links, Performance>();

export function performanceOf(evidence: Evidence, clock: Clock, links: Links): Performance {
  let known = cache.get(links);
  if (!known) cache.set(links, (known = measure(evidence, clock, links)));
  return known;
}

function measure({ messages, strings }: Evidence, clock: Clock, links: Links): Performance {
  const { transactions, registrations, calls, coverage } = links;
  const isFine = (row: number): boolean => (messages.flags[row]! & messageFlags.coarse) === 0;
  const between = (request: number, final: number): number =>
    isFine(request) && isFine(final) ? clock.messages[final]! - clock.messages[request]! : NaN;
  const [REGISTER, BYE] = ['REGISTER', 'BYE'].map((name) => strings.find(name));
  const ineffective = new Uint32Array(registrations.length);
  const sums = new Float64Array(registrations.length);
  const counts = new Uint32Array(registrations.length);
  const disconnectDelay = new Float64Array(calls.length).fill(NaN);
  const firstBye = new Float64Array(calls.length).fill(Infinity);
  const completed = new Uint8Array(calls.length);
  /** First request of an attempt, by registration and Call-ID: it goes on behind the challenge. */
  const begun = new Map<number, number>();
  for (const row of links.order) {
    const transaction = links.transactionOf[row]!;
    if (transaction === -1 || transactions.request[transaction] !== row) continue;
    const method = transactions.method[transaction]!;
    const final = transactions.final[transaction]!;
    const status = transactions.status[transaction]!;
    if (method === BYE) {
      const call = transactions.call[transaction]!;
      if (call === -1 || final === -1 || status >= 300) continue;
      completed[call] = 1;
      if (clock.messages[row]! >= firstBye[call]!) continue;
      firstBye[call] = clock.messages[row]!;
      disconnectDelay[call] = between(row, final);
    } else if (method === REGISTER) {
      const registration = transactions.registration[transaction]!;
      // taking a binding back is no attempt
      if (registration === -1 || messages.expires[row] === 0) continue;
      const key = registration * 2 ** 24 + (messages.callId[row]! % 2 ** 24);
      const first = begun.get(key) ?? row;
      if (final !== -1 && asks.has(status)) {
        begun.set(key, first);
        continue;
      }
      begun.delete(key);
      if (final === -1) {
        if (coverage[messages.artifact[row]!]! >= clock.messages[row]! + timerB) ineffective[registration]!++;
      } else if (status >= 300) ineffective[registration]!++;
      else {
        const delay = between(first, final);
        if (Number.isNaN(delay)) continue;
        sums[registration]! += delay;
        counts[registration]!++;
      }
    }
  }
  const sessions = { attempts: 0, established: 0, effective: 0, ineffective: 0, completed: 0 };
  for (let call = 0; call < calls.length; call++) {
    const outcome = outcomes[calls.outcome[call]!]!;
    const status = calls.finalStatus[call]!;
    const isOpen = outcome === 'incomplete' || outcome === 'in-progress';
    if (isOpen || (status >= 300 && status < 400)) continue;
    sessions.attempts++;
    if (outcome === 'answered') sessions.established++;
    if (outcome === 'answered' || effectiveStatus.has(status)) sessions.effective++;
    if (ineffectiveStatus.has(status) || (outcome === 'timeout' && status === 0)) sessions.ineffective++;
    if (outcome === 'answered' && completed[call] === 1) sessions.completed++;
  }
  return {
    registrationDelay: sums.map((sum, row) => (counts[row] === 0 ? NaN : sum / counts[row]!)),
    ineffective,
    disconnectDelay,
    sessions,
  };
}
