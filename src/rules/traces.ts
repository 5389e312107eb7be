/** How rules read transcripts of consoles: what was started and stopped, in the order of its lines. */
import type { At, Evidence } from '../evidence/evidence';

export interface Move {
  readonly trace: string;
  readonly move: string;
  readonly at: At;
}

/** By transcript. */
export function transcripts({ facts }: Evidence): ReadonlyMap<number, readonly Move[]> {
  const byArtifact = new Map<number, Move[]>();
  for (const { key, value, artifact, offset, length } of facts) {
    if (key !== 'trace') continue;
    const colon = value.lastIndexOf(': ');
    const move = { trace: value.slice(0, colon), move: value.slice(colon + 2), at: { artifact, offset, length } };
    const own = byArtifact.get(artifact);
    if (own) own.push(move);
    else byArtifact.set(artifact, [move]);
  }
  return byArtifact;
}

export const starts = ({ move }: Move): boolean => move === 'on' || move === 'started';
