/** How rules read TCP connections: which of them are SIP's, whose they are, how they are named. */
import type { Clock } from '../evidence/clock';
import type { At, Evidence } from '../evidence/evidence';
import { flowFlags, flowKinds } from '../evidence/schema';
import { text, type Text } from '../text/text';
import { isMitelHost } from './lines';
import type { Grounds, Hit } from './rule';
import { shownPlaces } from './users';

export const kindOf = {
  sip: flowKinds.indexOf('SIP'),
  tls: flowKinds.indexOf('TLS'),
  web: flowKinds.indexOf('WebSocket'),
};
const sipPorts = [5060, 5061];

/** `198.51.100.10:5061`, `[2001:db8::1]:5061`: the server of a connection. */
export function serverOf({ flows, strings }: Evidence, flow: number): string {
  const host = strings.text(flows.server[flow]!);
  return `${host.includes(':') ? `[${host}]` : host}:${flows.serverPort[flow]!}`;
}

export const flowAt = ({ flows }: Evidence, flow: number): At => ({
  artifact: flows.artifact[flow]!,
  offset: flows.offset[flow]!,
  length: flows.size[flow]!,
  packet: flows.packet[flow]!,
});

/** Places, hosts and time span of connections. */
export function seenInFlows(
  { evidence, clock }: { readonly evidence: Evidence; readonly clock: Clock },
  rows: readonly number[],
): Pick<Hit, 'at' | 'hosts' | 'from' | 'to' | 'count'> {
  const { flows, strings } = evidence;
  const shift = (row: number): number => clock.zones[flows.artifact[row]!]!.shift;
  const times = rows
    .flatMap((row) => [flows.time[row]! + shift(row), flows.end[row]! + shift(row)])
    .filter(Number.isFinite);
  const hosts = new Set(rows.flatMap((row) => [strings.text(flows.client[row]!), strings.text(flows.server[row]!)]));
  return {
    at: rows.slice(0, shownPlaces).map((row) => flowAt(evidence, row)),
    hosts: [...hosts].sort(),
    count: rows.length,
    ...(times.length > 0 ? { from: Math.min(...times), to: Math.max(...times) } : {}),
  };
}

/** Servers that a ClientHello or a certificate calls `*.mitel.io`: CloudLink, also where it speaks on port 5061. */
function cloudlinkServers({ flows, certificates, strings }: Evidence): ReadonlySet<number> {
  const servers = new Set<number>();
  for (let flow = 0; flow < flows.length; flow++) {
    if (isMitelHost(strings.text(flows.sni[flow]!))) servers.add(flows.server[flow]!);
  }
  for (let row = 0; row < certificates.length; row++) {
    if (certificates.side[row] !== 2 || certificates.place[row] !== 0) continue;
    const names = strings.text(certificates.names[row]!).split(' ');
    if (names.some((name) => isMitelHost(name))) servers.add(flows.server[certificates.flow[row]!]!);
  }
  return servers;
}

export interface SipFlows {
  /** Connections that carry SIP or are made for it; CloudLink's are not among them. */
  readonly sip: readonly number[];
  /** TLS to CloudLink on a port of SIP. */
  readonly cloudlink: readonly number[];
}

const cache = new WeakMap<Grounds, SipFlows>();

export function sipFlows(grounds: Grounds): SipFlows {
  let found = cache.get(grounds);
  if (!found) cache.set(grounds, (found = sort(grounds)));
  return found;
}

function sort({ evidence, facts }: Grounds): SipFlows {
  const { flows, strings } = evidence;
  const mitel = cloudlinkServers(evidence);
  const declared = new Set(
    (facts.hosts?.value ?? [])
      .filter(({ role }) => role === 'border' || role === 'pbx')
      .map(({ address }) => strings.find(address)),
  );
  const sip: number[] = [];
  const cloudlink: number[] = [];
  for (let flow = 0; flow < flows.length; flow++) {
    const port = flows.serverPort[flow]!;
    const isPort = sipPorts.includes(port);
    const protocols = `${strings.text(flows.protocols[flow]!)},${strings.text(flows.protocol[flow]!)}`;
    const names = protocols.split(/[, ]+/);
    if (flows.kind[flow] !== kindOf.sip && mitel.has(flows.server[flow]!)) {
      if (isPort && flows.kind[flow] === kindOf.tls) cloudlink.push(flow);
      continue;
    }
    const isSecure = flows.kind[flow] === kindOf.tls || flows.kind[flow] === 0;
    const isKnown = declared.has(flows.server[flow]!) && port === 443 && isSecure;
    const isWeb = flows.kind[flow] === kindOf.web;
    if (flows.kind[flow] === kindOf.sip || names.includes('sip') || (!isWeb && (isPort || isKnown))) sip.push(flow);
  }
  return { sip, cloudlink };
}

export const hasFlag = ({ flows }: Evidence, flow: number, flag: keyof typeof flowFlags): boolean =>
  (flows.flags[flow]! & flowFlags[flag]) !== 0;

export function groupBy<Item>(
  items: Iterable<Item>,
  key: (item: Item) => string,
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const name = key(item);
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return groups;
}

/** `1.2` of 0x0303. */
export function versionName(version: number): string {
  if (version === 0x0300) return 'SSL 3.0';
  if (version >= 0x0301 && version <= 0x0304) return `TLS 1.${version - 0x0301}`;
  return version === 0 ? '–' : `TLS 0x${version.toString(16)}`;
}

/** Alerts (RFC 8446 §6, RFC 5246 §7.2) that end a handshake or say why; their names are printed as the RFC has them. */
const alertNames: ReadonlyMap<number, string> = new Map([
  [0, 'close_notify'],
  [10, 'unexpected_message'],
  [20, 'bad_record_mac'],
  [22, 'record_overflow'],
  [40, 'handshake_failure'],
  [41, 'no_certificate'],
  [42, 'bad_certificate'],
  [43, 'unsupported_certificate'],
  [44, 'certificate_revoked'],
  [45, 'certificate_expired'],
  [46, 'certificate_unknown'],
  [47, 'illegal_parameter'],
  [48, 'unknown_ca'],
  [49, 'access_denied'],
  [50, 'decode_error'],
  [51, 'decrypt_error'],
  [70, 'protocol_version'],
  [71, 'insufficient_security'],
  [80, 'internal_error'],
  [86, 'inappropriate_fallback'],
  [90, 'user_canceled'],
  [109, 'missing_extension'],
  [112, 'unrecognized_name'],
  [116, 'certificate_required'],
  [120, 'no_application_protocol'],
]);
export const sealedAlert = 255;
export const alertName = (code: number): Text | string =>
  code === sealedAlert ? text('encrypted alert', 'alerte chiffrée') : (alertNames.get(code) ?? `alert ${code}`);

/** What a finding of alerts of one side of a server's connections is called, by code. */
export const alertsOf = (server: string, side: 1 | 2, codes: readonly number[]): string[] =>
  codes.map((code) => `${server} ${side} ${code}`);

export const ends = {
  1: text('the client', 'le client'),
  2: text('the server', 'le serveur'),
} as const satisfies Record<number, Text>;
