/**
 * X.509 certificates (RFC 5280 §4.1) as far as a person asks for them, read from DER (X.690): `tag length value`,
 *
 *     30 82 03 0d               Certificate
 *       30 82 01 f5             tbsCertificate: [0] version, serial, algorithm, issuer, validity, subject, key, [3] extensions
 */
export interface Certificate {
  /** `CN=mbg.aster.example, O=Aster`; empty where it cannot be read. */
  readonly subject: string;
  readonly issuer: string;
  /** DNS names and addresses of subjectAltName; the common name where there is none. */
  readonly names: readonly string[];
  /** µs since the epoch; NaN where it cannot be read. */
  readonly from: number;
  readonly to: number;
  readonly selfSigned: boolean;
}

interface Value {
  readonly tag: number;
  readonly from: number;
  readonly to: number;
}

const maxNames = 100;
const maxText = 256;
const oid = { commonName: '550403', country: '550406', place: '550407', state: '550408', organisation: '55040a' };
const shortNames = new Map([
  [oid.commonName, 'CN'],
  ['55040b', 'OU'],
  [oid.organisation, 'O'],
  [oid.place, 'L'],
  [oid.state, 'ST'],
  [oid.country, 'C'],
]);
const subjectAltName = '551d11';

/** Undefined where the bytes are no certificate at all. */
export function readCertificate(bytes: Uint8Array, from: number, to: number): Certificate | undefined {
  const whole = valueAt(bytes, from, to);
  const body = whole?.tag === 0x30 ? valueAt(bytes, whole.from, whole.to) : undefined;
  if (body?.tag !== 0x30) return undefined;
  const parts = valuesIn(bytes, body);
  // version is explicit, and absent in version 1
  const first = parts[0]?.tag === 0xa0 ? 1 : 0;
  const [, , issuer, validity, subject] = parts.slice(first);
  if (issuer?.tag !== 0x30 || validity?.tag !== 0x30 || subject?.tag !== 0x30) return undefined;
  const [notBefore, notAfter] = valuesIn(bytes, validity);
  const own = nameOf(bytes, subject);
  const extensions = parts.find(({ tag }) => tag === 0xa3);
  const names = extensions ? alternatives(bytes, extensions) : [];
  return {
    subject: own.text,
    issuer: nameOf(bytes, issuer).text,
    names: names.length > 0 ? names : own.commonName === '' ? [] : [own.commonName],
    from: timeOf(bytes, notBefore),
    to: timeOf(bytes, notAfter),
    selfSigned: sameBytes(bytes, issuer, subject),
  };
}

function valueAt(bytes: Uint8Array, at: number, end: number): Value | undefined {
  if (end - at < 2) return undefined;
  let length = bytes[at + 1]!;
  let from = at + 2;
  if (length > 0x80) {
    const count = length & 0x7f;
    if (count > 4 || from + count > end) return undefined;
    length = 0;
    for (let n = 0; n < count; n++) length = length * 256 + bytes[from + n]!;
    from += count;
  } else if (length === 0x80) return undefined;
  return from + length > end ? undefined : { tag: bytes[at]!, from, to: from + length };
}

const mostValues = 256;

function valuesIn(bytes: Uint8Array, { from, to }: Value): Value[] {
  const values: Value[] = [];
  for (let at = from; at < to && values.length < mostValues;) {
    const value = valueAt(bytes, at, to);
    if (!value) break;
    values.push(value);
    at = value.to;
  }
  return values;
}

function nameOf(bytes: Uint8Array, name: Value): { text: string; commonName: string } {
  const pieces: string[] = [];
  let commonName = '';
  for (const set of valuesIn(bytes, name)) {
    for (const pair of valuesIn(bytes, set)) {
      const [type, value] = valuesIn(bytes, pair);
      if (!type || !value) continue;
      const id = hex(bytes, type);
      const text = textOf(bytes, value);
      if (id === oid.commonName) commonName = text;
      const short = shortNames.get(id);
      if (short) pieces.push(`${short}=${text}`);
    }
  }
  return { text: pieces.reverse().join(', '), commonName };
}

function alternatives(bytes: Uint8Array, extensions: Value): string[] {
  const [list] = valuesIn(bytes, extensions);
  for (const extension of list ? valuesIn(bytes, list) : []) {
    const parts = valuesIn(bytes, extension);
    const type = parts[0];
    const wrapped = parts[parts.length - 1];
    if (!type || !wrapped || wrapped.tag !== 4 || hex(bytes, type) !== subjectAltName) continue;
    const names = valueAt(bytes, wrapped.from, wrapped.to);
    return names
      ? valuesIn(bytes, names)
          .slice(0, maxNames)
          .flatMap((name) => alternative(bytes, name))
      : [];
  }
  return [];
}

/** GeneralName (RFC 5280 §4.2.1.6): 2 = DNS name, 6 = URI, 7 = IP address. */
function alternative(bytes: Uint8Array, name: Value): string[] {
  const { tag, from, to } = name;
  if (tag === 0x82 || tag === 0x86) return [textOf(bytes, name)];
  if (tag !== 0x87) return [];
  if (to - from === 4) return [bytes.subarray(from, to).join('.')];
  if (to - from !== 16) return [];
  return [
    hex(bytes, name)
      .match(/.{4}/g)!
      .map((group) => group.replace(/^0{1,3}/, ''))
      .join(':'),
  ];
}

const latin1 = new TextDecoder('windows-1252');
const utf8 = new TextDecoder();

function textOf(bytes: Uint8Array, { tag, from, to }: Value): string {
  const cut = bytes.subarray(from, Math.min(to, from + maxText));
  // BMPString
  const text =
    tag === 0x1e
      ? String.fromCharCode(...Array.from({ length: cut.length >> 1 }, (_, n) => (cut[n * 2]! << 8) | cut[n * 2 + 1]!))
      : (tag === 0x0c ? utf8 : latin1).decode(cut);
  return text.replace(/[\u0000-\u001f\u007f]/g, ' ');
}

/** UTCTime `YYMMDDhhmmssZ` (50 and later: 19YY) or GeneralizedTime `YYYYMMDDhhmmssZ` (RFC 5280 §4.1.2.5). */
function timeOf(bytes: Uint8Array, value: Value | undefined): number {
  if (!value) return NaN;
  const digits = latin1.decode(bytes.subarray(value.from, Math.min(value.to, value.from + 20)));
  const match = /^(\d{4}|\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(digits);
  if (!match || (match[1]!.length === 2) !== (value.tag === 0x17)) return NaN;
  const [year = 0, month = 0, ...rest] = match.slice(1).map(Number);
  const full = value.tag === 0x17 ? year + (year < 50 ? 2000 : 1900) : year;
  return Date.UTC(full, month - 1, ...(rest as [number, number, number, number])) * 1000;
}

function hex(bytes: Uint8Array, { from, to }: Value): string {
  let text = '';
  for (let at = from; at < Math.min(to, from + 32); at++) text += bytes[at]!.toString(16).padStart(2, '0');
  return text;
}

function sameBytes(bytes: Uint8Array, a: Value, b: Value): boolean {
  if (a.to - a.from !== b.to - b.from) return false;
  for (let n = 0; n < a.to - a.from; n++) if (bytes[a.from + n] !== bytes[b.from + n]) return false;
  return true;
}
