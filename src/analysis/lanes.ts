/**
 * Hosts as lanes of a ladder: ports in the label, roles recognised from what a host says of itself and does, addresses
 * of one named host in one lane. Zoom clients stand left, the border in the middle, the phone system right.
 */
import type { HostRole } from '../facts/facts';
import type { LadderLane, LaneSide } from './desk';
import { per } from './per';
import type { View } from './view';

export interface Lanes {
  readonly lanes: readonly LadderLane[];
  /** Index of the lane in which a message starts, ends. */
  from(message: number): number;
  to(message: number): number;
  /** Lane of an address or of a host name; −1 = none. */
  laneOf(host: string): number;
}

/** A host that talks to itself, or that a person split, is split by port, unless that makes too many lanes. */
const mostPorts = 6;
const portsShown = 8;
/** Lanes of hosts that carry media only. */
const mostMedia = 4;

interface MediaPath {
  readonly source: string;
  readonly target: string;
}

/** `media` may run between hosts that carry no SIP; a few of them get lanes of their own. */
export function lanesOf(view: View, rows: Uint32Array, media: readonly MediaPath[] = []): Lanes {
  const { messages, strings } = view.evidence;
  const ports = new Map<string, Set<number>>();
  const selfTalk = new Set<string>();
  for (const row of rows) {
    const [source, target] = [strings.text(messages.source[row]!), strings.text(messages.target[row]!)];
    if (source === target && messages.sourcePort[row] !== messages.targetPort[row]) selfTalk.add(source);
    note(ports, source, messages.sourcePort[row]!);
    note(ports, target, messages.targetPort[row]!);
  }
  const byHand = new Set(view.notes.ladder.split);
  const isSplit = (host: string): boolean => {
    const known = ports.get(host)?.size ?? 0;
    return known > 0 && known <= mostPorts && (selfTalk.has(host) || byHand.has(host));
  };
  const keyOf = (host: string, port: number): string =>
    isSplit(host) ? withPort(host, port) : nameOf(view, host) || host;
  const groups = new Map<string, { readonly hosts: string[]; readonly ports: Set<number>; readonly name: string }>();
  for (const row of rows) {
    for (const [id, port] of [
      [messages.source[row]!, messages.sourcePort[row]!],
      [messages.target[row]!, messages.targetPort[row]!],
    ] as const) {
      const host = strings.text(id);
      const key = keyOf(host, port);
      let group = groups.get(key);
      if (!group) groups.set(key, (group = { hosts: [], ports: new Set(), name: laneName(view, host, key) }));
      if (!group.hosts.includes(host)) group.hosts.push(host);
      if (group.ports.size < portsShown) group.ports.add(port);
    }
  }
  const silent = [...new Set(media.flatMap(({ source, target }) => [source, target]))].filter(
    (host) => !ports.has(host),
  );
  for (const host of silent.slice(0, mostMedia)) {
    const key = nameOf(view, host) || host;
    const group = groups.get(key);
    if (!group) groups.set(key, { hosts: [host], ports: new Set(), name: laneName(view, host, key) });
    else if (!group.hosts.includes(host)) group.hosts.push(host);
  }
  const roles = hostRoles(view);
  const roleOf = (key: string): HostRole | undefined => {
    for (const host of groups.get(key)!.hosts) if (roles.has(host)) return roles.get(host);
    return undefined;
  };
  const talks = neighbours(view, rows, keyOf, roleOf);
  const keys = inOrder([...groups.keys()], roleOf, talks);
  const index = new Map(keys.map((key, lane) => [key, lane]));
  const end = (id: number, port: number): number => index.get(keyOf(strings.text(id), port))!;
  const lanes = keys.map((key): LadderLane => {
    const { hosts, ports: seen, name } = groups.get(key)!;
    const role = roleOf(key);
    const side = role === 'border' ? sideOf(view, hosts, talks.get(key) ?? new Set()) : undefined;
    return {
      host: isSplit(hosts[0]!) ? key : hosts[0]!,
      ...(hosts.length > 1 ? { also: hosts.slice(1) } : {}),
      name,
      ports: isSplit(hosts[0]!) ? [] : [...seen].sort((a, b) => a - b),
      ...(role === undefined ? {} : { role }),
      ...(side === undefined ? {} : { side }),
    };
  });
  return {
    lanes,
    from: (row) => end(messages.source[row]!, messages.sourcePort[row]!),
    to: (row) => end(messages.target[row]!, messages.targetPort[row]!),
    laneOf(host) {
      const wanted = host.toLowerCase();
      const ported = host.includes(':') ? `[${host}]:` : `${host}:`;
      return lanes.findIndex(
        (lane) =>
          lane.host === host ||
          lane.host.startsWith(ported) ||
          (lane.also ?? []).includes(host) ||
          (wanted !== '' && lane.name.toLowerCase() === wanted),
      );
    },
  };
}

function note(ports: Map<string, Set<number>>, host: string, port: number): void {
  const known = ports.get(host);
  if (!known) ports.set(host, new Set([port]));
  else if (known.size <= mostPorts) known.add(port);
}

const withPort = (host: string, port: number): string => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`);

/** Name that a person gave to an address, here or among the facts. */
function nameOf({ notes, facts }: View, host: string): string {
  if (Object.hasOwn(notes.lanes, host)) return notes.lanes[host]!;
  return (facts.hosts?.value ?? []).find(({ address }) => address === host)?.name ?? '';
}
const laneName = (view: View, host: string, key: string): string =>
  nameOf(view, key) || nameOf(view, host) || (captured(view).get(host) ?? '');

/** Names that captures give their hosts. They join no lanes: two addresses of one name may be two hosts. */
const captured = per(({ evidence: { names, strings } }: View): ReadonlyMap<string, string> => {
  const known = new Map<string, string>();
  for (let row = 0; row < names.length; row++) {
    const address = strings.text(names.address[row]!);
    if (!known.has(address)) known.set(address, strings.text(names.name[row]!));
  }
  return known;
});

/** Roles that each lane exchanges messages with. */
function neighbours(
  view: View,
  rows: Uint32Array,
  keyOf: (host: string, port: number) => string,
  roleOf: (key: string) => HostRole | undefined,
): ReadonlyMap<string, ReadonlySet<HostRole>> {
  const { messages, strings } = view.evidence;
  const found = new Map<string, Set<HostRole>>();
  const add = (key: string, other: string): void => {
    let set = found.get(key);
    if (!set) found.set(key, (set = new Set()));
    set.add(roleOf(other) ?? 'other');
  };
  for (const row of rows) {
    const from = keyOf(strings.text(messages.source[row]!), messages.sourcePort[row]!);
    const to = keyOf(strings.text(messages.target[row]!), messages.targetPort[row]!);
    add(from, to);
    add(to, from);
  }
  return found;
}

/** Left to right; an unknown host stands before the border, or behind the phone system if it talks to that alone. */
function inOrder(
  keys: readonly string[],
  roleOf: (key: string) => HostRole | undefined,
  talks: ReadonlyMap<string, ReadonlySet<HostRole>>,
): string[] {
  const hasFront = keys.some((key) => roleOf(key) === 'zoom-client' || roleOf(key) === 'border');
  const rank = (key: string): number => {
    const role = roleOf(key);
    if (role === 'zoom-client') return 0;
    if (role === 'border') return 2;
    if (role === 'pbx') return 3;
    if (role === 'cloudlink') return 5;
    if (role === 'proxy') return 1.5;
    const others = talks.get(key);
    // a host that carries media only
    if (!others) return 6;
    return hasFront && others.has('pbx') && !others.has('border') && !others.has('zoom-client') ? 4 : 1;
  };
  return [...keys].sort((a, b) => rank(a) - rank(b) || keys.indexOf(a) - keys.indexOf(b));
}

/** Which side of a border an address is, where it speaks to one side only. */
function sideOf(view: View, hosts: readonly string[], others: ReadonlySet<HostRole>): LaneSide | undefined {
  const towardsPbx = others.has('pbx');
  const towardsClient = others.has('zoom-client');
  if (hosts.length > 1 || towardsPbx === towardsClient) return undefined;
  const product = view.facts.border?.value;
  if (product === 'mbg') return towardsPbx ? 'icp' : 'set';
  return product === 'ossbc' ? (towardsPbx ? 'core' : 'access') : undefined;
}

/** Role of each address, as far as it can be told. Declared ones win. */
export const hostRoles = per(({ evidence, facts }: View): ReadonlyMap<string, HostRole> => {
  const { messages, strings, fields } = evidence;
  const found = new Map<string, HostRole>();
  const byAgent = new Map<number, HostRole | undefined>();
  const nodes = new Set<string>();
  const senders = new Set<number>();
  const takers = new Set<number>();
  const callIds = new Set<number>();
  const REGISTER = strings.find('REGISTER');
  for (let row = 0; row < messages.length; row++) {
    const agent = messages.agent[row]!;
    if (agent !== 0) {
      let role = byAgent.get(agent);
      if (!byAgent.has(agent)) byAgent.set(agent, (role = roleOfAgent(strings.text(agent))));
      const source = strings.text(messages.source[row]!);
      if (role && !found.has(source)) found.set(source, role);
    }
    if (messages.method[row] === REGISTER && messages.status[row] === 0) {
      senders.add(messages.source[row]!);
      takers.add(messages.target[row]!);
    }
    const callId = messages.callId[row]!;
    if (!callIds.has(callId)) {
      callIds.add(callId);
      for (const node of voiceNodes(strings.text(callId))) nodes.add(node);
    }
  }
  const oss = strings.find('x-siemens-oss');
  for (let row = 0; oss > 0 && row < fields.length; row++) {
    if (fields.name[row] === oss) found.set(strings.text(messages.source[fields.message[row]!]!), 'border');
  }
  for (const id of new Set([...senders, ...takers])) {
    const host = strings.text(id);
    // who takes and passes on registrations stands between; who only sends them and says nothing of itself is a client
    if (!found.has(host) && senders.has(id)) found.set(host, takers.has(id) ? 'border' : 'zoom-client');
  }
  for (const host of nodes) if (!found.has(host)) found.set(host, 'pbx');
  for (const { address, role } of facts.hosts?.value ?? []) if (role) found.set(address, role);
  return found;
});

/** `Mitel Border GW/4.11` and kin, domain.md 2.5 and 2.6; `zoom` is a hint, taken for want of better. */
function roleOfAgent(agent: string): HostRole | undefined {
  if (/Mitel Border GW|MiVoice Border|OpenScape SBC/i.test(agent)) return 'border';
  if (/3300[- ]ICP|MiVB|MiVoice (?:Business|5000)|OpenScape (?:Voice|4000)|HiPath/i.test(agent)) return 'pbx';
  return /zoom/i.test(agent) ? 'zoom-client' : undefined;
}

/** OpenScape Voice writes the addresses of its nodes into the Call-ID, bytes reversed: `SEC11-6a1c030a-…` = 10.3.28.106. */
function voiceNodes(callId: string): string[] {
  const match = /^SEC11-([0-9a-f]{5,8})-([0-9a-f]{5,8})-1-/i.exec(callId);
  if (!match) return [];
  return match.slice(1).map((hex) =>
    (hex.padStart(8, '0').match(/../g) ?? [])
      .reverse()
      .map((byte) => parseInt(byte, 16))
      .join('.'),
  );
}
