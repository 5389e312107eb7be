/** Problems by which part of a dropped file was not read: a hit for each source. */
import type { Evidence, Problem } from '../evidence/evidence';
import { sourceNameOf } from './hosts';
import type { Hit } from './rule';
import { shownPlaces } from './users';

/** Values: `file`, the source; `where` and `offset` of its first problem. */
export function unreadHits(evidence: Evidence, codes: ReadonlySet<string>): readonly Hit[] {
  const { artifacts, problems } = evidence;
  const sources = new Map<string, Problem[]>();
  for (const problem of problems) {
    if (!codes.has(problem.code)) continue;
    const source = sourceNameOf(evidence, problem.artifact);
    sources.set(source, [...(sources.get(source) ?? []), problem]);
  }
  return [...sources].map(([file, own]): Hit => {
    const [first] = own;
    return {
      subject: file,
      at: own.slice(0, shownPlaces).map(({ artifact, offset }) => ({
        artifact,
        offset: Math.min(offset, artifacts[artifact]!.bytes),
        length: 0,
      })),
      count: own.length,
      values: { file, where: artifacts[first!.artifact]!.path, offset: first!.offset },
    };
  });
}
