import { SECOND } from '../../base/time';
import type { At, Evidence } from '../../evidence/evidence';
import { flowFlags } from '../../evidence/schema';
import { text, type Text } from '../../text/text';
import { hostOf } from '../addresses';
import { flowAt, sipFlows } from '../connections';
import { noCapture } from '../drawn';
import type { DrawnCapture, DrawnMedia, Examples } from '../example';
import { rule, type CannotTell, type Grounds, type Guard, type Hit } from '../rule';
import { messageAt } from '../signalling';
import { transportSteps } from '../transport-steps';
import { capped, shownPlaces, someOf } from '../users';

/** What follows a failed lookup so soon is its consequence; a resolver gives up after some 5 s a try. */
const after = 10 * SECOND;
const wait = 5 * SECOND;
/** Answers of who cannot reach the next hop. */
const failures = new Set([408, 500, 503, 504]);
const types: Readonly<Record<number, string>> = { 1: 'A', 28: 'AAAA', 33: 'SRV', 35: 'NAPTR' };
const codes: Readonly<Record<number, string>> = {
  0: 'NODATA',
  1: 'FORMERR',
  2: 'SERVFAIL',
  3: 'NXDOMAIN',
  5: 'REFUSED',
};

export default rule({
  id: 'name-unresolved',
  rows: ['T15'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['signalling'],
  guards: ['G1', 'G2'],
  find: (grounds) => unresolved(grounds),
  title: text('{host} cannot resolve {name}', '{host} ne peut résoudre {name}'),
  seen: text(
    '{count} {count|lookup|lookups} of {name} ({types}) by {host} failed ({codes}), and within 10 s {what}.',
    '{count} {count|résolution|résolutions} de {name} ({types}) par {host} en échec ({codes}), et dans les 10 s {what}.',
  ),
  cause: text(
    'The next hop has no address for this host: a wrong name in its settings, a record missing in the DNS, a DNS server that does not answer or is not the right one for this network.',
    'Le saut suivant n’a pas d’adresse pour cet hôte : nom erroné dans ses réglages, enregistrement DNS manquant, serveur DNS muet ou inadapté à ce réseau.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'On this host, ask its DNS server for the name (nslookup, dig) and compare with what the settings say.',
        'Sur cet hôte, interroger son serveur DNS sur ce nom (nslookup, dig) et comparer avec les réglages.',
      ),
    },
    transportSteps.firewall,
  ],
  explains: [
    { row: 'D02', when: 'same-hosts' },
    { row: 'D27', when: 'same-hosts' },
    { row: 'T02', when: 'same-hosts' },
  ],
  source: 'RFC 3263 §4',
});

/** Lookups of one name by one host. */
interface Asked {
  readonly host: number;
  readonly name: string;
  readonly failed: number[];
  readonly resolved: number[];
}

function unresolved(grounds: Grounds): readonly (Hit | CannotTell)[] {
  const { evidence, clock } = grounds;
  const { lookups, artifacts, strings } = evidence;
  if (lookups.length === 0) return [];
  const begun = (row: number): number => lookups.time[row]! + clock.zones[lookups.artifact[row]!]!.shift;
  const isSilent = (row: number): boolean => Number.isNaN(lookups.answered[row]!);
  /** Servers that answered this host: where they are silent, it is not the capture that is deaf. */
  const answering = new Set<string>();
  const asked = new Map<string, Asked>();
  const isSip = sipNames(evidence);
  for (let row = 0; row < lookups.length; row++) {
    const host = lookups.source[row]!;
    if (!isSilent(row)) answering.add(`${lookups.target[row]} ${host}`);
    const whole = strings.text(lookups.name[row]!);
    // SRV and NAPTR of a domain without them are asked in vain before its address (§4.2)
    const name = whole.replace(/^_[^.]{1,20}\._[^.]{1,20}\./, '');
    if (!/^_sips?\./.test(whole) && !isSip(name)) continue;
    const key = `${host} ${name}`;
    const own = asked.get(key) ?? { host, name, failed: [], resolved: [] };
    asked.set(key, own);
    const isResolved = !isSilent(row) && lookups.code[row] === 0 && lookups.answers[row]! > 0;
    (isResolved ? own.resolved : own.failed).push(row);
  }
  const troubles = asked.size === 0 ? undefined : troublesOf(grounds);
  const hits: Hit[] = [];
  const open: CannotTell[] = [];
  for (const { host, name, failed, resolved } of asked.values()) {
    const lost = failed.filter((row) => !resolved.some((other) => Math.abs(begun(other) - begun(row)) <= after));
    const followed = lost.flatMap((row) => {
      const trouble = troubles!.get(host)?.find(({ at }) => at >= begun(row) && at <= begun(row) + wait + after);
      return trouble ? [{ row, trouble }] : [];
    });
    const guards = new Set<Guard>();
    const sure = followed.filter(({ row }) => {
      if (!isSilent(row)) return true;
      const isHeard = answering.has(`${lookups.target[row]} ${host}`);
      const runsOn = artifacts[lookups.artifact[row]!]!.last >= lookups.time[row]! + wait;
      if (!isHeard) guards.add('G1');
      if (!runsOn) guards.add('G2');
      return isHeard && runsOn;
    });
    const [first] = sure;
    if (!first) {
      if (guards.size > 0) open.push({ subject: name, guards: [...guards] });
      continue;
    }
    const rows = sure.map(({ row }) => row);
    const asker = strings.text(host);
    const said = (row: number): string =>
      isSilent(row) ? '–' : (codes[lookups.code[row]!] ?? `RCODE ${lookups.code[row]}`);
    hits.push({
      subject: `${asker} ${name}`,
      also: [name],
      hosts: [...new Set([asker, ...sure.flatMap(({ trouble }) => trouble.hosts)])].sort(),
      from: begun(first.row),
      to: first.trouble.at,
      at: [...rows.slice(0, shownPlaces - 1).map((row) => lookupAt(evidence, row)), first.trouble.place],
      count: rows.length,
      values: {
        host: asker,
        name,
        count: rows.length,
        types: someOf([...new Set(rows.map((row) => types[lookups.type[row]!] ?? ''))]),
        codes: someOf([...new Set(rows.map(said))]),
        what: first.trouble.what,
      },
    });
  }
  return [...capped(hits), ...open.slice(0, 50)];
}

const lookupAt = ({ lookups }: Evidence, row: number): At => ({
  artifact: lookups.artifact[row]!,
  offset: lookups.offset[row]!,
  length: lookups.size[row]!,
  packet: lookups.packet[row]!,
});

/** Names of hosts and domains that SIP messages speak of. */
function sipNames({ messages, strings }: Evidence): (name: string) => boolean {
  const seen = new Set<number>();
  const names = new Set<string>();
  for (const column of [messages.requestUri, messages.toUri, messages.fromUri, messages.contact]) {
    for (const id of column) {
      if (seen.has(id)) continue;
      seen.add(id);
      const name = hostOf(strings.text(id)).toLowerCase();
      if (/[a-z]/.test(name)) names.add(name);
    }
  }
  // `sbc1.pbx.example` is a host of `pbx.example`
  return (name) => name.split('.').some((_, n, labels) => names.has(labels.slice(n).join('.')));
}

interface Trouble {
  readonly at: number;
  readonly hosts: readonly string[];
  readonly place: At;
  readonly what: Text;
}

/** Per host what went wrong there: a request that it should pass on failed, a connection that it opened did. */
function troublesOf(grounds: Grounds): ReadonlyMap<number, readonly Trouble[]> {
  const { evidence, clock, links } = grounds;
  const { messages, flows, strings } = evidence;
  const { transactions } = links;
  const found = new Map<number, Trouble[]>();
  const add = (host: number, trouble: Trouble): void => {
    const own = found.get(host);
    if (own) own.push(trouble);
    else found.set(host, [trouble]);
  };
  for (let transaction = 0; transaction < transactions.length; transaction++) {
    const request = transactions.request[transaction]!;
    const status = transactions.status[transaction]!;
    if (request === -1 || (status !== 0 && !failures.has(status))) continue;
    const row = status === 0 ? request : transactions.final[transaction]!;
    add(messages.target[request]!, {
      at: clock.messages[row]! + (status === 0 ? after : 0),
      hosts: [messages.source[request]!, messages.target[request]!].map((id) => strings.text(id)),
      place: messageAt(evidence, row),
      what:
        status === 0
          ? text('a request to it stayed without an answer', 'une requête vers lui est restée sans réponse')
          : { en: `it answered a request with ${status}`, fr: `il a répondu ${status} à une requête` },
    });
  }
  for (const flow of sipFlows(grounds).sip) {
    if ((flows.flags[flow]! & flowFlags.opened) !== 0 || flows.kind[flow] !== 0) continue;
    add(flows.client[flow]!, {
      at: flows.time[flow]! + clock.zones[flows.artifact[flow]!]!.shift,
      hosts: [flows.client[flow]!, flows.server[flow]!].map((id) => strings.text(id)),
      place: flowAt(evidence, flow),
      what: text('its connection failed', 'sa connexion a échoué'),
    });
  }
  return found;
}

/** A question or answer in hexadecimal fields: id, flags, records. */
const dns = (flags: number, answers: number, type = 1, name = 'pbx.example'): Uint8Array => {
  const labels = name.split('.').flatMap((label) => [label.length, ...[...label].map((sign) => sign.charCodeAt(0))]);
  return Uint8Array.from([18, 52, flags >> 8, flags & 255, 0, 1, 0, answers, 0, 0, 0, 0, ...labels, 0, 0, type, 0, 1]);
};
const asks = (at: number, payload: Uint8Array): DrawnMedia => ({
  from: 'mbg:40000',
  to: 'dns:53',
  start: at,
  end: at + 1,
  ptime: 1000,
  payload,
});
const says = (at: number, payload: Uint8Array): DrawnMedia => ({
  ...asks(at, payload),
  from: 'dns:53',
  to: 'mbg:40000',
});
const call = (status: string, ...media: readonly DrawnMedia[]): DrawnCapture => ({
  drawn: `zoom mbg dns\n0 |--INVITE-1-->|  |\n6 |<--${status}-1--|  |\n60 |  |  |`,
  media,
});
const [noName, found] = [0x8183, 0x8180];
export const examples: Examples = [
  {
    given: { ladder: call('504', asks(1, dns(0x100, 0)), says(1.1, dns(noName, 0))) },
    expect: 'found',
    subjects: ['10.0.0.2 pbx.example'],
  },
  // never answered, though the server answers other questions
  {
    given: {
      ladder: call('503', asks(0.2, dns(0x100, 0, 28)), says(0.3, dns(noName, 0, 28)), asks(1, dns(0x100, 0))),
    },
    expect: 'found',
  },
  // no SRV, but an address
  {
    given: {
      ladder: call(
        '504',
        asks(1, dns(0x100, 0, 33)),
        says(1.1, dns(noName, 0, 33)),
        asks(1.2, dns(0x100, 0)),
        says(1.3, dns(found, 1)),
      ),
    },
    expect: 'clear',
  },
  // another failure, and a name that is none of SIP's
  { given: { ladder: call('486', asks(1, dns(0x100, 0)), says(1.1, dns(noName, 0))) }, expect: 'clear' },
  {
    given: {
      ladder: call('504', asks(1, dns(0x100, 0, 1, 'ntp.test')), says(1.1, dns(noName, 0, 1, 'ntp.test'))),
    },
    expect: 'clear',
  },
  // G1: nothing was ever heard of the server
  { given: { ladder: call('504', asks(1, dns(0x100, 0))) }, expect: 'not-evaluated' },
  // G2: the capture ends before the server could answer
  {
    given: {
      ladder: {
        drawn: 'zoom mbg dns\n0 |--INVITE-1-->|  |\n3 |<--504-1--|  |',
        media: [asks(1, dns(0x100, 0))],
      },
    },
    expect: 'not-evaluated',
  },
  noCapture,
];
