/**
 * What a host says of itself, in files and outputs of a diagnostic bundle: its name, its time zone, when the bundle was
 * made, versions of Mitel products.
 *
 *   etc/hostname          sbc1                                  hostnamectl   Static hostname: sbc1
 *   etc/timezone          Europe/Paris                          timedatectl   Time zone: Europe/Paris (CET, +0100)
 *   date                  Thu Nov 12 09:00:01 CET 2026          uname -a      Linux sbc1 5.10.0-28-amd64 #1 SMP …
 *   version.txt           MiVoice Border Gateway 12.2.0.72      inventory     Account ID: 5f3c…
 */
import type { Fields } from './fields';
import { createStamp } from './stamp';
import { readStamp, stampMicros } from './timestamp';

export interface HostFact {
  readonly key: 'hostname' | 'zone' | 'versions.mbg' | 'versions.mv5000' | 'versions.cld' | 'versions.gateway';
  readonly value: string;
  /** Line, from 0. */
  readonly line: number;
}
export interface HostStatus {
  readonly facts: readonly HostFact[];
  /** `Key: value` lines, keys in lower case without blanks, and their lines. */
  readonly fields: Fields;
  readonly lineOf: ReadonlyMap<string, number>;
  /** µs at which the host said so; NaN where it does not. */
  readonly time: number;
}

const nameForm = /^[A-Za-z\d][\w-]{0,62}(?:\.[\w-]{1,63}){0,8}$/;
const zoneForm = /^(?:UTC|[A-Z][A-Za-z_]{1,20}(?:\/[A-Za-z][\w+-]{1,30}){1,2})$/;
const named = /^\s*(?:Static hostname|Transient hostname|Host ?name|FQDN)\s*:\s*(\S{1,253})\s*$/i;
const zoned = /^\s*(?:Time ?zone)\s*:\s*(\S{1,60})/i;
const system = /^Linux (\S{1,253}) \d{1,2}\.\d{1,3}\.\S+ #\d/;
const pair = /^\s*([A-Za-z][\w .-]{1,40}?)\s*[:=]\s*"?(\S.{0,300}?)"?\s*$/;

/** Names that `date` prints → a zone with the same summer time; what several countries read in their own way is left out. */
const abbreviations: Readonly<Record<string, string>> = {
  UTC: 'UTC',
  CET: 'CET',
  CEST: 'CET',
  MET: 'MET',
  MEST: 'MET',
  EET: 'EET',
  EEST: 'EET',
  WET: 'WET',
  WEST: 'WET',
  EDT: 'America/New_York',
  CDT: 'America/Chicago',
  MDT: 'America/Denver',
  PDT: 'America/Los_Angeles',
};

/** Products by the names that they are sold under; `cld` is the daemon’s service and package. */
const products: readonly (readonly [key: HostFact['key'], name: RegExp])[] = [
  ['versions.gateway', /\bCloudLink Gateway\b/i],
  ['versions.cld', /\bCloudLink Daemon\b|^cld[-_ ]/i],
  ['versions.mbg', /\bMiVoice Border Gateway\b|\bMBG\b/],
  ['versions.mv5000', /\bMiVoice 5000\b/],
];
const versionNumber = /(?:^|[^\w.])v?(\d{1,4}(?:\.\d{1,6}){1,4})(?![\w.]*\.\d)/g;

/** Files that hold nothing but versions; anywhere else a product and a number are words of a text. */
const versionPlace =
  /(?:^|[/!])(?:version(?:\.txt)?|[\w-]*-release|installed-(?:rpms|debs)|rpm_-qa[^/]*|inventory[^/]*)$/i;

/** A line that is a date and nothing else, as `date` prints it. */
function dateLine(line: string): { readonly micros: number; readonly zone: string | undefined } | undefined {
  const plain = line.trim();
  const stamp = createStamp();
  if (plain.length > 60 || plain.length < 16 || !/\d{4}/.test(plain)) return undefined;
  if (!readStamp(plain, 0, plain.length, stamp) || stamp.year === 0 || stamp.month === 0) return undefined;
  const rest = plain.slice(stamp.end).trim();
  if (!/^(?:[A-Z]{2,5})?$/.test(rest)) return undefined;
  const word = /\b([A-Z]{3,5})\b(?=\s+\d{4}$|$)/.exec(plain)?.[1];
  const zone = word && Object.hasOwn(abbreviations, word) ? abbreviations[word] : undefined;
  return { micros: stampMicros(stamp), zone };
}

export function readHostStatus(lines: readonly string[], path: string): HostStatus {
  const facts: HostFact[] = [];
  const fields = new Map<string, string>();
  const lineOf = new Map<string, number>();
  const time = NaN;
  const filled = lines.map((line, n) => ({ line, n })).filter(({ line }) => line.trim() !== '');
  const only = filled.length === 1 ? filled[0] : undefined;
  const word = only?.line.trim() ?? '';
  if (only && /(?:^|[/!])(?:hostname)$/.test(path) && nameForm.test(word))
    return { facts: [{ key: 'hostname', value: word, line: only.n }], fields, lineOf, time };
  if (only && /(?:^|[/!])timezone$/.test(path) && zoneForm.test(word))
    return { facts: [{ key: 'zone', value: word, line: only.n }], fields, lineOf, time };
  const date = only && dateLine(only.line);
  if (only && date) {
    if (date.zone !== undefined) facts.push({ key: 'zone', value: date.zone, line: only.n });
    return { facts, fields, lineOf, time: date.micros };
  }
  const inventory = versionPlace.test(path);
  for (const { line, n } of filled) {
    const host = named.exec(line)?.[1] ?? system.exec(line)?.[1];
    if (host && nameForm.test(host) && !facts.some(({ key }) => key === 'hostname'))
      facts.push({ key: 'hostname', value: host, line: n });
    const zone = zoned.exec(line)?.[1];
    if (zone && zoneForm.test(zone)) facts.push({ key: 'zone', value: zone, line: n });
    if (!inventory) continue;
    const version = productVersion(line, n);
    if (version) facts.push(version);
    const [, key, value] = pair.exec(line) ?? [];
    const name = key?.toLowerCase().replace(/[\s._-]+/g, '');
    if (name !== undefined && value !== undefined && fields.size < 200 && !fields.has(name)) {
      fields.set(name, value);
      lineOf.set(name, n);
    }
  }
  return { facts, fields, lineOf, time };
}

/** One product and one version number on the line, else nothing is said. */
function productVersion(line: string, n: number): HostFact | undefined {
  const named = products.filter(([, name]) => name.test(line));
  const numbers = [...line.slice(0, 300).matchAll(versionNumber)].map(([, number]) => number!);
  const [first] = numbers;
  if (named.length !== 1 || first === undefined || new Set(numbers).size > 1) return undefined;
  return { key: named[0]![0], value: first, line: n };
}
