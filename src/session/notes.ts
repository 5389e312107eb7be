/** What a person adds to a session. Keyed by stable ids, so it survives a re-run and new evidence. */
import * as v from 'valibot';
import type { Declared } from '../facts/facts';

/** What a person typed must come back from a file that we wrote ourselves, so the limit is far. */
const label = v.pipe(v.string(), v.maxLength(2 ** 20));
const labels = v.record(label, label);

export const answerSchema = v.strictObject({
  state: v.picklist(['open', 'done', 'pass', 'fail', 'not-relevant']),
  who: v.optional(label),
  /** Milliseconds since the epoch. */
  when: v.optional(v.number()),
  note: v.optional(label),
  /** What the evidence says against it, seen and overruled; another verdict asks again. */
  kept: v.optional(v.picklist(['pass', 'fail'])),
});
export type Answer = Readonly<v.InferOutput<typeof answerSchema>>;

export const notesSchema = v.strictObject({
  title: label,
  /** By finding key `rule|subject`. */
  findings: v.record(
    label,
    v.strictObject({ state: v.optional(v.picklist(['handled', 'not-relevant'])), note: v.optional(label) }),
  ),
  /** Checklist answers by step id. */
  answers: v.record(label, answerSchema),
  /** Support case fields by `form.field`. */
  fields: labels,
  /** Slots of commands by name. */
  slots: labels,
  /** Names given to hosts (ladder lanes), by address. */
  lanes: labels,
  /** Paths left out of the analysis. */
  excluded: v.array(label),
  /** Kinds set by hand, by artifact path. */
  kinds: labels,
  /** Legs that a person joined or parted, as pairs of Call-IDs. */
  legs: v.optional(
    v.strictObject({ joined: v.array(v.tuple([label, label])), parted: v.array(v.tuple([label, label])) }),
    { joined: [], parted: [] },
  ),
  /** What a file answers as a person says, by artifact path: an `art.*` id, empty = no piece of the guides. */
  provenance: v.optional(labels, {}),
  /** Ladder lanes by address: their order from left to right, those left out, hosts drawn port by port. */
  ladder: v.optional(v.strictObject({ order: v.array(label), hidden: v.array(label), split: v.array(label) }), {
    order: [],
    hidden: [],
    split: [],
  }),
  /** Filters that a person kept: by table, name → terms. */
  filters: v.optional(v.record(label, labels), {}),
  /** Columns matched by hand: by kind, heading as written → column; empty = none of them. */
  columns: v.optional(v.record(label, labels), {}),
  /** Lots of a work list that are done, by issue and lot: milliseconds since the epoch. */
  ticks: v.optional(v.record(label, v.number()), {}),
  /** Names of sources that are read with the limits raised. */
  raised: v.optional(v.array(label), []),
});
export type Notes = Readonly<v.InferOutput<typeof notesSchema>>;

/** Declared facts as they come from a file: unknown ids are ignored, known ones must have their shape. */
export const declaredSchema = v.partial(
  v.object({
    pbx: v.picklist(['mivb', 'mv5000', 'os4k', 'osv']),
    border: v.picklist(['mbg', 'ossbc']),
    trouble: v.picklist(['call', 'registration', 'push', 'provisioning', 'noncall', 'connectivity']),
    incident: v.object({ from: label, to: v.optional(label, ''), zone: v.optional(label, 'UTC') }),
    users: v.array(label),
    numbers: v.array(label),
    hosts: v.array(
      v.object({
        address: label,
        role: v.optional(v.picklist(['zoom-client', 'border', 'pbx', 'cloudlink', 'proxy', 'other'])),
        name: v.optional(label),
      }),
    ),
    zones: labels,
    clockOffsets: v.record(label, v.number()),
    reportTimes: labels,
    lastChange: label,
    versions: v.partial(v.object({ zoom: label, mv5000: label, mbg: label, cld: label, gateway: label })),
    status: v.partial(v.object({ integration: label, oauth: label, sync: label, lastSync: label, error: label })),
    tunnels: label,
    pushService: v.picklist(['yes', 'no']),
    cstaProxy: label,
    cstaProfile: label,
    zoomPsi: v.partial(v.object({ icon: label, cloudlink: label })),
    sipCredentials: v.partial(v.object({ pending: label, users: label })),
    usersToAdd: v.array(label),
    accounts: v.partial(v.object({ cldNumber: label, cldId: label, gatewayNumber: label, gatewayId: label })),
    gateways: v.array(label),
    mbgSystems: v.array(label),
    certificate: v.partial(v.object({ change: label, remoteWorkers: label })),
    product: v.picklist(['psi', 'phone', 'meetings', 'chat', 'whiteboard', 'cc', 'sso', 'integrations']),
    ssoMethod: v.picklist(['saml', 'scim']),
    onboarding: v.picklist(['yes', 'no']),
    rtpRanges: v.array(label),
    correlationHeaders: v.array(label),
    adminEmail: label,
    accountNumber: label,
    accountId: label,
    listingComplete: v.boolean(),
    ntp: label,
    proxy: label,
    hostname: label,
  }),
);

/** Declared facts of untrusted JSON; undefined with the place of the first fault where they do not fit. */
export function readDeclared(value: unknown): { declared: Declared } | { fault: string } {
  const result = v.safeParse(declaredSchema, value);
  return result.success
    ? { declared: result.output as Declared }
    : { fault: result.issues.map((issue) => `${v.getDotPath(issue) ?? ''}: ${issue.message}`).join('; ') };
}
