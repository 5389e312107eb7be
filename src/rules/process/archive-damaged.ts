import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule } from '../rule';
import { unreadHits } from '../unread';

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
    const { artifacts } = evidence;
    const containers = new Set(artifacts.map(({ parent }) => parent));
    const archives = artifacts.some((artifact, n) => containers.has(n) || archiveKinds.has(artifact.kind));
    const hits = unreadHits(evidence, damages);
    return archives || hits.length > 0 ? hits : [{ subject: '', missing: ['art.cld.bundle'] }];
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
