/**
 * One direction of a TLS connection as far as it can be read without keys: records `type(1) version(2) length(2)`
 * (RFC 8446 §5.1), handshake messages `type(1) length(3)` (§4), alerts `level(1) code(1)` (§6). Up to TLS 1.2 certificates
 * are in clear (RFC 5246 §7.4.2); what follows ChangeCipherSpec, and nearly all of TLS 1.3, is encrypted.
 *
 *     16 03 01 00 c8  01 00 00 c4  03 03 …          ClientHello
 *     15 03 03 00 02  02 30                         alert: fatal, unknown_ca
 */
import { readHello } from './tls-hello';

export interface TlsSink {
  clientHello(hello: Hello): void;
  serverHello(hello: Hello): void;
  /** DER bytes `from`..`to`, the first certificate having place 0; lent. */
  certificate(bytes: Uint8Array, from: number, to: number, place: number): void;
  /** Any handshake message, by its type. */
  message(type: number): void;
  /** A Certificate message without a certificate. */
  noCertificate(): void;
  alert(level: number, code: number): void;
  /** An encrypted record; `length` without its header. */
  sealed(type: number, length: number): void;
}

export interface Hello {
  /** Highest version that is named. */
  readonly version: number;
  readonly sni: string;
  readonly protocols: readonly string[];
}

/** State between records. */
export interface TlsSide {
  /** Handshake bytes that wait for the rest of their message. */
  waiting: Uint8Array;
  /** What follows is encrypted. */
  sealed: boolean;
  /** Certificates seen. */
  places: number;
  handshakeBytes: number;
}

export const tlsRecord = { cipher: 20, alert: 21, handshake: 22, data: 23 } as const;
/** RFC 5246 §6.2.3: 2^14 + 2048. */
const maxRecord = 18_432;
const maxHandshake = 2 ** 17;
const maxCertificates = 16;
export const tlsMessage = { clientHello: 1, serverHello: 2, certificate: 11, certificateRequest: 13 } as const;
const nothing = new Uint8Array(0);

export const createTlsSide = (): TlsSide => ({ waiting: nothing, sealed: false, places: 0, handshakeBytes: 0 });

/** A record header stands at `at`. */
export function isTlsRecord(bytes: Uint8Array, at: number, end: number): boolean {
  if (end - at < 5) return false;
  const type = bytes[at]!;
  const length = (bytes[at + 3]! << 8) | bytes[at + 4]!;
  return type >= 20 && type <= 23 && bytes[at + 1] === 3 && bytes[at + 2]! <= 4 && length > 0 && length <= maxRecord;
}

/** Size of the record at `at` with its header. */
export const tlsRecordSize = (bytes: Uint8Array, at: number): number => 5 + ((bytes[at + 3]! << 8) | bytes[at + 4]!);

/** Reads one whole record. */
export function readTlsRecord(side: TlsSide, bytes: Uint8Array, at: number, sink: TlsSink): void {
  const type = bytes[at]!;
  const from = at + 5;
  const to = at + tlsRecordSize(bytes, at);
  if (type === tlsRecord.cipher) {
    side.sealed = true;
    return;
  }
  if (side.sealed || type === tlsRecord.data) {
    side.sealed = true;
    sink.sealed(type, to - from);
    return;
  }
  if (type === tlsRecord.alert) {
    if (to - from === 2) sink.alert(bytes[from]!, bytes[from + 1]!);
    else sink.sealed(type, to - from);
    return;
  }
  side.handshakeBytes += to - from;
  if (side.handshakeBytes > maxHandshake) return;
  readMessages(side, joined(side.waiting, bytes, from, to), sink);
}

function readMessages(side: TlsSide, bytes: Uint8Array, sink: TlsSink): void {
  let at = 0;
  while (bytes.length - at >= 4) {
    const type = bytes[at]!;
    const from = at + 4;
    const to = from + ((bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!);
    if (to - from > maxHandshake) {
      side.waiting = nothing;
      side.handshakeBytes = maxHandshake;
      return;
    }
    if (to > bytes.length) break;
    sink.message(type);
    if (type === tlsMessage.clientHello) sink.clientHello(readHello(bytes, from, to, true));
    else if (type === tlsMessage.serverHello) sink.serverHello(readHello(bytes, from, to, false));
    else if (type === tlsMessage.certificate) certificates(side, bytes, from, to, sink);
    at = to;
  }
  side.waiting = at === bytes.length ? nothing : bytes.slice(at);
}

/** `length(3)`, then `length(3) certificate` each (RFC 5246 §7.4.2). */
function certificates(side: TlsSide, bytes: Uint8Array, from: number, end: number, sink: TlsSink): void {
  let at = from + 3;
  if (at >= end) sink.noCertificate();
  while (end - at > 3 && side.places < maxCertificates) {
    const to = at + 3 + ((bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!);
    if (to > end) return;
    sink.certificate(bytes, at + 3, to, side.places++);
    at = to;
  }
}

function joined(waiting: Uint8Array, bytes: Uint8Array, from: number, to: number): Uint8Array {
  if (waiting.length === 0) return bytes.subarray(from, to);
  const both = new Uint8Array(waiting.length + to - from);
  both.set(waiting);
  both.set(bytes.subarray(from, to), waiting.length);
  return both;
}
