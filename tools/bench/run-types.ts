import type { Wants } from '../../src/evidence/evidence';

export interface IntakeRun {
  readonly ms: number;
  readonly bytes: number;
  readonly rows: number;
}
export const noWants: Wants = { headers: [], patterns: [] };
