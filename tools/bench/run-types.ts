export interface IntakeRun {
  readonly ms: number;
  readonly bytes: number;
  readonly rows: number;
}

/**
 * Milliseconds: `firstCalls` until rows of calls stand there by the first look, `read` until the tables are made,
 * `analysis` from there to findings and the first rows of all calls.
 */
export interface CaptureRun {
  readonly ms: number;
  readonly firstCalls: number;
  readonly read: number;
  readonly analysis: number;
  readonly rows: number;
  readonly calls: number;
}

/** Milliseconds. */
export interface UsersRun {
  readonly rows: number;
  readonly papa: number;
  readonly parse: number;
  readonly rules: number;
  /** Merging, links and rules. */
  readonly analysis: number;
  readonly asked: Readonly<Record<string, number>>;
}
