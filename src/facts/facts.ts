/**
 * Facts: what is known about the case besides the evidence tables. Each is found in the evidence (`SeenFact`), declared
 * by hand, or assumed. By hand wins; where evidence says otherwise the conflict is kept and shown. All are optional.
 * `list.ts` holds the one typed list with labels; this file holds their value types and how they are resolved.
 */
import { micros, type Micros } from '../base/time';

export type Pbx = 'mivb' | 'mv5000' | 'os4k' | 'osv';
export type Trouble = 'call' | 'registration' | 'push' | 'provisioning' | 'noncall' | 'connectivity';
export type Border = 'mbg' | 'ossbc';
/** What the trouble is with: only `psi` is Mitel's. */
export type Product = 'psi' | 'phone' | 'meetings' | 'chat' | 'whiteboard' | 'cc' | 'sso' | 'integrations';
export type HostRole = 'zoom-client' | 'border' | 'pbx' | 'cloudlink' | 'proxy' | 'other';

/** Declared values by fact id; the headless `--facts` file has this shape. */
export interface FactValues {
  pbx: Pbx;
  border: Border;
  trouble: Trouble;
  /** `from`/`to`: local date-times `2026-11-12T09:30` in `zone`, or full ISO with offset; `zone`: IANA name. */
  incident: { from: string; to: string; zone: string };
  users: readonly string[];
  numbers: readonly string[];
  hosts: readonly { address: string; role?: HostRole; name?: string }[];
  /** Zone of a text source that writes none, by artifact or source path: IANA name. */
  zones: Readonly<Record<string, string>>;
  /** Seconds to add to the times of a source, by path. */
  clockOffsets: Readonly<Record<string, number>>;
  /** When each comparison report was made, by artifact path: local in the incident's zone, or ISO with offset. */
  reportTimes: Readonly<Record<string, string>>;
  /** When something was last changed for the users: `2026-11-12T09:30` in the incident's zone, or ISO with offset. */
  lastChange: string;
  versions: Readonly<Partial<Record<'zoom' | 'mv5000' | 'mbg' | 'cld' | 'gateway', string>>>;
  status: Readonly<Partial<Record<'integration' | 'oauth' | 'sync' | 'lastSync' | 'error', string>>>;
  tunnels: string;
  /** Enable Push Notification Services on the SBC is ticked. */
  pushService: 'yes' | 'no';
  cstaProxy: string;
  cstaProfile: string;
  /** Zoom PSI page of the OpenScape 4000 Assistant. */
  zoomPsi: Readonly<Partial<Record<'icon' | 'cloudlink', string>>>;
  /** «SIP credentials pending» in the Zoom portal; `pending`: `none` or `some`, `users`: e-mails in one text. */
  sipCredentials: Readonly<Partial<Record<'pending' | 'users', string>>>;
  usersToAdd: readonly string[];
  /** Account Number and Account ID as each component shows them. */
  accounts: Readonly<Partial<Record<'cldNumber' | 'cldId' | 'gatewayNumber' | 'gatewayId', string>>>;
  /** Names of the CloudLink gateways of the account. */
  gateways: readonly string[];
  /** MiVoice 5000 systems that use one MBG for Remote Worker. */
  mbgSystems: readonly string[];
  /** `yes` or `no`: the MBG certificate is to change; 6xxx terminals or OMM are Remote Workers. */
  certificate: Readonly<Partial<Record<'change' | 'remoteWorkers', string>>>;
  product: Product;
  ssoMethod: 'saml' | 'scim';
  /** Has the daemon's host been linked to a CloudLink account? */
  onboarding: 'yes' | 'no';
  rtpRanges: readonly string[];
  /** SIP headers, beside the usual ones, whose equal values make two legs one call. */
  correlationHeaders: readonly string[];
  adminEmail: string;
  accountNumber: string;
  accountId: string;
  listingComplete: boolean;
  ntp: string;
  proxy: string;
  hostname: string;
}
export type FactId = keyof FactValues;
export type Declared = { readonly [Id in FactId]?: FactValues[Id] };
export type Origin = 'declared' | 'evidence' | 'assumed';

export interface Known<Value> {
  readonly value: Value;
  readonly origin: Origin;
  /** Artifact that says it, where origin is evidence. */
  readonly artifact?: number;
  /** What evidence says against a declared value. */
  readonly conflict?: { readonly value: unknown; readonly artifact: number };
}
export type Facts = { readonly [Id in FactId]?: Known<FactValues[Id]> };

export interface Span {
  readonly from: Micros;
  readonly to: Micros;
}

/** The incident as µs; undefined where it is not declared or not readable. */
export function incidentSpan(facts: Facts): Span | undefined {
  const incident = facts.incident?.value;
  if (!incident) return undefined;
  const from = zonedMicros(incident.from, incident.zone);
  const to = incident.to ? zonedMicros(incident.to, incident.zone) : from;
  return Number.isFinite(from) && Number.isFinite(to) && to >= from ? { from, to } : undefined;
}

/** A date-time with offset, or a local one in an IANA zone, as µs; NaN where it cannot be read. */
export function zonedMicros(text: string, zone: string): Micros {
  if (/(?:Z|[+-]\d\d:?\d\d)$/i.test(text)) return micros(Date.parse(text) * 1000);
  const local = Date.parse(`${text.length === 10 ? `${text}T00:00` : text}Z`);
  return Number.isFinite(local) ? micros((local - zoneOffset(local, zone)) * 1000) : micros(NaN);
}

const formats = new Map<string, Intl.DateTimeFormat | undefined>();
function zoneFormat(zone: string): Intl.DateTimeFormat | undefined {
  if (!formats.has(zone)) {
    try {
      formats.set(
        zone,
        new Intl.DateTimeFormat('en-US', {
          timeZone: zone,
          hourCycle: 'h23',
          year: 'numeric',
          month: 'numeric',
          day: 'numeric',
          hour: 'numeric',
          minute: 'numeric',
          second: 'numeric',
        }),
      );
    } catch {
      // an unknown zone name, typed by hand: treated as UTC and shown as such
      formats.set(zone, undefined);
    }
  }
  return formats.get(zone);
}

export const isZone = (zone: string): boolean => zoneFormat(zone) !== undefined;

/** Milliseconds that a zone is ahead of UTC at an instant (UTC milliseconds). */
function offsetAt(utc: number, zone: string): number {
  const format = zoneFormat(zone);
  // no time, or one that no calendar holds
  if (!format || !(Math.abs(utc) <= 8.64e15)) return 0;
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(utc)) part[type] = Number(value);
  return (
    Date.UTC(part['year']!, part['month']! - 1, part['day'], part['hour'], part['minute'], part['second']) -
    Math.floor(utc / 1000) * 1000
  );
}

/**
 * Milliseconds that a zone is ahead of UTC at a *local* wall-clock time (given as if it were UTC milliseconds). In the
 * hour that occurs twice in autumn the first (summer) reading is taken; a time skipped in spring moves forward.
 */
export function zoneOffset(local: number, zone: string): number {
  const before = offsetAt(local - 86_400_000, zone);
  const guess = offsetAt(local - before, zone);
  if (guess === before) return before;
  return offsetAt(local - guess, zone) === guess ? guess : before;
}
