/** Names of SIP headers (RFC 3261 §7.3.3 and the IANA registry of compact forms). */
import { lower } from './sip-values';

export const compactForms: ReadonlyMap<string, string> = new Map([
  ['a', 'accept-contact'],
  ['b', 'referred-by'],
  ['c', 'content-type'],
  ['d', 'request-disposition'],
  ['e', 'content-encoding'],
  ['f', 'from'],
  ['i', 'call-id'],
  ['j', 'reject-contact'],
  ['k', 'supported'],
  ['l', 'content-length'],
  ['m', 'contact'],
  ['n', 'identity-info'],
  ['o', 'event'],
  ['r', 'refer-to'],
  ['s', 'subject'],
  ['t', 'to'],
  ['u', 'allow-events'],
  ['v', 'via'],
  ['x', 'session-expires'],
  ['y', 'identity'],
]);

/** Headers that a message row is made of. */
export const core = {
  none: 0,
  via: 1,
  from: 2,
  to: 3,
  callId: 4,
  cseq: 5,
  contact: 6,
  expires: 7,
  agent: 8,
  contentLength: 9,
  contentType: 10,
  authorization: 11,
  maxForwards: 12,
} as const;
export type Core = (typeof core)[keyof typeof core];
const coreNames: readonly (readonly [string, Core])[] = [
  ['via', core.via],
  ['from', core.from],
  ['to', core.to],
  ['call-id', core.callId],
  ['cseq', core.cseq],
  ['contact', core.contact],
  ['expires', core.expires],
  ['user-agent', core.agent],
  ['server', core.agent],
  ['content-length', core.contentLength],
  ['content-type', core.contentType],
  ['authorization', core.authorization],
  ['proxy-authorization', core.authorization],
  ['max-forwards', core.maxForwards],
];

export interface HeaderName {
  readonly bytes: Uint8Array;
  readonly core: Core;
  /** Index in the wanted names, or −1. */
  readonly wanted: number;
}

const lowered = Uint8Array.from({ length: 256 }, (_, byte) => lower(byte));

/** Length and first letter tell nearly every name apart; what they leave is compared. */
const keyOf = (bytes: Uint8Array, from: number, to: number): number => (((to - from) & 63) << 5) | (bytes[from]! & 31);

export type HeaderNames = (bytes: Uint8Array, from: number, to: number) => HeaderName | undefined;

/** The last table: thousands of small files ask for the same. */
let known: { readonly key: string; readonly find: HeaderNames } | undefined;

const ofBody = new Set<Core>([core.contentLength, core.contentType]);

/** Finds those headers alone that say what the body is. */
export const createBodyNames = (): HeaderNames => tableOf([], ofBody);

/** Finds a header by its name in bytes; upper and lower case, long and compact form are equal. */
export function createHeaderNames(wanted: readonly string[]): HeaderNames {
  const key = wanted.join('\n');
  if (known?.key !== key) known = { key, find: tableOf(wanted) };
  return known.find;
}

function tableOf(wanted: readonly string[], cores?: ReadonlySet<Core>): HeaderNames {
  const byKey: (readonly HeaderName[] | undefined)[] = new Array(2048).fill(undefined);
  const put = (text: string, entry: Omit<HeaderName, 'bytes'>): void => {
    const bytes = new TextEncoder().encode(text);
    const key = keyOf(bytes, 0, bytes.length);
    byKey[key] = [...(byKey[key] ?? []), { ...entry, bytes }];
  };
  const known = coreNames.filter(([, core]) => cores?.has(core) ?? true);
  for (const name of new Set([...known.map(([text]) => text), ...wanted])) {
    const entry = {
      core: coreNames.find(([text]) => text === name)?.[1] ?? core.none,
      wanted: wanted.indexOf(name),
    };
    put(name, entry);
    for (const [short, long] of compactForms) if (long === name) put(short, entry);
  }
  return (bytes, from, to) => {
    const entries = byKey[keyOf(bytes, from, to)];
    if (!entries) return undefined;
    const length = to - from;
    for (let n = 0; n < entries.length; n++) {
      const entry = entries[n]!;
      const name = entry.bytes;
      if (name.length !== length) continue;
      let match = 0;
      while (match < length && lowered[bytes[from + match]!] === name[match]) match++;
      if (match === length) return entry;
    }
    return undefined;
  };
}
