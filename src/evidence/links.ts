/**
 * The structure above messages, derived from evidence and corrected clocks by `link.ts`; never stored.
 * message → transaction (RFC 3261 §17) → dialog (§12) → leg → call.
 */
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
  /** All legs of one call. Times are corrected µs, NaN where it did not happen. */
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
  transactionMessages(transaction: number): Uint32Array;
}
