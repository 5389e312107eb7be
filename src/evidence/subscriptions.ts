/**
 * Subscriptions (RFC 6665): one object per subscriber, resource, event and notifier, with its state over time as SUBSCRIBE
 * and NOTIFY tell it.
 */
import { SECOND } from '../base/time';
import type { Clock } from './clock';
import type { Evidence } from './evidence';
import type { Links } from './links';

export type SubscriptionState = 'asked' | 'active' | 'pending' | 'refused' | 'terminated' | 'lapsed';

export interface Subscription {
  /** Event package without parameters; empty where it was not kept. */
  readonly event: string;
  /** URIs of From and To, and the address of the notifier. */
  readonly subscriber: string;
  readonly resource: string;
  readonly host: string;
  /** Message rows in order. */
  readonly messages: readonly number[];
  readonly state: SubscriptionState;
  /** Each change: corrected µs, state, what said so (`489`, `terminated;reason=timeout`). */
  readonly changes: readonly { readonly time: number; readonly state: SubscriptionState; readonly said: string }[];
  /** Granted seconds, −1 = unknown. */
  readonly expires: number;
}

export function subscriptionsOf(evidence: Evidence, clock: Clock, links: Links): readonly Subscription[] {
  let known = cache.get(links);
  if (!known) cache.set(links, (known = find(evidence, clock, links)));
  return known;
}
const cache = new WeakMap<Links, readonly Subscription[]>();

function find(evidence: Evidence, clock: Clock, links: Links): readonly Subscription[] {
  const { messages, fields, strings } = evidence;
  const [SUBSCRIBE, NOTIFY] = [strings.find('SUBSCRIBE'), strings.find('NOTIFY')];
  if (SUBSCRIBE === -1) return [];
  const [eventId, stateId] = [strings.find('event'), strings.find('subscription-state')];
  const events = new Map<number, string>();
  const states = new Map<number, string>();
  for (let row = 0; row < fields.length; row++) {
    if (fields.name[row] === eventId) events.set(fields.message[row]!, strings.text(fields.value[row]!));
    else if (fields.name[row] === stateId) states.set(fields.message[row]!, strings.text(fields.value[row]!));
  }
  interface Open {
    event: string;
    readonly subscriber: string;
    readonly resource: string;
    readonly host: string;
    readonly messages: number[];
    readonly changes: { time: number; state: SubscriptionState; said: string }[];
    expires: number;
    until: number;
  }
  const byKey = new Map<string, Open>();
  const byCallId = new Map<number, Open>();
  for (const row of links.order) {
    const method = messages.method[row]!;
    if ((method !== SUBSCRIBE && method !== NOTIFY) || links.duplicateOf[row] !== -1 || links.repeatOf[row] !== -1)
      continue;
    const status = messages.status[row]!;
    let own = byCallId.get(messages.callId[row]!);
    if (!own) {
      // a NOTIFY alone belongs to a subscription that began before the capture, or to a transfer
      if (method !== SUBSCRIBE || status !== 0) continue;
      const event = (events.get(row) ?? '').split(';')[0]!.trim();
      const key = `${messages.fromUri[row]} ${messages.toUri[row]} ${event} ${messages.target[row]}`;
      own = byKey.get(key) ?? {
        event,
        subscriber: strings.text(messages.fromUri[row]!),
        resource: strings.text(messages.toUri[row]!),
        host: strings.text(messages.target[row]!),
        messages: [],
        changes: [],
        expires: -1,
        until: NaN,
      };
      byKey.set(key, own);
      byCallId.set(messages.callId[row]!, own);
    }
    own.messages.push(row);
    const time = clock.messages[row]!;
    const last = own.changes[own.changes.length - 1]?.state;
    const change = (state: SubscriptionState, said: string): void => {
      if (last !== state) own.changes.push({ time, state, said });
    };
    if (own.until < time && last === 'active') own.changes.push({ time: own.until, state: 'lapsed', said: '' });
    if (method === SUBSCRIBE) {
      if (status === 0 && last === undefined) change('asked', '');
      else if (status >= 200 && status < 300) {
        own.expires = messages.expires[row]!;
        own.until = own.expires > 0 ? time + (own.expires + 32) * SECOND : NaN;
        change(own.expires === 0 ? 'terminated' : 'active', String(status));
      } else if (status >= 300 && status !== 401 && status !== 407) change('refused', String(status));
    } else if (status === 0) {
      const said = states.get(row) ?? '';
      const word = said.split(';')[0]!.trim().toLowerCase();
      if (word === 'active' || word === 'pending' || word === 'terminated') change(word, said);
    }
  }
  return [...byKey.values()].map(({ until, ...own }): Subscription => {
    const end = links.coverage[messages.artifact[own.messages[own.messages.length - 1]!]!]!;
    const state = own.changes[own.changes.length - 1]?.state ?? 'asked';
    return { ...own, state: state === 'active' && until < end ? 'lapsed' : state };
  });
}
