import type { Pool, StringTable } from '../base/strings';
import type { Text, Values } from '../text/text';
import type { ReportTime } from './reports';
import type { Tables } from './schema';

/** What the user dropped or opened. `sha256` in lower-case hex is its identity: the same bytes are one source. */
export interface Source {
  readonly sha256: string;
  readonly name: string;
  readonly bytes: number;
  /** Further names under which the same bytes came. */
  readonly alias?: readonly string[];
  /** µs when the file was last written, where the computer says so: orders reports, which hold no time of their own. */
  readonly modified?: number;
  /** Only the beginning of a file that is still being read; `bytes` and `sha256` are those of the beginning. */
  readonly firstLook?: true;
}

export type Confidence = 'certain' | 'likely' | 'hint';

/** One file as far as it was told apart: the source itself, a member of a container, a decompressed stream. */
export interface Artifact {
  /** Index of the container in `artifacts`, −1 for a source. */
  readonly parent: number;
  /** Path with containers joined by `!/`: `bundle.tar.xz!/var/log/cld/cld.log`. */
  readonly path: string;
  /** Kind id, container id (`xz`, `tar`, …) or `unrecognised`. */
  readonly kind: string;
  readonly confidence: Confidence;
  /** Why this kind. */
  readonly reason: Text;
  readonly reasonValues?: Values;
  /** The `art.*` rows of the guides that it answers. */
  readonly provides: readonly string[];
  /** Further rows that it may answer: clues that prove nothing, for a person to confirm. */
  readonly maybe?: readonly string[];
  readonly bytes: number;
  readonly sha256?: string;
  /** Records read: packets, lines, rows. */
  readonly records: number;
  /** First and last own time, µs as written; NaN where it has none. */
  readonly first: number;
  readonly last: number;
  /** How the times were written: `zoned` (with offset, or epoch), `local` (without), `none`. */
  readonly clock: 'zoned' | 'local' | 'none';
  /** Host that wrote it, where the bytes say so. */
  readonly host?: string;
  /** Kind-specific counts, for captures those of headless.md. */
  readonly capture?: CaptureCounts;
  readonly note?: Text;
}

export interface CaptureCounts {
  readonly packets: number;
  readonly truncatedPackets: number;
  readonly sipMessages: number;
  readonly callIds: number;
  readonly requests: Readonly<Record<string, number>>;
  readonly responses: Readonly<Record<string, number>>;
  readonly rtpStreams: number;
  readonly linkTypes: readonly number[];
  readonly tlsFlows: number;
}

/** Something that could not be read: what was read before it is kept. */
export interface Problem {
  readonly artifact: number;
  readonly code: string;
  readonly offset: number;
  readonly detail: string;
}

/** A fact that a reader found in the bytes (`facts/list.ts` names the keys). */
export interface SeenFact {
  readonly artifact: number;
  readonly key: string;
  readonly value: string;
  readonly offset: number;
  readonly length: number;
}

/** All that intake reads out of one source; crosses from an intake worker by transfer, and is what a session stores. */
export interface Harvest {
  readonly source: Source;
  readonly artifacts: readonly Artifact[];
  readonly tables: Tables;
  readonly strings: StringTable;
  readonly problems: readonly Problem[];
  readonly facts: readonly SeenFact[];
}

/** Everything read so far, joined in an order that does not depend on the order of arrival. Immutable. */
export interface Evidence extends Tables {
  readonly sources: readonly Source[];
  readonly artifacts: readonly Artifact[];
  /** Index into `sources` of each artifact. */
  readonly sourceOf: Uint32Array;
  readonly strings: Pool;
  readonly problems: readonly Problem[];
  readonly facts: readonly SeenFact[];
  /** Comparison reports by age as the desk found it, a person's word included; `reports.ts` reads it. */
  readonly reportOrder?: readonly ReportTime[];
}

/** A place in the evidence. `row`, `line`, `packet` count from 1 and are for people; the span is for the program. */
export interface At {
  readonly artifact: number;
  readonly offset: number;
  readonly length: number;
  readonly row?: number;
  readonly line?: number;
  readonly packet?: number;
}

/** What rules and views ask the readers to keep, collected over the registries before reading starts. */
export interface Wants {
  /** Header names in lower case long form whose values go to `fields`. */
  readonly headers: readonly string[];
  /** Patterns looked for in log lines; linear regular expressions, case as written. */
  readonly patterns: readonly { readonly id: string; readonly regex: RegExp }[];
}
