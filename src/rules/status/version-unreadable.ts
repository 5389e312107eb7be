import { factDefinition } from '../../facts/list';
import { same, text } from '../../text/text';
import type { Examples } from '../example';
import { rule } from '../rule';
import { versionOf } from '../versions';

export default rule({
  id: 'version-unreadable',
  rows: ['f.ver.unparsed'],
  severity: 'note',
  basis: 'capture-quality',
  confidence: 'certain',
  needs: [],
  facts: ['versions'],
  find({ facts }) {
    const { form } = factDefinition('versions');
    return Object.entries(facts.versions?.value ?? {}).flatMap(([part, typed]) => {
      if (typed.trim() === '' || versionOf(typed)) return [];
      const name = (form.type === 'parts' && form.parts[part]?.label) || same(part);
      return [{ subject: part, at: [], values: { name, version: typed.slice(0, 60) } }];
    });
  },
  title: text('Version not understood: {name}', 'Version non comprise : {name}'),
  seen: text(
    '“{version}” holds no number like 12.2.0.72, so it is compared with nothing.',
    '« {version} » ne contient pas de numéro comme 12.2.0.72 : elle n’est comparée à rien.',
  ),
  cause: text('The version was typed or printed in another form.', 'La version a été saisie ou imprimée autrement.'),
  causeIs: 'cause',
  steps: [
    {
      do: text('Read the version again and type its numbers.', 'Relire la version et en saisir les numéros.'),
      step: 'mivb.cld.01',
    },
  ],
  source: 'FR 3.1.1, EN 6.1.1',
});

export const examples: Examples = [
  { given: { facts: { versions: { mbg: 'the latest' } } }, expect: 'found', subjects: ['mbg'] },
  { given: { facts: { versions: { mbg: '12', zoom: '6.6.0' } } }, expect: 'found', subjects: ['mbg'] },
  { given: { facts: { versions: { mbg: 'v12.2.0.72 (build 7)' } } }, expect: 'clear' },
  { given: {}, expect: 'not-evaluated' },
];
