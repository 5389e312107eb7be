/**
 * What the analysis worker offers: it holds the evidence of the open session, derives clocks, links and findings, and
 * hands each view the rows that are on the screen. The same desk runs in Node for tests and the headless command.
 * Everything here crosses a worker boundary: plain data, typed arrays, Blobs.
 */
import type { More, Searchable, SearchFile } from './search';
import type { Artifact, At, Problem, Source } from '../evidence/evidence';
import type { ClockOf } from '../evidence/clock';
import type { Estimate } from '../evidence/mos';
import type { Subscription } from '../evidence/subscriptions';
import type { Change } from '../evidence/report-diff';
import type { ReportTime } from '../evidence/reports';
import type { CallOutcome, JoinReason, RegistrationOutcome } from '../evidence/links';
import type { Declared, Facts, HostRole } from '../facts/facts';
import type { Finding } from '../rules/evaluate';
import type { Text, Values } from '../text/text';
import type { Notes } from '../session/notes';
import type { SessionSummary, Storage } from '../session/store';

export type { Notes } from '../session/notes';

/** The small whole that the interface always holds; replaced after each change (`revision` grows). */
export interface CaseState {
  readonly revision: number;
  /** The kept session, undefined while it lives in memory only. */
  readonly session?: { readonly id: string; readonly readOnly: boolean };
  readonly sources: readonly Source[];
  /** Sources of the stored session that wait for being read again: other readers stored them. */
  readonly unread?: readonly Source[];
  readonly artifacts: readonly ArtifactView[];
  readonly problems: readonly Problem[];
  readonly facts: Facts;
  readonly declared: Declared;
  readonly findings: readonly Finding[];
  /** `art.*` ids answered by what is loaded. */
  readonly provided: readonly string[];
  /** The piece that would let most rules run, for the sentence where nothing was found. */
  readonly nextPiece?: string;
  /** Zone in which times are shown. */
  readonly zone: string;
  readonly counts: Readonly<Record<'calls' | 'registrations' | 'messages' | 'lines' | 'users' | 'events', number>>;
  readonly notes: Notes;
  /** Hosts that SIP was seen of, busiest first, with the role that their traffic shows. */
  readonly hosts: readonly { readonly address: string; readonly role?: HostRole }[];
}

export interface ArtifactView extends Artifact {
  readonly source: number;
  readonly clockOf: ClockOf;
  /** Corrected µs; NaN where none. */
  readonly from: number;
  readonly to: number;
  readonly problemCount: number;
  readonly excluded: boolean;
}

/** A user, number, Call-ID, host or time window pinned on top; every view narrows to it. */
export type Focus =
  | { readonly kind: 'user'; readonly label: string; readonly values: readonly string[] }
  | { readonly kind: 'number' | 'id' | 'host'; readonly label: string; readonly values: readonly string[] }
  | { readonly kind: 'time'; readonly label: string; readonly from: number; readonly to: number };

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}
export interface Query {
  /** Filter language of the view: `key:value` terms and plain words, all must hold. */
  readonly filter?: string;
  readonly sort?: Sort;
  readonly focus?: readonly Focus[];
}

/** Of the worst stream of a call: share lost (0–1), mean jitter in µs and estimated MOS, NaN where unknown. */
export interface CallQuality {
  readonly streams: number;
  readonly loss: number;
  readonly jitter: number;
  readonly mos: number;
  readonly codecs: string;
}
export interface CallRow {
  readonly row: number;
  readonly callIds: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly start: number;
  readonly outcome: CallOutcome;
  readonly finalStatus: number;
  /** µs; NaN where it did not happen. */
  readonly setup: number;
  /** Session disconnect delay (RFC 6076 §4.4), µs, NaN = none. */
  readonly disconnect: number;
  readonly duration: number;
  readonly legs: number;
  readonly messages: number;
  /** Indexes into `CaseState.findings`. */
  readonly findings: readonly number[];
  readonly hosts: readonly string[];
  readonly quality?: CallQuality;
}
export interface RegistrationRow {
  readonly row: number;
  readonly aor: string;
  readonly host: string;
  readonly contact: string;
  readonly outcome: RegistrationOutcome;
  readonly finalStatus: number;
  readonly attempts: number;
  readonly expires: number;
  readonly start: number;
  readonly end: number;
  /** Registration request delay (RFC 6076 §4.1), µs, NaN = none; attempts that failed (§4.2). */
  readonly delay: number;
  readonly ineffective: number;
  readonly findings: readonly number[];
}

/** What a ladder is drawn of: a call, a registration, or all messages of a focus. */
export interface LadderOf {
  readonly kind: 'call' | 'registration';
  readonly row: number;
  /** Capture (artifact) whose sighting is drawn where a message was seen several times; the first one otherwise. */
  readonly point?: number;
}
export interface Ladder {
  readonly title: { readonly from: string; readonly to: string };
  readonly lanes: readonly LadderLane[];
  readonly messages: readonly LadderMessage[];
  /** Log lines, events and findings that speak for the same time and hosts. */
  readonly notes: readonly LadderNote[];
  /** Log records and events of that time that are not among the notes for want of room. */
  readonly notesLeft: number;
  readonly legs: readonly LadderLeg[];
  /** One a call, the strongest first. */
  readonly suggested: readonly LegSuggestion[];
  /** Media between lanes, in the order in which they started; what a second capture saw again is left out. */
  readonly streams: readonly LadderStream[];
  /** Captures that saw its messages, the first one first. */
  readonly points: readonly number[];
  readonly call?: CallRow;
  readonly registration?: RegistrationRow;
}
export interface LadderLeg {
  readonly callId: string;
  readonly letter: string;
  /** The leg it hangs on and why, by the strongest joins of the call seen from its first leg. */
  readonly joined?: LegJoin;
}
export interface LegJoin {
  /** Index in `legs`. */
  readonly leg: number;
  readonly reason: JoinReason;
  readonly weight: number;
  /** The header whose value both have, where that is the reason. */
  readonly header?: string;
}
/** A leg of another call that something too weak to join speaks for. */
export interface LegSuggestion extends LegJoin {
  readonly call: number;
  readonly callId: string;
  readonly from: string;
  readonly to: string;
}
/** Which side of an MBG (set, ICP) or of an OpenScape SBC (access, core) an address is. */
export type LaneSide = 'set' | 'icp' | 'access' | 'core';
export interface LadderLane {
  /** Address, or `address:port` where a host that talks to itself is split by port. Unique in the ladder. */
  readonly host: string;
  /** Further addresses that a person gave the same name. */
  readonly also?: readonly string[];
  /** Name given by a person; empty = none. */
  readonly name: string;
  readonly ports: readonly number[];
  readonly role?: HostRole;
  readonly side?: LaneSide;
}
export interface LadderMessage {
  /** Message row: the id for `message()`. */
  readonly row: number;
  readonly time: number;
  readonly from: number;
  readonly to: number;
  readonly method: string;
  readonly status: number;
  readonly reason: string;
  readonly cseq: number;
  /** Index in `legs`; −1 outside the call (a registration of its parties). */
  readonly leg: number;
  readonly transaction: number;
  readonly dialog: number;
  /** Codec / SDP / expiry summary in plain words. */
  readonly summary: string;
  readonly transport: string;
  /** Index in `messages` of the message it repeats or duplicates, −1 = itself an original. */
  readonly repeats: number;
  readonly sightings: number;
  /** Found in a log that does not say who sent it: told from Via and Contact. */
  readonly inferred: boolean;
}
export interface LadderStream {
  readonly stream: StreamRow;
  /** Indexes in `lanes`, in `legs` (−1 = none). */
  readonly from: number;
  readonly to: number;
  readonly leg: number;
  /** µs after its start until the other way begins, or since it ended; NaN where media run both ways all along. */
  readonly alone: number;
}
/** Something that packets tell beside SIP, in words that the view has. */
export interface LadderMark {
  readonly what:
    | 'dtmf'
    | 'tls'
    | 'tls-silent'
    | 'alert'
    | 'refused'
    | 'reset'
    | 'name-silent'
    | 'name-unknown'
    | 'fragments'
    | 'hole'
    | 'comment';
  readonly values: Values;
}
export interface LadderNote {
  readonly time: number;
  readonly lane: number;
  readonly kind: 'line' | 'event' | 'finding' | 'mark';
  readonly mark?: LadderMark;
  readonly level: number;
  readonly source: string;
  readonly text: string;
  /** Row of the merged timeline. */
  readonly line?: number;
  readonly finding?: number;
  /** Index in `messages` of the message that the finding names. */
  readonly message?: number;
}
/** Two hosts of which one asks the other by OPTIONS whether it lives; times are corrected µs. */
export interface PeerRow {
  readonly row: number;
  readonly source: string;
  readonly target: string;
  readonly asked: number;
  readonly answered: number;
  /** Status of the last answer, 0 = none. */
  readonly status: number;
  readonly isUp: boolean;
  readonly start: number;
  readonly end: number;
  /** Three questions in a row without an answer; `to` is NaN while it lasts. */
  readonly outages: readonly { readonly from: number; readonly to: number; readonly asked: number }[];
  readonly messages: readonly number[];
}
/** A subscription (RFC 6665) with its state over time. */
export interface SubscriptionRow extends Subscription {
  readonly row: number;
  readonly start: number;
  readonly end: number;
}
/** One media stream of a call, as one capture saw it. */
export interface StreamRow {
  /** Row in `Evidence.streams`. */
  readonly row: number;
  readonly call: number;
  /** Message and media row of the SDP that announced it, −1 = none. */
  readonly message: number;
  readonly media: number;
  readonly artifact: number;
  /** Frame number of its first packet, and where that lies. */
  readonly packet: number;
  readonly offset: number;
  readonly length: number;
  readonly source: string;
  readonly target: string;
  readonly sourcePort: number;
  readonly targetPort: number;
  readonly kind: 'rtp' | 't38';
  readonly ssrc: number;
  /** 255 = none. */
  readonly payloadType: number;
  /** `PCMA/8000`; empty where no SDP names it. */
  readonly codec: string;
  readonly formats: string;
  /** Corrected µs. */
  readonly start: number;
  readonly end: number;
  readonly packets: number;
  readonly lost: number;
  /** Mean and largest, µs; NaN where the clock of the codec is unknown. */
  readonly jitter: number;
  readonly jitterMax: number;
  readonly reordered: number;
  readonly duplicates: number;
  /** Longest wait between two packets, µs. */
  readonly deltaMax: number;
  readonly gaps: number;
  readonly longestGap: number;
  readonly resets: number;
  /** Milliseconds of sound in a packet by RTP time, NaN = unknown. */
  readonly ptime: number;
  readonly dscp: number;
  readonly digits: string;
  readonly tones: readonly { readonly time: number; readonly digit: string; readonly duration: number }[];
  /** When packets are missing, in slices of its time. */
  readonly losses: readonly { readonly start: number; readonly end: number; readonly packets: number }[];
  readonly secure: boolean;
  /** Estimate after G.107 with the values of G.113; undefined for codecs without. */
  readonly mos?: Estimate;
  /** What its receiver or sender reported by RTCP: share lost (0–1), XR values where sent. */
  readonly reported?: {
    readonly fraction: number;
    readonly lost: number;
    readonly mosListening: number;
    readonly mosConversational: number;
    readonly roundTrip: number;
  };
  /** The same stream seen in another capture: its row, −1 = none. */
  readonly same: number;
}
/** Calls and registrations whose packets are asked for. */
export interface CaptureOf {
  readonly calls: readonly number[];
  readonly registrations: readonly number[];
  /** The packets as they are; else secrets are overwritten and media lose what was said. */
  readonly original?: boolean;
}
export interface CaptureExport {
  /** pcapng. */
  readonly blob: Blob;
  readonly packets: number;
  /** Of them, packets that carry media. */
  readonly media: number;
  /** Packets for which there was no room. */
  readonly left: number;
  /** Messages that do not lie in a capture, such as those found in logs. */
  readonly elsewhere: number;
}
export interface MessageDetail {
  readonly row: number;
  readonly raw: string;
  /** True where secrets were overwritten in `raw` (it is always masked; the bytes in the file are not touched). */
  readonly masked: boolean;
  readonly artifact: number;
  readonly packet: number;
  readonly offset: number;
  readonly length: number;
  readonly time: number;
  readonly source: string;
  readonly target: string;
  /** What its bodies are. */
  readonly bodies: readonly Text[];
  /** Found in a text: who sent it is told from the message alone; its time is written in whole seconds. */
  readonly inferred: boolean;
  readonly coarse: boolean;
  /** The bytes behind `raw`, masked alike. */
  readonly bytes: Uint8Array;
  /** Every sighting of this message, the first one first. */
  readonly seen: readonly Sighting[];
}
export interface Sighting {
  readonly artifact: number;
  readonly packet: number;
  readonly offset: number;
  /** Corrected µs. */
  readonly time: number;
}

export interface UserRow {
  readonly row: number;
  readonly name: string;
  readonly email: string;
  readonly licenses: string;
  readonly status: string;
  /** Numbers of the SIP phones of the desktop and the mobile client. */
  readonly desktop: string;
  readonly mobile: string;
  readonly clUserId: string;
  readonly zmUserId: string;
  readonly desktopId: string;
  readonly mobileId: string;
  readonly issues: readonly { readonly code: string; readonly known: string }[];
  /** The missing licence stopped the other checks. */
  readonly notChecked: boolean;
  readonly damaged: boolean;
  /** Joined from captures and events. */
  readonly registration?: {
    readonly outcome: RegistrationOutcome;
    readonly status: number;
    readonly time: number;
    readonly row: number;
    /** Registrar. */
    readonly host: string;
  };
  /** Entry of a listing of registered phones. */
  readonly listed?: {
    readonly contact: string;
    readonly agent: string;
    readonly status: string;
    /** Seconds left, −1 = not told. */
    readonly expires: number;
    readonly artifact: number;
    readonly line: number;
    readonly offset: number;
  };
  /** Rows of the same person under a platform suffix of Zoom; their codes are not counted. */
  readonly folded: readonly {
    readonly email: string;
    readonly csvRow: number;
    readonly offset: number;
    readonly codes: readonly string[];
  }[];
  readonly calls: number;
  readonly failedCalls: number;
  readonly pushes: number;
  readonly failedPushes: number;
  readonly events: number;
  /** Of them from two hours before the incident to its end. */
  readonly nearEvents: number;
  readonly artifact: number;
  readonly csvRow: number;
  readonly at: At;
  readonly findings: readonly number[];
}
export interface UserSummary {
  /** People; `rows` of the report are people and folded rows. */
  readonly total: number;
  readonly rows: number;
  readonly withIssues: number;
  readonly notChecked: number;
  /** Most frequent first; `known` is empty where the guides have no such code. */
  readonly issues: readonly { readonly code: string; readonly known: string; readonly users: number }[];
  /** Reports, newest first: the first one is shown. */
  readonly reports: readonly (ReportTime & { readonly rows: number })[];
  /** Artifacts whose columns a person should match. */
  readonly layouts: readonly number[];
}

/** Two reports compared: counts by change and code. */
export interface DiffSummary {
  readonly older: number;
  readonly newer: number;
  /** People in both, in the newer only, in the older only. */
  readonly both: number;
  readonly added: number;
  readonly removed: number;
  readonly respelled: number;
  readonly codes: readonly {
    readonly change: Change;
    readonly code: string;
    readonly known: string;
    readonly people: number;
  }[];
}
/** One cell of a comparison: a change of a code, or people who came or went. */
export type DiffPart = { readonly change: Change; readonly code: string } | 'added' | 'removed' | 'respelled';
export interface DiffPerson {
  readonly email: string;
  readonly name: string;
  /** Codes of the older and the newer report; undefined where the person does not stand in it. */
  readonly was: readonly string[] | undefined;
  readonly now: readonly string[] | undefined;
  /** The spelling of the older report where it differs. */
  readonly before?: string;
}

/** How the columns of a report or listing were understood, for asking a person. */
export interface Layout {
  readonly artifact: number;
  readonly kind: string;
  /** Columns that a part can be. */
  readonly columns: readonly string[];
  readonly parts: readonly { readonly name: string; readonly column: string; readonly samples: readonly string[] }[];
}

/** A row of the merged timeline: a log record, a SIP message, an event, or a silence of all sources between two rows. */
export interface LineRow {
  readonly row: number;
  readonly kind: 'line' | 'message' | 'event' | 'silence';
  readonly time: number;
  /** Index into `levels` of the schema. */
  readonly level: number;
  readonly artifact: number;
  /** Line number, frame number or CSV row, from 1. */
  readonly number: number;
  /** Masked; a record of several lines keeps its line breaks, a long one is cut. */
  readonly text: string;
  /** Row of the table of its kind. */
  readonly ref: number;
  /** Correlation id of a line, Call-ID of a message. */
  readonly id: string;
  readonly at: At;
  /** µs of a silence, else 0. */
  readonly duration: number;
}
export interface LineQuery extends Query {
  readonly levels?: readonly number[];
  readonly artifacts?: readonly number[];
  readonly from?: number;
  readonly to?: number;
  /** Rows for silences of all sources among the rows asked for. */
  readonly silences?: boolean;
}
/** Rows of a query over time, and the counts that stand beside its check boxes. */
export interface Histogram {
  readonly from: number;
  readonly to: number;
  /** Rows per bucket, all, error and warning level. */
  readonly all: Uint32Array;
  readonly errors: Uint32Array;
  readonly warnings: Uint32Array;
  /** Rows per level, whatever levels are chosen; per artifact, whatever artifacts are chosen. */
  readonly levels: Uint32Array;
  readonly artifacts: Uint32Array;
  /** Rows of the whole timeline, and rows whose text could not be looked at. */
  readonly total: number;
  readonly unsearched: number;
  /** A part of the filter that was not understood, as typed. */
  readonly refused: readonly string[];
}

export interface KindName {
  readonly id: string;
  readonly name: Text;
  readonly container: boolean;
}

/** The desk. Queries give row numbers (transferred); rows are described only for the window on the screen. */
export interface Desk {
  /** The whole of a file whose beginning is shown does not come. */
  endFirstLook(name: string): Promise<CaseState>;
  alias(sha256: string, name: string): Promise<CaseState>;
  remove(sha256: string): Promise<CaseState>;
  declare(facts: Declared): Promise<CaseState>;
  note(notes: Partial<Notes>): Promise<CaseState>;
  state(): Promise<CaseState>;

  calls(query: Query): Promise<Uint32Array>;
  callRows(rows: readonly number[]): Promise<CallRow[]>;
  registrations(query: Query): Promise<Uint32Array>;
  registrationRows(rows: readonly number[]): Promise<RegistrationRow[]>;
  ladder(of: LadderOf): Promise<Ladder>;
  peers(): Promise<readonly PeerRow[]>;
  subscriptions(): Promise<readonly SubscriptionRow[]>;
  /** Media streams of a call; −1 = those that no call announced. In the order in which they started. */
  streams(call: number): Promise<readonly StreamRow[]>;
  message(row: number): Promise<MessageDetail>;
  /** The packets of calls as a capture of their own. */
  capture(of: CaptureOf): Promise<CaptureExport>;
  users(query: Query): Promise<Uint32Array>;
  userRows(rows: readonly number[]): Promise<UserRow[]>;
  userSummary(): Promise<UserSummary>;
  /** What changed between two reports, given as artifacts. */
  reportDiff(older: number, newer: number): Promise<DiffSummary>;
  diffPeople(older: number, newer: number, part: DiffPart): Promise<DiffPerson[]>;
  layout(artifact: number): Promise<Layout | undefined>;
  lines(query: LineQuery): Promise<Uint32Array>;
  lineRows(rows: readonly number[]): Promise<LineRow[]>;
  histogram(query: LineQuery, buckets: number): Promise<Histogram>;
  /** Kinds and containers by name. */
  kinds(): Promise<readonly KindName[]>;
  /** Where a place in the evidence stands in its view. */
  locate(at: At): Promise<Location | undefined>;
  /** Sessions. `storage` says whether this browser can keep any; everything else works without. */
  storage(): Promise<Storage>;
  sessions(): Promise<SessionSummary[]>;
  /** Keeps the open session from now on. */
  keep(): Promise<CaseState>;
  open(id: string): Promise<CaseState>;
  /** Forgets the open session here; a kept one stays stored. */
  close(): Promise<CaseState>;
  rename(id: string, title: string): Promise<void>;
  duplicate(id: string): Promise<void>;
  /** Removes a session and gives the bytes that this browser still holds of it (0). */
  erase(id: string): Promise<number>;
  eraseAll(): Promise<number>;
  /** One `.psiscope` file of the open session. */
  exported(): Promise<Blob>;
  /** The dropped originals of the open session, for reading them again. */
  originals(): Promise<readonly { readonly name: string; readonly blob: Blob }[]>;

  /** The files that a search in everything looks at. */
  searchables(): Promise<readonly Searchable[]>;
  /** With their content, of large ones its beginning; `searchPart` gives what follows. */
  searchFiles(files: readonly Searchable[]): Promise<readonly SearchFile[]>;
  searchPart: More;
  /** Unpacked bytes of an artifact. */
  bytes(artifact: number, offset: number, length: number): Promise<Uint8Array>;
  blob(artifact: number): Promise<Blob>;
}

/** `row` is a row of the view's own table. */
export type Location =
  | { readonly view: 'calls'; readonly call: number; readonly message: number }
  | { readonly view: 'registrations'; readonly registration: number; readonly message: number }
  | { readonly view: 'users'; readonly row: number }
  | { readonly view: 'logs'; readonly row: number }
  | { readonly view: 'evidence'; readonly artifact: number; readonly offset: number };
