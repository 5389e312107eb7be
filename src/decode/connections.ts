/**
 * TCP connections as a person asks for them: who opened them, whether anybody answered, what they carry, who ended them.
 * Of index pairs the first is the client's, the second the server's.
 */
import { createKeys, putAddress } from './keys';
import type { Frame } from './layer';
import { tcpFlag } from './tcp';
import type { Certificate } from './x509';

/** A place in the file. */
export interface Place {
  readonly number: number;
  readonly offset: number;
  readonly size: number;
}
export interface SeenCertificate extends Place, Certificate {
  readonly side: Side;
  readonly place: number;
}
export interface SeenAlert extends Place {
  readonly side: Side;
  readonly time: number;
  /** 0 and 255 where it is encrypted. */
  readonly level: number;
  readonly code: number;
}

/** Bytes of a direction that the capture never showed in time. */
export interface Hole {
  readonly side: Side;
  /** Sequence numbers of its first byte and of the byte behind it. */
  readonly from: number;
  readonly to: number;
  readonly time: number;
  readonly number: number;
  readonly offset: number;
  /** They were sent again, too late. */
  repeated: boolean;
}

export type Side = 0 | 1;
/** The numbers of the `kind` column of `flows`. */
export const carried = { nothing: 0, sip: 1, tls: 2, webSocket: 3 } as const;

export interface Connection extends Place {
  readonly time: number;
  end: number;
  /** Four words each. */
  ends: [Uint32Array, Uint32Array];
  ports: [number, number];
  /** Who opened it was seen, not guessed from the ports. */
  settled: boolean;
  /** `ends` were exchanged after the first packet. */
  turned: boolean;
  carries: number;
  attempts: number;
  /** Sequence number of the client's SYN, −1 where it was not seen. */
  start: number;
  opened: boolean;
  refused: boolean;
  closedBy: Side | undefined;
  closed: number;
  reset: boolean;
  bytes: [number, number];
  offered: number;
  version: number;
  sni: string;
  protocols: string;
  protocol: string;
  hello: number;
  answer: number;
  certificateWanted: boolean;
  certificateEmpty: boolean;
  spoke: [boolean, boolean];
  /** Bytes of the handshake are missing. */
  lost: boolean;
  status: number;
  closeCode: number;
  /** The last acknowledgement of each side; −1 = none while somebody waited for it. */
  acknowledged: [number, number];
  readonly holes: Hole[];
  readonly certificates: SeenCertificate[];
  readonly alerts: SeenAlert[];
  /** Another connection on the same addresses and ports came after it. */
  replaced: boolean;
}

export interface Connections {
  /** The connection of a segment; undefined where there are too many. */
  of(frame: Frame): Connection | undefined;
  /** The same, where it was seen before. */
  known(frame: Frame): Connection | undefined;
  /** Notes SYN, FIN and RST of a segment. */
  control(frame: Frame): void;
  /** Those that carry something known or were never opened, in the order of their first packets. */
  result(): readonly Connection[];
  /** Segments whose connections were not kept. */
  readonly dropped: number;
}

export const maxConnections = 65_536;
/** Of alerts and certificates of one connection. */
const maxDetails = 32;

export function createConnections(): Connections {
  const keys = createKeys(9, 2 ** 20);
  /** By key, the newest one. */
  let newest: (Connection | undefined)[] = [];
  let all: Connection[] = [];
  let dropped = 0;
  let retryAt = 0;

  const indexOf = (frame: Frame, isNew = true): number => {
    const isSwapped = compareEnds(frame) > 0;
    const { key } = keys;
    putAddress(key, 0, isSwapped ? frame.target : frame.source);
    putAddress(key, 4, isSwapped ? frame.source : frame.target);
    key[8] = isSwapped ? (frame.targetPort << 16) | frame.sourcePort : (frame.sourcePort << 16) | frame.targetPort;
    return isNew ? keys.add() : keys.find();
  };
  const makeRoom = (): void => {
    for (const one of all) if (!matters(one)) one.replaced = true;
    all = all.filter(matters);
    newest = newest.map((one) => (one?.replaced ? undefined : one));
  };
  const open = (frame: Frame, index: number): Connection | undefined => {
    // looking for room costs a walk over all: not again for each of a flood
    if (all.length >= maxConnections && dropped >= retryAt) {
      makeRoom();
      retryAt = dropped + maxConnections;
    }
    if (index < 0 || all.length >= maxConnections) {
      dropped++;
      return undefined;
    }
    const before = newest[index];
    if (before) before.replaced = true;
    const isSyn = (frame.tcpFlags & tcpFlag.syn) !== 0;
    const isAnswer = isSyn && (frame.tcpFlags & tcpFlag.ack) !== 0;
    const fromServer = isSyn ? isAnswer : frame.sourcePort < frame.targetPort;
    const connection = createConnection(frame, fromServer);
    connection.settled = isSyn;
    newest[index] = connection;
    all.push(connection);
    return connection;
  };
  const of = (frame: Frame): Connection | undefined => {
    const index = indexOf(frame);
    return newest[index] ?? open(frame, index);
  };
  return {
    get dropped() {
      return dropped;
    },
    of,
    known: (frame) => newest[indexOf(frame, false)],
    control(frame) {
      const flags = frame.tcpFlags;
      const index = indexOf(frame);
      let connection = newest[index];
      const isOpening = (flags & (tcpFlag.syn | tcpFlag.ack)) === tcpFlag.syn;
      // the same ports again
      if (connection && isOpening && connection.start >= 0 && connection.start !== frame.sequence)
        connection = undefined;
      connection ??= open(frame, index);
      if (!connection) return;
      connection.end = frame.time;
      if (isOpening) {
        settle(connection, sideOf(connection, frame) === 1);
        connection.start = frame.sequence;
        connection.attempts++;
        return;
      }
      if (flags & tcpFlag.syn) {
        settle(connection, sideOf(connection, frame) === 0);
        connection.opened = true;
        return;
      }
      if (connection.closedBy !== undefined) return;
      const side = sideOf(connection, frame);
      connection.closedBy = side;
      connection.closed = frame.time;
      connection.reset = (flags & tcpFlag.rst) !== 0;
      if (connection.reset && side === 1 && connection.attempts > 0 && !connection.opened) connection.refused = true;
    },
    result: () => all.filter(matters),
  };
}

export function sideOf(connection: Connection, frame: Frame): Side {
  const [client] = connection.ends;
  const { source } = frame;
  if (connection.ports[0] !== frame.sourcePort) return 1;
  for (let word = 3; word >= 0; word--) if (client[word] !== source[word]) return 1;
  return 0;
}

/** Says who opened the connection, once; `turn` = not the one that was taken for the client. */
export function settle(connection: Connection, turn: boolean): void {
  if (turn && !connection.settled) {
    connection.turned = !connection.turned;
    connection.ends.reverse();
    connection.ports.reverse();
    connection.bytes.reverse();
    connection.acknowledged.reverse();
    connection.holes.forEach((hole, n) => {
      connection.holes[n] = { ...hole, side: hole.side === 0 ? 1 : 0 };
    });
    connection.spoke.reverse();
    if (connection.closedBy !== undefined) connection.closedBy = connection.closedBy === 0 ? 1 : 0;
  }
  connection.settled = true;
}

export function addAlert(connection: Connection, alert: SeenAlert): void {
  if (connection.alerts.length < maxDetails) connection.alerts.push(alert);
}

export function addHole(connection: Connection, hole: Hole): void {
  if (connection.holes.length < maxDetails) connection.holes.push(hole);
}

export function addCertificate(connection: Connection, certificate: SeenCertificate): void {
  if (connection.certificates.length < maxDetails) connection.certificates.push(certificate);
}

const matters = (connection: Connection): boolean =>
  connection.carries !== carried.nothing ||
  (connection.attempts > 0 && !connection.opened && connection.bytes[0] + connection.bytes[1] === 0);

function createConnection(frame: Frame, fromServer: boolean): Connection {
  const ends: [Uint32Array, Uint32Array] = [frame.source.slice(), frame.target.slice()];
  const ports: [number, number] = [frame.sourcePort, frame.targetPort];
  if (fromServer) {
    ends.reverse();
    ports.reverse();
  }
  return {
    number: frame.number,
    offset: frame.offset,
    size: frame.captured,
    time: frame.time,
    end: frame.time,
    ends,
    ports,
    settled: false,
    turned: false,
    carries: carried.nothing,
    attempts: 0,
    start: -1,
    opened: false,
    refused: false,
    closedBy: undefined,
    closed: NaN,
    reset: false,
    bytes: [0, 0],
    offered: 0,
    version: 0,
    sni: '',
    protocols: '',
    protocol: '',
    hello: NaN,
    answer: NaN,
    certificateWanted: false,
    certificateEmpty: false,
    spoke: [false, false],
    lost: false,
    status: 0,
    closeCode: 0,
    acknowledged: [-1, -1],
    holes: [],
    certificates: [],
    alerts: [],
    replaced: false,
  };
}

function compareEnds({ source, target, sourcePort, targetPort }: Frame): number {
  for (let word = 0; word < 4; word++) if (source[word] !== target[word]) return source[word]! - target[word]!;
  return sourcePort - targetPort;
}
