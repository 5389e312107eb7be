/** What the analysis says of each recording of the lab: calls with their legs and why they are one, and what rules find. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SECOND } from '../../src/base/time';
import { outcomes, registrationOutcomes } from '../../src/evidence/links';
import { peersOf } from '../../src/evidence/peers';
import { subscriptionsOf } from '../../src/evidence/subscriptions';
import { flowKinds } from '../../src/evidence/schema';
import { versionName } from '../../src/rules/connections';
import { evaluate } from '../../src/rules/evaluate';
import { rules } from '../../src/rules/index';
import { contextOf, groundsOf, readFiles, type ReadGrounds } from '../build/grounds';

const folder = 'tests/lab/captures';
const recorded = (...names: readonly string[]): ReadGrounds =>
  groundsOf(
    readFiles(Object.fromEntries(names.map((name) => [name, new Uint8Array(readFileSync(`${folder}/${name}`))]))),
  );

const user = (uri: string): string => uri.replace(/^sips?:/, '').replace(/@.*/, '');

interface Told {
  /** `caller > called outcome status, n legs: reason weight, n streams` */
  readonly calls: readonly string[];
  /** AOR, outcome, granted seconds. */
  readonly registrations: readonly string[];
  readonly subscriptions: readonly string[];
  /** Who is asked by OPTIONS, and how often there was an outage. */
  readonly peers: readonly string[];
  /** Connections: TCP that carries SIP, TLS with what is seen of it from outside, WebSocket with its upgrade and close. */
  readonly flows: readonly string[];
  /** Severity and id of each rule that found something. */
  readonly found: readonly string[];
}

function told(given: ReadGrounds): Told {
  const { links, evidence, clock } = given;
  const { calls, legs, joins, registrations } = links;
  const text = (id: number): string => evidence.strings.text(id);
  const reasons = (call: number): string[] =>
    Array.from({ length: joins.length }, (_, row) => row)
      .filter((row) => legs.call[joins.legA[row]!] === call && legs.call[joins.legB[row]!] === call)
      .map((row) => `${text(joins.reason[row]!)} ${joins.weight[row]}`);
  return {
    calls: Array.from({ length: calls.length }, (_, call) => {
      const why = [...new Set(reasons(call))].sort();
      const of = calls.legs[call] === 1 ? '' : `, ${calls.legs[call]} legs: ${why.join(', ')}`;
      const status = calls.finalStatus[call] || '';
      const streams = links.callStreams(call).length;
      const media = streams === 0 ? '' : `, ${streams} streams`;
      return `${user(text(calls.from[call]!))} > ${user(text(calls.to[call]!))} ${outcomes[calls.outcome[call]!]} ${status}${of}${media}`;
    }),
    registrations: Array.from(
      { length: registrations.length },
      (_, row) =>
        `${user(text(registrations.aor[row]!))} ${registrationOutcomes[registrations.outcome[row]!]} ${registrations.expires[row]}`,
    ),
    subscriptions: subscriptionsOf(evidence, clock, links).map(
      ({ subscriber, event, resource, changes }) =>
        `${user(subscriber)} ${event} of ${user(resource)}: ${changes.map(({ state }) => state).join(' ')}`,
    ),
    peers: peersOf(evidence, clock, links).map(
      ({ target, answered, transactions, outages }) =>
        `${text(target).replace(/^10\.77\.\d+/, 'host ')} ${answered}/${transactions.length}${outages.length > 0 ? ` outages ${outages.length}` : ''}`,
    ),
    flows: flowsOf(evidence),
    found: evaluate(rules, given, contextOf(given))
      .filter(({ outcome }) => outcome === 'found')
      .map(({ severity, rule, under }) => `${severity} ${rule}${under === undefined ? '' : ' (folded)'}`),
  };
}

function flowsOf({ flows, certificates, alerts, strings }: ReadGrounds['evidence']): string[] {
  const rows = (length: number): number[] => Array.from({ length }, (_, row) => row);
  return rows(flows.length).map((flow) => {
    const kind = flowKinds[flows.kind[flow]!]!;
    const shown = rows(certificates.length)
      .filter((row) => certificates.flow[row] === flow)
      .map((row) => `certificate of ${strings.text(certificates.names[row]!)}`);
    const said = rows(alerts.length)
      .filter((row) => alerts.flow[row] === flow)
      .map((row) => `alert ${alerts.code[row]} by ${['', 'client', 'server'][alerts.side[row]!]}`);
    const name = {
      TLS: versionName(flows.version[flow]!),
      WebSocket: `WebSocket ${strings.text(flows.protocol[flow]!)} ${flows.status[flow]} ${flows.closeCode[flow]}`,
      SIP: 'SIP',
      '': 'TCP',
    }[kind];
    return [name, strings.text(flows.sni[flow]!), ...shown, ...said].filter((part) => part !== '').join(', ');
  });
}

const lab: Readonly<Record<string, Partial<Told>>> = {
  busy: { calls: ['2001 > 2002 busy 486'] },
  cancelled: { calls: ['2001 > 2002 cancelled 487'] },
  'not-acceptable': { calls: ['2001 > 2002 rejected 488'], found: ['error media-refused'] },
  'not-acknowledged': { calls: ['2001 > 2002 answered 200'], found: ['error answer-unacknowledged'] },
  'timed-out': { calls: ['2001 > 2002 timeout 408'], found: ['error server-failure'] },
  'register-refused': { registrations: ['2001 challenged -1'], found: ['error credentials-refused'] },
  registered: { registrations: ['2001 removed 0'] },
  'push-registered': { calls: ['2001 > 2002 answered 200'], registrations: ['2002 registered 300'] },
  'push-asleep': {
    calls: ['2001 > 2002 rejected 480'],
    registrations: ['2002 registered 300'],
    found: ['error push-wake-failed'],
  },
  'push-unknown': {
    calls: ['2001 > 2002 rejected 480'],
    registrations: ['2003 registered 300', '2002 removed 0'],
    found: ['error push-parameters-missing'],
  },
  b2bua: { calls: ['2001 > 2002 answered 200, 2 legs: users 60'] },
  'b2bua-rewrites': { calls: ['2001 > 2002 answered 200, 2 legs: sdp-address 80'] },
  topoh: {
    calls: ['2001 > 2002 answered 200, 2 legs: sdp-address 80, sdp-origin 80, 2 streams'],
    found: ['note dscp-unmarked', 'note dscp-unmarked'],
  },
  tcp: { calls: ['2001 > 2002 answered 200'], flows: ['SIP', 'SIP'] },
  ipv6: { calls: ['2001 > 2002 answered 200'] },
  fragments: { calls: ['2001 > 2002 answered 200'], found: ['warning request-too-big'] },
  'fragments-ipv6': { calls: ['2001 > 2002 answered 200'], found: ['warning request-too-big'] },
  websocket: {
    calls: ['2001 > 2002 answered 200'],
    registrations: ['2001 registered 300'],
    flows: ['WebSocket sip 101 1000'],
  },
  hep: { calls: ['2001 > 2002 answered 200'] },
  tls: {
    flows: ['TLS 1.2, certificate of pbx.lab.example', 'TLS 1.2, certificate of pbx.lab.example'],
    found: ['error tls-certificate-self-signed', 'note tls-opaque'],
  },
  'tls-1.3': { flows: ['TLS 1.3', 'TLS 1.3'], found: ['note tls-opaque'] },
  'tls-untrusted': {
    flows: Array.from(
      { length: 2 },
      () => 'TLS 1.2, pbx.lab.example, certificate of pbx.lab.example, alert 48 by client',
    ),
    found: ['error tls-certificate-self-signed', 'error tls-alert (folded)'],
  },
  hold: { calls: ['2001 > 2002 answered 200, 2 streams'] },
  'transfer-blind': { calls: ['2001 > 2002 answered 200, 2 legs: transfer 95, 4 streams'] },
  'transfer-attended': { calls: ['2001 > 2002 answered 200, 3 legs: replaces 95, transfer 95'] },
  'session-refreshed': { calls: ['2001 > 2002 answered 200'] },
  'session-dropped': { calls: ['2001 > 2002 answered 200'], found: ['error session-timer-drop'] },
  'session-too-short': { calls: ['2001 > 2002 answered 200'], found: ['warning session-interval-small'] },
  'early-media': {
    calls: ['2001 > 2002 answered 200, 2 streams'],
    found: ['note dscp-unmarked', 'note dscp-unmarked'],
  },
  'early-media-silent': {
    calls: ['2001 > 2002 answered 200, 2 streams'],
    found: ['warning early-media-missing', 'note dscp-unmarked', 'note dscp-unmarked'],
  },
  'one-way': {
    calls: ['2001 > 2002 answered 200, 1 streams'],
    found: ['error one-way-media', 'note dscp-unmarked'],
  },
  forked: { calls: ['2001 > 2002 answered 200'], found: ['note answered-elsewhere', 'note fork'] },
  'forked-two-answers': { calls: ['2001 > 2002 answered 200'], found: ['note answered-elsewhere', 'note fork'] },
  unanswered: {
    calls: ['2001 > 2002 timeout '],
    peers: ['host .2 2/2'],
    found: ['error request-unanswered'],
  },
  'peer-down': {
    peers: ['host .4 4/16 outages 1', 'host .2 16/16'],
    found: ['error options-peer-down', 'error request-unanswered (folded)'],
  },
  'messages-waiting': {
    registrations: ['2001 removed 0'],
    subscriptions: ['2001 message-summary of 2001: asked active terminated'],
  },
  lossy: {
    calls: ['2001 > 2002 answered 200, 2 streams'],
    found: ['error media-quality-poor', 'note dscp-unmarked', 'note dscp-unmarked'],
  },
  srtp: { calls: ['2001 > 2002 answered 200, 2 streams'] },
  'dtls-srtp': { calls: ['2001 > 2002 answered 200, 2 streams'] },
  ice: { calls: ['2001 > 2002 answered 200, 2 streams'] },
  'call-authenticated': { calls: ['2001 > 2002 answered 200, 1 streams'] },
  'b2bua-session-id': { calls: ['2001 > 2002 answered 200, 2 legs: session-id 100'] },
  'tls-without-client-certificate': {
    flows: ['TLS 1.2, pbx.lab.example, certificate of pbx.lab.example, alert 40 by server'],
    found: ['error tls-certificate-self-signed', 'error tls-client-certificate-missing', 'error tls-alert (folded)'],
  },
  'tls-stalled': {
    flows: ['–, pbx.lab.example'],
    found: ['warning tls-handshake-stalled'],
  },
  'tcp-lost': {
    calls: ['2001 > 2002 in-progress '],
    flows: ['TCP', 'SIP', 'SIP'],
    // towards the proxy and from it
    found: ['error connection-lost', 'error connection-lost', 'warning connection-refused', 'note calls-cut-off'],
  },
  'websocket-refused': {
    flows: ['WebSocket  403 0'],
    found: ['error websocket-refused', 'note capture-without-sip'],
  },
  'busy-lamp': {
    subscriptions: ['2001 dialog of 2002: asked active terminated', '2005 dialog of 2002: asked refused'],
    found: ['warning subscription-failed'],
  },
};

describe('the lab', () => {
  const nothing: Told = { calls: [], registrations: [], subscriptions: [], peers: [], flows: [], found: [] };
  for (const [name, expected] of Object.entries(lab)) {
    it(name, () => expect(told(recorded(`${name}.pcap`))).toEqual({ ...nothing, ...expected }));
  }
  it('expects something of every recording', () => {
    const border = ['border', 'client-side', 'pbx-side'];
    const names = readdirSync(folder).filter((name) => name.endsWith('.pcap'));
    expect(names.map((name) => name.replace('.pcap', '')).sort()).toEqual([...border, ...Object.keys(lab)].sort());
  });
});

/** Scenes in which nothing goes wrong, each with all that its name says. */
const healthy = [
  ...['b2bua', 'b2bua-rewrites', 'topoh', 'hold', 'transfer-blind', 'transfer-attended', 'session-refreshed', 'forked'],
  ...['forked-two-answers', 'early-media', 'registered', 'push-registered', 'tcp', 'ipv6', 'websocket', 'hep'],
  ...['messages-waiting', 'b2bua-session-id', 'srtp', 'dtls-srtp', 'ice', 'call-authenticated'],
];

describe('the whole lab', () => {
  it('has nothing worse than a note where nothing goes wrong', () => {
    const found = healthy.flatMap((name) => told(recorded(`${name}.pcap`)).found);
    expect(found.filter((finding) => !finding.startsWith('note '))).toEqual([]);
  });
  it('read at once has the calls of each, and joins none of two', () => {
    const names = Object.keys(lab);
    const all = told(recorded(...names.map((name) => `${name}.pcap`)));
    const each = (part: 'calls' | 'registrations' | 'subscriptions' | 'peers'): string[] =>
      names.flatMap((name) => lab[name]![part] ?? []).sort();
    for (const part of ['calls', 'registrations', 'subscriptions', 'peers'] as const) {
      expect([...all[part]].sort()).toEqual(each(part));
    }
  });
});

describe('a call seen in a capture and in a log', () => {
  // the log of baresip prints no times, that of the proxy has them
  for (const name of ['hold', 'push-registered']) {
    it(`is one call: ${name}`, () => {
      const capture = recorded(`${name}.pcap`);
      const seen = told(capture);
      for (const names of [
        [`${name}.pcap`, `${name}.log`],
        [`${name}.log`, `${name}.pcap`],
      ]) {
        const both = recorded(...names);
        expect(told(both)).toEqual(seen);
        for (const moment of ['start', 'ring', 'answer', 'end'] as const) {
          const apart = both.links.calls[moment]![0]! - capture.links.calls[moment]![0]!;
          // a log writes whole milliseconds, and writes them when it comes to it
          expect(Math.abs(apart)).toBeLessThan(0.05 * SECOND);
        }
        expect(both.links.duplicateOf.filter((row) => row !== -1).length).toBeGreaterThan(4);
      }
      const { calls, found } = told(recorded(`${name}.log`));
      expect(calls).toEqual(seen.calls.map((call) => call.replace(/, \d+ streams$/, '')));
      expect(found).toEqual([]);
    });
  }
});
