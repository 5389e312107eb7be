/**
 * The structure above messages, derived from evidence and corrected clocks by `link.ts`; never stored.
 * message → transaction (RFC 3261 §17) → dialog (§12) → leg → call.
 */
import { text, type Text } from '../text/text';
import type { Grouped } from './groups';
import type { Table } from './table';

export const linkSchemas = {
  /** Same top-Via branch, sent-by and CSeq method (ACK counts with its INVITE), RFC 3261 §17.1.3. */
  transactions: {
    method: 'string',
    /** First request and first final response as message rows, −1 = not seen. */
    request: 'i32',
    final: 'i32',
    /** First provisional other than 100. */
    ringing: 'i32',
    ack: 'i32',
    /** Copies of the request beyond the first, duplicates (second sightings) not counted. */
    repeats: 'u32',
    status: 'u16',
    call: 'i32',
    registration: 'i32',
  },
  dialogs: { callId: 'string', fromTag: 'string', toTag: 'string', first: 'u32', messages: 'u32', leg: 'i32' },
  /** One Call-ID. */
  legs: { callId: 'string', first: 'u32', last: 'u32', messages: 'u32', dialogs: 'u32', call: 'i32' },
  /** Evidence that two legs are one call (sip.md §4): weight 60 and more joins them, 30–59 is a suggestion. */
  joins: {
    legA: 'u32',
    legB: 'u32',
    weight: 'u8',
    /** A key of `joinReasons`. */
    reason: 'string',
    /** Name of the header, where that is the reason. */
    header: 'string',
  },
  /** All legs of one call; users, start and outcome are those of its first leg, the caller's side. Times are corrected µs, NaN where it did not happen. */
  calls: {
    first: 'u32',
    last: 'u32',
    legs: 'u32',
    messages: 'u32',
    from: 'string',
    to: 'string',
    start: 'f64',
    /** First 18x. */
    ring: 'f64',
    /** First 2xx to INVITE. */
    answer: 'f64',
    end: 'f64',
    /** Index into `outcomes`. */
    outcome: 'u8',
    finalStatus: 'u16',
  },
  /** Row by row with `Evidence.streams`. */
  streams: {
    /** By the SDP that announced one of its ends; −1 = unknown. */
    call: 'i32',
    leg: 'i32',
    message: 'i32',
    /** Media row of the receiver's SDP, of the sender's own. */
    media: 'i32',
    from: 'i32',
    /** 0 = plain or unknown, 1 = SRTP by SDP, 2 = SRTP by the size of its packets. */
    secure: 'u8',
    /** The stream of another capture that this one shows again. */
    same: 'i32',
    /** The stream of the file before, in a rotated capture, with which this one goes on. */
    continues: 'i32',
    /** Corrected µs. */
    start: 'f64',
    end: 'f64',
  },
  /** One AOR (To of REGISTER) at one registrar host. */
  registrations: {
    aor: 'string',
    host: 'string',
    first: 'u32',
    last: 'u32',
    messages: 'u32',
    attempts: 'u32',
    /** Index into `registrationOutcomes`. */
    outcome: 'u8',
    finalStatus: 'u16',
    /** Granted seconds, −1 unknown. */
    expires: 'i32',
  },
} as const;

export const outcomes = ['incomplete', 'answered', 'cancelled', 'busy', 'rejected', 'timeout', 'in-progress'] as const;
export type CallOutcome = (typeof outcomes)[number];
/** Why two legs are one call. */
export const joinReasons = {
  hand: text('joined by hand', 'reliées à la main'),
  'session-id': text('same Session-ID', 'même Session-ID'),
  header: text('same value of a correlation header', 'même valeur d’un en-tête de corrélation'),
  replaces: text('one names the other in Replaces', 'l’une nomme l’autre dans Replaces'),
  transfer: text('transfer by REFER', 'transfert par REFER'),
  'call-id': text('one Call-ID is made of the other', 'un Call-ID est formé à partir de l’autre'),
  'sdp-address': text('same media address and port', 'mêmes adresse et port de média'),
  'sdp-origin': text('same o= user and session id in SDP', 'mêmes utilisateur et identifiant de session o= du SDP'),
  users: text(
    'same caller and called user at one time through one host',
    'mêmes appelant et appelé au même moment à travers un même hôte',
  ),
  hosts: text('same moment and host only', 'même moment et même hôte seulement'),
} as const satisfies Record<string, Text>;
export type JoinReason = keyof typeof joinReasons;
/** The reason in words; of a header with its name. */
export const joinReason = ({ reason, header }: { readonly reason: JoinReason; readonly header?: string }): Text =>
  header ? { en: `same ${header}`, fr: `même ${header}` } : joinReasons[reason];
export const registrationOutcomes = [
  'unanswered',
  'registered',
  'challenged',
  'rejected',
  'lapsed',
  'removed',
] as const;
export type RegistrationOutcome = (typeof registrationOutcomes)[number];

export type LinkTables = { readonly [Name in keyof typeof linkSchemas]: Table<(typeof linkSchemas)[Name]> };

export interface Links extends LinkTables {
  /** Message rows by corrected time; at equal times a request stands before its response. */
  readonly order: Uint32Array;
  /** Per message: its row in the table, or −1. */
  readonly transactionOf: Int32Array;
  readonly dialogOf: Int32Array;
  readonly legOf: Int32Array;
  readonly callOf: Int32Array;
  readonly registrationOf: Int32Array;
  /** Per message: the message of which it is a second sighting (same bytes, other file or interface, ≤ 50 ms), or −1. */
  readonly duplicateOf: Int32Array;
  /** Per message: the message that it repeats on the wire (retransmission), or −1. */
  readonly repeatOf: Int32Array;
  /** Per artifact: corrected µs until which its capture runs on (rotated files count as one); NaN without messages. */
  readonly coverage: Float64Array;
  /** Message rows of a call, of a registration, of a transaction, in `order`. */
  callMessages(call: number): Uint32Array;
  registrationMessages(registration: number): Uint32Array;
  /** Stream rows of a call, in the order in which they started. */
  callStreams(call: number): Uint32Array;
  transactionMessages(transaction: number): Uint32Array;
  /** The same of all transactions at once. */
  messagesByTransaction(): Grouped;
}
