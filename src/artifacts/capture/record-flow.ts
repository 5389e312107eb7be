/** Writes TCP connections into `flows`, `certificates`, `alerts`, and their holes into `gaps`. */
import type { Connection } from '../../decode/connections';
import { flowFlags, gapFates, gapKinds } from '../../evidence/schema';
import type { Sink } from '../kind';

export function recordFlows(
  sink: Sink,
  connections: readonly Connection[],
  address: (words: Uint32Array) => number,
): void {
  const { flows, certificates, alerts, gaps } = sink.tables;
  const { strings } = sink;
  for (const one of connections) {
    const [client, server] = one.ends;
    const flow = flows.add({
      artifact: sink.artifact,
      time: one.time,
      end: one.end,
      offset: one.offset,
      size: one.size,
      packet: one.number,
      client: address(client),
      server: address(server),
      clientPort: one.ports[0],
      serverPort: one.ports[1],
      kind: one.carries,
      flags: flagsOf(one),
      attempts: Math.min(one.attempts, 65_535),
      closedBy: one.closedBy === undefined ? 0 : one.closedBy + 1,
      closed: one.closed,
      offered: one.offered,
      version: one.version,
      sni: strings.id(one.sni),
      protocols: strings.id(one.protocols),
      protocol: strings.id(one.protocol),
      hello: one.hello,
      answer: one.answer,
      clientBytes: one.bytes[0],
      serverBytes: one.bytes[1],
      status: one.status,
      closeCode: one.closeCode,
    });
    for (const {
      side,
      place,
      subject,
      issuer,
      names,
      from,
      to,
      selfSigned,
      number,
      offset,
      size,
    } of one.certificates) {
      certificates.add({
        flow,
        side: side + 1,
        place,
        subject: strings.id(subject),
        issuer: strings.id(issuer),
        names: strings.id(names.join(' ')),
        from,
        to,
        selfSigned: selfSigned ? 1 : 0,
        packet: number,
        offset,
        size,
      });
    }
    for (const hole of one.holes) {
      const other = hole.side === 0 ? 1 : 0;
      const told = one.acknowledged[other];
      const isAcknowledged = told >= 0 && ((told - hole.to) | 0) >= 0;
      gaps.add({
        artifact: sink.artifact,
        time: hole.time,
        packet: hole.number,
        offset: hole.offset,
        size: 1,
        source: address(one.ends[hole.side]),
        target: address(one.ends[other]),
        sourcePort: one.ports[hole.side],
        targetPort: one.ports[other],
        kind: gapKinds.indexOf('stream'),
        bytes: (hole.to - hole.from) >>> 0,
        fate: gapFates.indexOf(hole.repeated ? 'repeated' : isAcknowledged ? 'acknowledged' : ''),
      });
    }
    for (const { side, time, level, code, number, offset, size } of one.alerts) {
      alerts.add({ flow, time, side: side + 1, level, code, packet: number, offset, size });
    }
  }
}

function flagsOf(one: Connection): number {
  return (
    (one.attempts > 0 ? flowFlags.opening : 0) |
    (one.opened ? flowFlags.opened : 0) |
    (one.refused ? flowFlags.refused : 0) |
    (one.reset ? flowFlags.reset : 0) |
    (one.certificateWanted ? flowFlags.certificateWanted : 0) |
    (one.certificateEmpty ? flowFlags.certificateEmpty : 0) |
    (one.spoke[0] ? flowFlags.clientSpoke : 0) |
    (one.spoke[1] ? flowFlags.serverSpoke : 0) |
    (one.lost ? flowFlags.lost : 0)
  );
}
