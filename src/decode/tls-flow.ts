/** What a TLS direction says of its connection: hellos, certificates, alerts, also those that only their length betrays. */
import { addAlert, addCertificate, carried, settle, type Connection, type Side } from './connections';
import type { Span } from './layer';
import { cutSpans } from './spans';
import {
  createTlsSide,
  isTlsRecord,
  readTlsRecord,
  tlsMessage,
  tlsRecord,
  tlsRecordSize,
  type TlsSide,
  type TlsSink,
} from './tls';
import { readCertificate } from './x509';

export interface TlsFlow {
  readonly connection: Connection;
  /** It comes from who was taken for the client at first. */
  readonly isNear: boolean;
  readonly side: TlsSide;
  sealed: number;
}

/** Encrypted records of a direction that are looked at; what follows is the conversation. */
const lookedAt = 8;
/** An alert in TLS 1.3: 2 bytes, content type, tag of 8 or 16 bytes (RFC 8446 §5.2). */
const shortRecord = 24;
const tls13 = 0x0304;

export function createTlsFlow(connection: Connection, side: Side): TlsFlow {
  connection.carries = carried.tls;
  return { connection, isNear: (side === 0) !== connection.turned, side: createTlsSide(), sealed: 0 };
}

export interface TlsReader {
  /**
   * Reads the whole records of `from`..`end`; returns the first byte that is still needed, −1 where nothing more is to be
   * learned from this direction.
   */
  read(
    flow: TlsFlow,
    bytes: Uint8Array,
    from: number,
    end: number,
    base: number,
    spans: readonly Span[] | undefined,
    time: number,
    number: number,
  ): number;
}

export function createTlsReader(): TlsReader {
  let flow: TlsFlow;
  let connection: Connection;
  let time = NaN;
  let number = 0;
  let offset = 0;
  let size = 0;
  /** Per connection: encrypted records of each side, and the length of the last. */
  const counts = new WeakMap<Connection, { sealed: [number, number]; last: [number, number]; data: boolean }>();
  const countsOf = (of: Connection) => {
    let found = counts.get(of);
    if (!found) counts.set(of, (found = { sealed: [0, 0], last: [0, 0], data: false }));
    return found;
  };
  const sideHere = (): Side => (flow.isNear === connection.turned ? 1 : 0);
  const alert = (level: number, code: number): void =>
    addAlert(connection, { side: sideHere(), time, level, code, number, offset, size });

  const sink: TlsSink = {
    clientHello(hello) {
      if (!Number.isNaN(connection.hello)) return;
      settle(connection, sideHere() === 1);
      connection.hello = time;
      connection.offered = hello.version;
      connection.sni = hello.sni;
      connection.protocols = hello.protocols.join(', ');
    },
    serverHello(hello) {
      if (!Number.isNaN(connection.answer)) return;
      settle(connection, sideHere() === 0);
      connection.answer = time;
      connection.version = hello.version;
      connection.protocol = hello.protocols[0] ?? '';
    },
    certificate(bytes, from, to, place) {
      const read = readCertificate(bytes, from, to);
      if (read) addCertificate(connection, { ...read, side: sideHere(), place, number, offset, size });
    },
    message(type) {
      if (type === tlsMessage.certificateRequest) connection.certificateWanted = true;
      if (type !== tlsMessage.clientHello && type !== tlsMessage.serverHello) connection.spoke[sideHere()] = true;
    },
    noCertificate() {
      if (sideHere() === 0) connection.certificateEmpty = true;
    },
    alert,
    sealed(type, length) {
      const side = sideHere();
      const count = countsOf(connection);
      const other = side === 0 ? 1 : 0;
      const isShort = length <= shortRecord;
      const isFirst = count.sealed[side] === 0;
      flow.sealed++;
      count.sealed[side]++;
      if (connection.version < tls13) {
        // the type is in clear; behind data it is the usual close_notify
        if (type === tlsRecord.data) count.data = true;
        if (type === tlsRecord.alert && !count.data) alert(0, 255);
      } else if (isShort && isFirst && side === 0) alert(0, 255);
      else if (isShort && side === 1 && count.sealed[0] > 0 && !count.data && count.last[other] > shortRecord) {
        alert(0, 255);
      }
      // TLS 1.3: a server that goes on after the client's flight has accepted it
      if (side === 1 && count.sealed[0] > 0) count.data = true;
      count.last[side] = length;
      if (!isShort || type !== tlsRecord.data) connection.spoke[side] = true;
    },
  };

  return {
    read(of, bytes, from, end, base, spans, atTime, atNumber) {
      flow = of;
      connection = of.connection;
      time = atTime;
      number = atNumber;
      let at = from;
      while (end - at >= 5) {
        if (!isTlsRecord(bytes, at, end)) {
          connection.lost = true;
          return -1;
        }
        const length = tlsRecordSize(bytes, at);
        if (end - at < length) return at;
        const place = spans ? cutSpans(spans, at, at + length)[0] : undefined;
        offset = spans ? (place?.offset ?? 0) : base + at;
        size = spans ? (place?.length ?? 0) : length;
        readTlsRecord(of.side, bytes, at, sink);
        at += length;
        if (of.sealed >= lookedAt) return -1;
      }
      return at;
    },
  };
}
