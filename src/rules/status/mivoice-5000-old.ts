import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule } from '../rule';
import { below } from '../versions';

export default rule({
  id: 'mivoice-5000-old',
  rows: ['f.ver.mv5000'],
  severity: 'blocker',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: [],
  facts: ['versions'],
  pbx: ['mv5000'],
  find: ({ facts }) => below(facts, 'mv5000', '8.3'),
  title: text('MiVoice 5000 below 8.3: {version}', 'MiVoice 5000 inférieur à 8.3 : {version}'),
  seen: text(
    'MiVoice 5000 is {version}; the integration needs {minimum}.',
    'Le MiVoice 5000 est en {version} ; l’intégration demande {minimum}.',
  ),
  cause: text(
    'The deployment guide sets this minimum: with an older version the integration is not foreseen.',
    'Le guide de déploiement fixe ce minimum : avec une version plus ancienne, l’intégration n’est pas prévue.',
  ),
  causeIs: 'cause',
  steps: [{ do: text('Upgrade the MiVoice 5000.', 'Mettre à niveau le MiVoice 5000.'), step: 'mv5.ver' }],
  source: 'FR 3.1.1',
});

export const examples: Examples = [
  { given: { facts: { versions: { mv5000: 'R8.2 SP3' } } }, expect: 'found', subjects: ['mv5000'] },
  { given: { facts: { versions: { mv5000: '8.3' } } }, expect: 'clear' },
  { given: { facts: { versions: { mv5000: '8.10' } } }, expect: 'clear' },
  { given: { facts: { versions: { mbg: '12.2.0.72' } } }, expect: 'not-evaluated' },
  { given: { facts: { pbx: 'osv', versions: { mv5000: '8.2' } } }, expect: 'not-applicable' },
];
