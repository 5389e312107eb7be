/**
 * How rules read the push log: records of one correlation id are one push, judged by its id and HTTP status alone (the
 * guide knows no sentence of it, EN 6.4.1); and the calls that should have caused one.
 */
import { MINUTE, SECOND } from '../base/time';
import type { At, Evidence } from '../evidence/evidence';
import { outcomes, registrationOutcomes } from '../evidence/links';
import { digitsOf, isFresh, listedIndex, listingsOf, numberIndex, userIndex, type NumberIndex } from './listings';
import { lineAt } from './lines';
import type { CannotTell, Grounds, Hit } from './rule';
import { emailOf, shownPlaces, someOf } from './users';

export interface Push {
  /** Correlation id; empty where the record has none. */
  readonly id: string;
  readonly lines: readonly number[];
  /** Corrected µs of its first record; NaN where the log writes no time. */
  readonly time: number;
  /** HTTP status, the worst of its records; 0 = none told. */
  readonly status: number;
  /** As written: a number or an e-mail; empty where no record names one. */
  readonly user: string;
  readonly cancel: boolean;
  readonly artifact: number;
  readonly clockAssumed: boolean;
}

export interface PushLog {
  readonly artifact: number;
  /** Corrected span of its records. */
  readonly from: number;
  readonly to: number;
  readonly lines: number;
}

/** Records of one id farther apart than this are two pushes. */
const together = MINUTE;

const cache = new WeakMap<Grounds['clock'], readonly Push[]>();

export function pushesOf({ evidence, clock }: Grounds): readonly Push[] {
  const known = cache.get(clock);
  if (known) return known;
  const { pushes, lines, strings } = evidence;
  const open = new Map<string, { -readonly [Key in keyof Push]: Push[Key] } & { lines: number[]; last: number }>();
  const found: Push[] = [];
  for (let row = 0; row < pushes.length; row++) {
    const line = pushes.line[row]!;
    const artifact = lines.artifact[line]!;
    const id = strings.text(pushes.correlation[row]!);
    const time = clock.lines[line]!;
    const status = pushes.status[row]!;
    const user = strings.text(pushes.user[row]!);
    const cancel = pushes.cancel[row] === 1;
    const key = `${artifact} ${id}`;
    const before = id === '' ? undefined : open.get(key);
    const sameUser = !before || before.user === '' || user === '' || digitsOf(before.user) === digitsOf(user);
    if (before && sameUser && before.cancel === cancel && !(time - before.last > together)) {
      before.lines.push(line);
      before.last = time;
      if (status > before.status) before.status = status;
      if (before.user === '') before.user = user;
      continue;
    }
    const push = {
      id,
      lines: [line],
      time,
      last: time,
      status,
      user,
      cancel,
      artifact,
      clockAssumed: clock.zones[artifact]?.origin === 'assumed',
    };
    if (id !== '') open.set(key, push);
    found.push(push);
  }
  cache.set(clock, found);
  return found;
}

export function pushLogs({ evidence, clock }: Grounds): readonly PushLog[] {
  const { lines } = evidence;
  return evidence.artifacts.flatMap(({ kind }, artifact): PushLog[] => {
    if (kind !== 'push-log') return [];
    let [from, to, count] = [Infinity, -Infinity, 0];
    for (let line = 0; line < lines.length; line++) {
      if (lines.artifact[line] !== artifact) continue;
      count++;
      const time = clock.lines[line]!;
      if (time < from) from = time;
      if (time > to) to = time;
    }
    return [{ artifact, from: count > 0 ? from : NaN, to: count > 0 ? to : NaN, lines: count }];
  });
}

export const pushAt = (evidence: Evidence, { lines }: Push): readonly At[] =>
  lines.slice(0, 10).map((line) => lineAt(evidence, line));

/** A call whose called user has a SIP phone of the mobile client. */
export interface MobileCall {
  readonly call: number;
  /** Row of `users`. */
  readonly user: number;
  readonly number: string;
  readonly email: string;
  /** Corrected µs of its INVITE and of its last message. */
  readonly start: number;
  readonly end: number;
  readonly outcome: (typeof outcomes)[number];
  /** First message, for pointing at. */
  readonly message: number;
}

export function mobileCalls({ evidence, links }: Grounds): readonly MobileCall[] {
  const { users, strings } = evidence;
  const { calls } = links;
  const index = userIndex(evidence);
  const found: MobileCall[] = [];
  for (let call = 0; call < calls.length; call++) {
    const number = digitsOf(strings.text(calls.to[call]!));
    const rows = number === '' ? [] : index.find(number).rows;
    // the last digits of several people are nobody in particular
    const [user] = rows;
    if (user === undefined || new Set(rows).size > 1 || users.zmSipPhoneMobileId[user] === 0) continue;
    found.push({
      call,
      user,
      number,
      email: emailOf(evidence, user),
      start: calls.start[call]!,
      end: calls.end[call]!,
      outcome: outcomes[calls.outcome[call]!]!,
      message: calls.first[call]!,
    });
  }
  return found;
}

/** A push belongs to a call from shortly before its INVITE until so long after it. */
export const beforeCall = 2 * SECOND;
export const afterCall = 10 * SECOND;

/** Pushes for the called user around a call; `unnamed` ones name nobody, and no other call claims their time. */
export function pushesFor(
  grounds: Grounds,
  call: MobileCall,
  all: readonly MobileCall[],
): { readonly own: readonly Push[]; readonly unnamed: readonly Push[] } {
  const near = pushesOf(grounds).filter(
    ({ time, cancel }) => !cancel && time >= call.start - beforeCall && time <= call.start + afterCall,
  );
  if (near.length === 0) return { own: [], unnamed: [] };
  const own = near.filter((push) => isFor(grounds, push, call));
  const alone = !all.some(
    (other) => other.call !== call.call && Math.abs(other.start - call.start) <= beforeCall + afterCall,
  );
  const unnamed = near.filter(({ user }) => user === '');
  return alone ? { own: [...own, ...unnamed], unnamed: [] } : { own, unnamed };
}

/** Does a push name the called user, by one of the numbers or by the e-mail? */
export function isFor(
  { evidence }: Grounds,
  { user }: Push,
  call: Pick<MobileCall, 'user' | 'number' | 'email'>,
): boolean {
  if (user === '') return false;
  if (user.includes('@')) return user.toLowerCase() === call.email.toLowerCase();
  const rows = userIndex(evidence).find(user).rows;
  return digitsOf(user) === call.number || (new Set(rows).size === 1 && rows[0] === call.user);
}

/** Where the push log of one SBC covers the whole time in which a push would stand. */
export const covers = (logs: readonly PushLog[], start: number): boolean =>
  logs.some(({ from, to }) => from <= start - beforeCall && to >= start + afterCall);

/**
 * Was a client of the user registered at this time? By the capture where it shows a registration, else by a listing;
 * undefined where neither says.
 */
export function registeredAt(grounds: Grounds, call: MobileCall): boolean | undefined {
  const { links, clock } = grounds;
  const { registrations } = links;
  const { aors, listed, whole } = registeredIndex(grounds);
  let told: boolean | undefined;
  for (const row of aors.find(call.number).rows) {
    if (!(clock.messages[registrations.first[row]!]! <= call.start)) continue;
    const outcome = registrationOutcomes[registrations.outcome[row]!];
    if (outcome === 'registered') return true;
    told = false;
  }
  if (told !== undefined) return told;
  if (listed && listed.find(call.number).rows.length > 0) return true;
  return whole ? false : undefined;
}

interface Registered {
  readonly aors: NumberIndex;
  /** Fresh listings, where there are any. */
  readonly listed: NumberIndex | undefined;
  readonly whole: boolean;
}
const registeredCache = new WeakMap<Grounds['clock'], Registered>();

function registeredIndex(grounds: Grounds): Registered {
  const known = registeredCache.get(grounds.clock);
  if (known) return known;
  const { evidence, links } = grounds;
  const { aor } = links.registrations;
  const listings = listingsOf(grounds).filter((listing) => isFresh(grounds, listing));
  const index: Registered = {
    aors: numberIndex([...aor].map((id, row) => [row, evidence.strings.text(id)] as const)),
    listed: listings.length > 0 ? listedIndex(evidence, listings) : undefined,
    whole: listings.some(({ complete }) => complete),
  };
  registeredCache.set(grounds.clock, index);
  return index;
}

/** Times at which the CloudLink connection of a daemon was down: what its log says of tunnels and dialling. */
export const downWords =
  /\btunnel\b[^\n]{0,80}?\b(?:down|failed|disconnected|closed|lost)\b|\bstat(?:e|us)=(?:down|failed|disconnected)\b|\bdial(?: tcp)? failed\b|dial tcp[^\n]{0,160}?(?:refused|timeout|no such host|unreachable|deadline exceeded)|proxyconnect tcp|Proxy Authentication Required|\b407\b[^\n]{0,40}proxy/i;

/** Pushes as one finding. */
export function pushHit(
  { evidence }: Grounds,
  subject: string,
  pushes: readonly Push[],
  values: Hit['values'] = {},
): Hit {
  const times = pushes.map(({ time }) => time).filter((time) => Number.isFinite(time));
  const users = [...new Set(pushes.map(({ user }) => user).filter((user) => user !== ''))];
  const ids = [...new Set(pushes.map(({ id }) => id).filter((id) => id !== ''))];
  const statuses = [...new Set(pushes.map(({ status }) => status).filter((status) => status > 0))];
  return {
    subject,
    also: [...users, ...ids],
    at: pushes.flatMap((push) => pushAt(evidence, push)).slice(0, shownPlaces),
    count: pushes.length,
    ...(times.length > 0 ? { from: Math.min(...times), to: Math.max(...times) } : {}),
    ...(pushes.some(({ clockAssumed }) => clockAssumed) ? { clockAssumed: true } : {}),
    values: {
      count: pushes.length,
      users: someOf(users.length > 0 ? users : ['–']),
      ids: someOf(ids.length > 0 ? ids : ['–']),
      status: someOf(statuses.length > 0 ? statuses.map(String) : ['–']),
      ...values,
    },
  };
}

/** REGISTER requests by the number of their AOR: rows of `messages`. */
export function registersOf({ evidence }: Grounds): NumberIndex {
  const { messages, strings } = evidence;
  const REGISTER = strings.find('REGISTER');
  const rows: (readonly [number, string])[] = [];
  for (let row = 0; row < messages.length; row++) {
    if (messages.method[row] !== REGISTER || messages.status[row] !== 0) continue;
    rows.push([row, strings.text(messages.toUri[row]!)]);
  }
  return numberIndex(rows);
}

/** When the caller gave up: the CANCEL or BYE, else the last message. */
export function cancelTime({ evidence, links, clock }: Grounds, { call, end }: MobileCall): number {
  const { messages, strings } = evidence;
  for (const row of links.callMessages(call)) {
    const method = strings.text(messages.method[row]!);
    if (messages.status[row] === 0 && (method === 'CANCEL' || method === 'BYE')) return clock.messages[row]!;
  }
  return end;
}

/** Artifacts with lines that answer `art.clgw.logs`, by themselves or by the archive they lie in. */
export function gatewayLogs({ artifacts }: Evidence): readonly number[] {
  return artifacts.flatMap((artifact, index) => {
    if (artifact.kind === 'push-log' || artifact.records === 0) return [];
    for (let at = index; at >= 0; at = artifacts[at]!.parent) {
      if (artifacts[at]!.provides.includes('art.clgw.logs')) return [index];
    }
    return [];
  });
}

/** Calls that end so needed no push, or none that could still be sent. */
const reached = new Set<MobileCall['outcome']>(['answered', 'busy', 'in-progress']);

export interface AbsentPush {
  readonly call: MobileCall;
  /** A capture or a whole listing says that nobody was registered. */
  readonly sure: boolean;
}

/** Calls to users with a mobile client who were registered nowhere, for which a log that covers them holds no push. */
export function absentPushes(grounds: Grounds): {
  readonly calls: readonly AbsentPush[];
  readonly open: readonly CannotTell[];
} {
  const all = mobileCalls(grounds);
  if (all.length === 0) return { calls: [], open: [{ subject: '', missing: ['art.ucr'] }] };
  const logs = pushLogs(grounds);
  const calls: AbsentPush[] = [];
  const open: CannotTell[] = [];
  for (const call of all) {
    if (reached.has(call.outcome)) continue;
    if (!covers(logs, call.start)) {
      open.push({ subject: call.email, missing: ['art.sbc.push'] });
      continue;
    }
    const { own, unnamed } = pushesFor(grounds, call, all);
    if (own.length > 0) continue;
    // a push that names nobody, and two calls that it may belong to
    if (unnamed.length > 0) {
      open.push({ subject: call.email, missing: ['art.sbc.push'] });
      continue;
    }
    const registered = registeredAt(grounds, call);
    if (registered !== true) calls.push({ call, sure: registered === false });
  }
  return { calls, open };
}
