import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule } from '../rule';
import { unreadHits } from '../unread';

const limits = new Set(['budget-reached']);

export default rule({
  id: 'limit-reached',
  rows: ['f.bundle.corrupt'],
  severity: 'warning',
  basis: 'capture-quality',
  confidence: 'certain',
  needs: ['any'],
  find({ evidence }) {
    if (evidence.artifacts.length === 0) return [{ subject: '', missing: ['art.cld.bundle'] }];
    return unreadHits(evidence, limits);
  },
  title: text('Not read in full: {file}', 'Pas lu en entier : {file}'),
  seen: text(
    '{where}: a limit that protects this computer was reached. What lies before was read, what follows was not.',
    '{where} : une limite qui protège ce poste est atteinte. Ce qui précède a été lu, la suite non.',
  ),
  cause: text(
    'The file unpacks to far more than evidence usually does: very large logs, or an archive made to exhaust a computer.',
    'Le fichier se décompresse en bien plus que des pièces habituelles : journaux très volumineux, ou archive faite pour épuiser un poste.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'If the file is trusted, read it again with higher limits in the Evidence view; otherwise collect a shorter period.',
        'Si le fichier est sûr, le relire avec des limites relevées dans la vue Pièces ; sinon, collecter une période plus courte.',
      ),
      step: 'psi.data.08',
    },
  ],
  source: 'EN 5.1',
});

export const examples: Examples = [
  {
    given: { damaged: { 'cld-logs-sbc1.tar.xz': 'budget-reached' } },
    expect: 'found',
    subjects: ['cld-logs-sbc1.tar.xz'],
  },
  // a cut archive is no limit of ours
  { given: { damaged: { 'cld-logs-sbc1.tar.xz': 'truncated-archive' } }, expect: 'clear' },
  { given: {}, expect: 'not-evaluated' },
];
