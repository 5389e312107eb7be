import { text } from '../../text/text';
import { notSaid, said } from '../declared';
import type { Examples } from '../example';
import { rule } from '../rule';
import { below, isBelow, versionOf } from '../versions';

/** The deployment guide of MiVoice 5000 and Zoom's own article for OpenScape (inc.x.02). */
const minimum = { mv5000: '6.6.0', osv: '6.3.6', os4k: '6.3.6' } as const;

export default rule({
  id: 'zoom-client-old',
  rows: ['f.ver.zoom'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: [],
  facts: ['versions'],
  pbx: ['mv5000', 'osv', 'os4k'],
  find({ facts }) {
    const pbx = facts.pbx?.value;
    if (pbx === 'mivb') return [];
    if (pbx !== undefined) return below(facts, 'zoom', minimum[pbx]);
    // the minimum hangs on the phone system: only what satisfies the highest one needs no answer
    const version = versionOf(said(facts, 'versions', 'zoom') ?? '');
    if (!version) return notSaid('versions');
    return isBelow(version, minimum.mv5000) ? notSaid('pbx') : [];
  },
  title: text('Zoom client below the minimum: {version}', 'Client Zoom sous la version minimale : {version}'),
  seen: text(
    'Zoom Workplace is {version}; at least {minimum} is needed on this phone system.',
    'Zoom Workplace est en {version} ; il faut au moins {minimum} sur ce système téléphonique.',
  ),
  cause: text(
    'With an older client the integration is not foreseen: 6.6.0 is printed for MiVoice 5000, 6.3.6 by Zoom for OpenScape.',
    'Avec un client plus ancien, l’intégration n’est pas prévue : 6.6.0 est imprimé pour le MiVoice 5000, 6.3.6 par Zoom pour OpenScape.',
  ),
  causeIs: 'cause',
  steps: [{ do: text('Update the Zoom Workplace client.', 'Mettre à jour le client Zoom Workplace.'), step: 'zm.ver' }],
  source: 'FR 3.1.1, KB0079172 (inc.x.02)',
});

export const examples: Examples = [
  { given: { facts: { pbx: 'mv5000', versions: { zoom: '6.5.11 (3211)' } } }, expect: 'found', subjects: ['zoom'] },
  { given: { facts: { pbx: 'osv', versions: { zoom: '6.3.5' } } }, expect: 'found' },
  { given: { facts: { pbx: 'osv', versions: { zoom: '6.3.6' } } }, expect: 'clear' },
  { given: { facts: { pbx: 'mv5000', versions: { zoom: '6.10' } } }, expect: 'clear' },
  { given: { facts: { versions: { zoom: '6.6.0' } } }, expect: 'clear' },
  { given: { facts: { versions: { zoom: '6.4.0' } } }, expect: 'not-evaluated' },
  { given: { facts: { pbx: 'mv5000', versions: { mbg: '12.3' } } }, expect: 'not-evaluated' },
  { given: { facts: { pbx: 'mivb', versions: { zoom: '5.0.0' } } }, expect: 'not-applicable' },
];
