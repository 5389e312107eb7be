import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule } from '../rule';
import { below } from '../versions';

export default rule({
  id: 'mbg-old',
  rows: ['f.ver.mbg'],
  severity: 'blocker',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: [],
  facts: ['versions'],
  pbx: ['mv5000', 'mivb'],
  // the minimum is printed for MiVoice 5000 only; elsewhere it is worth knowing and no more
  find: ({ facts }) =>
    below(facts, 'mbg', '12.2.0.72', facts.pbx?.value === 'mv5000' ? {} : { severity: 'note' as const }),
  title: text('MBG below 12.2.0.72: {version}', 'MBG inférieur à 12.2.0.72 : {version}'),
  seen: text(
    'The MBG is {version}; the integration of MiVoice 5000 needs {minimum}.',
    'Le MBG est en {version} ; l’intégration du MiVoice 5000 demande {minimum}.',
  ),
  cause: text(
    'The guide of MiVoice 5000 sets this minimum. The number in the SIP User-Agent of an MBG is another one and proves nothing.',
    'Le guide du MiVoice 5000 fixe ce minimum. Le numéro du User-Agent SIP d’un MBG en est un autre et ne prouve rien.',
  ),
  causeIs: 'cause',
  steps: [{ do: text('Upgrade the MBG.', 'Mettre à niveau le MBG.'), step: 'mbg.ver' }],
  source: 'FR 3.1.1',
});

export const examples: Examples = [
  { given: { facts: { pbx: 'mv5000', versions: { mbg: '12.2.0.71' } } }, expect: 'found', subjects: ['mbg'] },
  { given: { facts: { versions: { mbg: '11.6' } } }, expect: 'found' },
  { given: { facts: { pbx: 'mv5000', versions: { mbg: '12.2.0.72' } } }, expect: 'clear' },
  { given: { facts: { pbx: 'mv5000', versions: { mbg: '12.10.0.1' } } }, expect: 'clear' },
  {
    given: {
      facts: { pbx: 'mv5000', versions: { zoom: '6.6.0' } },
      ladder: {
        drawn: 'zoom mbg\n0.000 |--REGISTER-1-->|',
        with: { 'REGISTER-1': ['User-Agent: Mitel Border GW/4.11.0.163-01'] },
      },
    },
    expect: 'not-evaluated',
  },
  { given: { facts: { pbx: 'os4k', versions: { mbg: '11.6' } } }, expect: 'not-applicable' },
];
