/** Types of the intake: one dropped file in, one harvest out. `run.ts` does it. */
import type { Harvest } from '../evidence/evidence';
import type { Packed } from './packed';

/**
 * Limits on hostile or huge input. Reaching one keeps what was read and says so loudly (`budget-reached`); a person may
 * raise them once for a source. A reader that falls silent is ended by the pool.
 */
export interface Budget {
  /** Unpacked bytes of one source, of one member. */
  readonly maxOut: number;
  readonly maxEntry: number;
  readonly maxEntries: number;
  readonly maxDepth: number;
  /** Out : in, counted for members above 64 MiB; above 256 MiB a fifth of it. */
  readonly maxRatio: number;
  readonly maxPath: number;
  /** Seconds of one source. */
  readonly maxSeconds: number;
}
export const defaultBudget: Budget = {
  maxOut: 8 * 2 ** 30,
  maxEntry: 4 * 2 ** 30,
  maxEntries: 50_000,
  maxDepth: 4,
  maxRatio: 1000,
  maxPath: 1024,
  maxSeconds: 1200,
};
export const raisedBudget: Budget = {
  maxOut: 64 * 2 ** 30,
  maxEntry: 32 * 2 ** 30,
  maxEntries: 500_000,
  maxDepth: 8,
  maxRatio: 10_000,
  maxPath: 4096,
  maxSeconds: 4 * 3600,
};

/** What is packed tightly must not keep the whole waiting. */
export const firstLookBudget: Budget = { ...defaultBudget, maxOut: 64 * 2 ** 20, maxSeconds: 5 };

/** By kind id: heading as written → column, as a person matched them; empty = none of them. */
export type Mappings = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface IntakeOrder {
  /** Name, with folders where a folder was dropped. */
  readonly path: string;
  readonly blob: Blob;
  /** Kinds set by hand, by artifact path. */
  readonly kinds?: Readonly<Record<string, string>>;
  readonly columns?: Mappings;
  /** SIP headers that a person named: their values are kept beside those that rules want. */
  readonly headers?: readonly string[];
  /** By default `defaultBudget`, or `raisedBudget` where a person raised the limits of the source. */
  readonly budget?: Budget;
  readonly raised?: boolean;
  /** Only the beginning of a file, ahead of the whole: small limits. */
  readonly firstLook?: true;
  /** Keep the unpacked bytes of members (views show them); the bytes of the source itself are always at hand. */
  readonly keepBytes: boolean;
  /** Give `sha256` for every artifact, not only the source. */
  readonly digests?: boolean;
  /** Bytes read from the blob at once; tests make it small. */
  readonly sliceSize?: number;
}

export interface IntakeProgress {
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** The member being read. */
  readonly path: string;
}

export interface IntakeResult {
  readonly harvest: Harvest;
  /**
   * Unpacked bytes by artifact index of the harvest: parts of the source where they lie in it as they are, the others
   * packed anew; `contentOf` reads both.
   */
  readonly blobs: readonly (Blob | undefined)[];
  readonly packed?: Packed;
  /** µs-free wall times in ms, for `analyze`. */
  readonly timing: { readonly unpackMs: number; readonly parseMs: number };
}
