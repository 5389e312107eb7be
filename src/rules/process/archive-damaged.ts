import type { Problem } from '../../evidence/evidence';
import { text } from '../../text/text';
import type { Examples } from '../example';
import { sourceNameOf } from '../hosts';
import { rule, type Hit } from '../rule';
import { shownPlaces } from '../users';

/** What was cut or damaged, not what we do not read; an empty member is a freshly rotated log. */
const damages = new Set(['truncated-archive', 'corrupt-archive']);

export default rule({
  id: 'archive-damaged',
  rows: ['f.bundle.corrupt'],
  severity: 'warning',
  basis: 'capture-quality',
  confidence: 'certain',
  needs: ['any'],
  find({ evidence }) {
    const { artifacts, problems } = evidence;
    const containers = new Set(artifacts.map(({ parent }) => parent));
    const archives = artifacts.some((artifact, n) => containers.has(n) || archiveKinds.has(artifact.kind));
    const sources = new Map<string, Problem[]>();
    for (const problem of problems) {
      if (!damages.has(problem.code)) continue;
      const source = sourceNameOf(evidence, problem.artifact);
      sources.set(source, [...(sources.get(source) ?? []), problem]);
    }
    if (!archives && sources.size === 0) return [{ subject: '', missing: ['art.cld.bundle'] }];
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
  },
  explains: [{ row: 'f.cld.not_covered', when: 'always' }],
  title: text('Archive truncated or damaged: {file}', 'Archive tronquée ou endommagée : {file}'),
  seen: text(
    '{file}: {where} ends early or is damaged at byte {offset}. What lies before was read.',
    '{file} : {where} s’arrête trop tôt ou est endommagé à l’octet {offset}. Ce qui précède a été lu.',
  ),
  cause: text(
    'The download or upload was cut, or the disk was full when the archive was made: files behind that place are missing.',
    'Le transfert a été coupé, ou le disque était plein à la création de l’archive : les fichiers situés après manquent.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Collect the archive again and compare its size on both sides.',
        'Collecter à nouveau l’archive et comparer sa taille des deux côtés.',
      ),
      step: 'psi.data.08',
    },
  ],
  source: 'EN 5.1',
});

const archiveKinds = new Set(['xz', 'gzip', 'tar', 'zip', 'bzip2', 'zstd', 'lzma']);

export const examples: Examples = [
  {
    given: { damaged: { 'cld-logs-sbc1.tar.xz': 'truncated-archive' } },
    expect: 'found',
    subjects: ['cld-logs-sbc1.tar.xz'],
  },
  // trailing bytes are no damage
  { given: { damaged: { 'cld-logs-sbc1.tar.xz': 'trailing-bytes' } }, expect: 'clear' },
  { given: { log: ['08:00:00 INFO started'] }, expect: 'not-evaluated' },
];
