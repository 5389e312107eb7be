import { levels } from '../evidence/schema';
import type { Histogram, LineQuery } from './desk';
import { wantedRows } from './line-query';
import { chosenRows } from './lines';
import type { Read } from './scan';
import { timeline } from './timeline';
import type { View } from './view';

/**
 * Rows of a query over the time that it asks for, else over the whole timeline. The counts beside the check boxes leave
 * out the choice that they stand for: so they say what ticking a box would bring.
 */
export async function histogram(view: View, query: LineQuery, buckets: number, read: Read): Promise<Histogram> {
  const line = timeline(view);
  const from = query.from ?? line.from;
  const to = query.to ?? line.to;
  const { test, unsearched, refused } = await wantedRows(view, query, read);
  const { levels: wantedLevels, artifacts: wantedArtifacts, ...rest } = query;
  const inTime = chosenRows(line, rest);
  const inLevel = chosenRows(line, wantedLevels ? { levels: wantedLevels } : {});
  const inArtifact = chosenRows(line, wantedArtifacts ? { artifacts: wantedArtifacts } : {});
  const result = {
    from,
    to,
    all: new Uint32Array(buckets),
    errors: new Uint32Array(buckets),
    warnings: new Uint32Array(buckets),
    levels: new Uint32Array(levels.length),
    artifacts: new Uint32Array(view.evidence.artifacts.length),
    total: line.length,
    unsearched,
    refused,
  };
  const width = to > from ? (to - from) / buckets : 1;
  for (let row = 0; row < line.length; row++) {
    if (!inTime(row) || (test && !test(row))) continue;
    const level = line.level(row);
    const [levelChosen, artifactChosen] = [inLevel(row), inArtifact(row)];
    if (artifactChosen) result.levels[level]!++;
    if (levelChosen) result.artifacts[line.artifact(row)]!++;
    if (!levelChosen || !artifactChosen) continue;
    const time = line.time(row);
    if (!(time >= from && time <= to)) continue;
    const bucket = Math.min(buckets - 1, Math.floor((time - from) / width));
    result.all[bucket]!++;
    if (level >= 5) result.errors[bucket]!++;
    else if (level === 4) result.warnings[bucket]!++;
  }
  return result;
}
