export interface IntakeRun {
  readonly ms: number;
  readonly bytes: number;
  readonly rows: number;
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
