export interface IntakeRun {
  readonly ms: number;
  readonly bytes: number;
  readonly rows: number;
}
