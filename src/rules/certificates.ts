/** The certificates that servers of SIP show, one finding a server and certificate. */
import { alertsOf, groupBy, seenInFlows, serverOf, sipFlows } from './connections';
import type { Grounds, Hit } from './rule';
import { capped, shownPlaces } from './users';

export interface ServerCertificate {
  readonly server: string;
  readonly subject: string;
  readonly issuer: string;
  readonly names: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly selfSigned: boolean;
  /** Of the chain, the host's own included. */
  readonly chain: number;
  readonly sni: string;
  /** Corrected µs at which it was shown. */
  readonly time: number;
  readonly flow: number;
  readonly row: number;
}

/** The host's own certificates (place 0) of servers. */
function serverCertificates({ evidence, clock, ...rest }: Grounds): ServerCertificate[] {
  const { flows, certificates, strings } = evidence;
  const own = new Set(sipFlows({ evidence, clock, ...rest }).sip);
  const found: ServerCertificate[] = [];
  for (let row = 0; row < certificates.length; row++) {
    const flow = certificates.flow[row]!;
    if (certificates.side[row] !== 2 || certificates.place[row] !== 0 || !own.has(flow)) continue;
    let chain = 1;
    while (certificates.flow[row + chain] === flow && certificates.place[row + chain] === chain) chain++;
    found.push({
      server: serverOf(evidence, flow),
      subject: strings.text(certificates.subject[row]!),
      issuer: strings.text(certificates.issuer[row]!),
      names: strings
        .text(certificates.names[row]!)
        .split(' ')
        .filter((name) => name !== ''),
      from: certificates.from[row]!,
      to: certificates.to[row]!,
      selfSigned: certificates.selfSigned[row] === 1,
      chain,
      sni: strings.text(flows.sni[flow]!),
      time: flows.time[flow]! + clock.zones[flows.artifact[flow]!]!.shift,
      flow,
      row,
    });
  }
  return found;
}

/** handshake_failure, then what RFC 8446 §6.2 has for certificates, access_denied, encrypted. */
const distrust = [40, 42, 43, 44, 45, 46, 48, 49, 255];

/** A hit for each server and certificate that is wrong; `values` are added to its names and dates. */
export function certificateHits(
  grounds: Grounds,
  wrong: (certificate: ServerCertificate) => boolean,
  values: (certificate: ServerCertificate) => Hit['values'] = () => ({}),
): readonly Hit[] {
  const { evidence } = grounds;
  const { certificates, flows } = evidence;
  const bad = serverCertificates(grounds).filter(wrong);
  const key = (one: ServerCertificate): string => `${one.server} ${one.subject || one.names.join(' ')}`;
  return capped(
    [...groupBy(bad, key)].map(([subject, all]): Hit => {
      const first = all[0]!;
      return {
        subject,
        // what a client says of a certificate; what the server says is no word about its own
        also: alertsOf(first.server, 1, distrust),
        ...seenInFlows(
          grounds,
          all.map(({ flow }) => flow),
        ),
        at: all.slice(0, shownPlaces).map(({ row, flow }) => ({
          artifact: flows.artifact[flow]!,
          offset: certificates.offset[row]!,
          length: certificates.size[row]!,
          packet: certificates.packet[row]!,
        })),
        count: all.length,
        values: {
          server: first.server,
          certificate: first.subject || first.names[0] || '–',
          issuer: first.issuer || '–',
          names: { list: first.names.length > 0 ? first.names.slice(0, 6) : ['–'] },
          count: all.length,
          ...values(first),
        },
      };
    }),
  );
}
