import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule } from '../rule';

export default rule({
  id: 'mbg-shared',
  rows: ['f.proc.mbg_shared'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: [],
  facts: ['mbgSystems'],
  pbx: ['mv5000'],
  find({ facts }) {
    const systems = [...new Set((facts.mbgSystems?.value ?? []).map((name) => name.trim().toLowerCase()))];
    if (systems.length < 2) return [];
    return [{ subject: 'Remote Worker', at: [], values: { count: systems.length, systems: { list: systems } } }];
  },
  title: text('One MBG, one MiVoice 5000', 'Un MBG, un seul MiVoice 5000'),
  seen: text(
    '{count} MiVoice 5000 use the same MBG for Remote Worker: {systems}.',
    '{count} MiVoice 5000 utilisent le même MBG pour le Remote Worker : {systems}.',
  ),
  cause: text(
    'For Remote Worker one MBG serves one single MiVoice 5000.',
    'Pour le Remote Worker, un MBG n’est associé qu’à un seul MiVoice 5000.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text('Give each MiVoice 5000 an MBG of its own.', 'Donner à chaque MiVoice 5000 son propre MBG.'),
      step: 'mbg.one',
    },
  ],
  source: 'FR 3.5.1',
});

export const examples: Examples = [
  { given: { facts: { mbgSystems: ['paris', 'lyon'] } }, expect: 'found', subjects: ['Remote Worker'] },
  { given: { facts: { mbgSystems: ['paris', 'Paris'] } }, expect: 'clear' },
  { given: {}, expect: 'not-evaluated' },
  { given: { facts: { pbx: 'mivb', mbgSystems: ['paris', 'lyon'] } }, expect: 'not-applicable' },
];
