import { text } from '../../text/text';
import { notSaid, said } from '../declared';
import type { Examples } from '../example';
import { rule } from '../rule';

export default rule({
  id: 'zoom-psi-not-green',
  rows: ['f.os4k.psi_icon'],
  severity: 'blocker',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: [],
  facts: ['zoomPsi'],
  pbx: ['os4k'],
  find({ facts }) {
    const icon = said(facts, 'zoomPsi', 'icon');
    const reachable = said(facts, 'zoomPsi', 'cloudlink');
    const bad = [
      ...(icon !== undefined && !/^green$/i.test(icon) ? [state.icon] : []),
      ...(reachable !== undefined && !/^yes$/i.test(reachable) ? [state.cloudlink] : []),
    ];
    if (bad[0]) return [{ subject: 'Zoom PSI', at: [], values: { state: bad.length > 1 ? state.both : bad[0] } }];
    return icon === undefined || reachable === undefined ? notSaid('zoomPsi') : [];
  },
  explains: [
    { row: 'f.csta.not_active', when: 'always' },
    { row: 'f.ucr.mass_issue', when: 'always' },
  ],
  title: text('OpenScape 4000 cannot reach CloudLink', 'L’OpenScape 4000 ne joint pas CloudLink'),
  seen: text('On the page Zoom PSI of the Assistant {state}.', 'Sur la page Zoom PSI de l’Assistant, {state}.'),
  cause: text(
    'The OpenScape 4000 has no working link to CloudLink: users are not provisioned and features do not travel.',
    'L’OpenScape 4000 n’a pas de liaison vers CloudLink : les utilisateurs ne sont pas provisionnés et les fonctions ne passent pas.',
  ),
  causeIs: 'symptom',
  steps: [
    {
      do: text(
        'Check that the tunnels of the CloudLink daemon are connected and running.',
        'Vérifier que les tunnels du démon CloudLink sont connectés et actifs.',
      ),
      step: 'os4k.chk.01',
    },
    {
      do: text('Export the platform logs.', 'Exporter les journaux de plateforme.'),
      where: 'Maintenance > Logs > Export > Export Logs System Webservice (including Kubernetes)',
      step: 'os4k.plat.01',
    },
  ],
  source: 'EN 6.2.3',
});

const state = {
  icon: text('the icon is not Green', 'l’icône n’est pas Green (verte)'),
  cloudlink: text('CloudLink is not reachable', 'CloudLink n’est pas joignable'),
  both: text(
    'the icon is not Green and CloudLink is not reachable',
    'l’icône n’est pas Green (verte) et CloudLink n’est pas joignable',
  ),
};

export const examples: Examples = [
  { given: { facts: { zoomPsi: { icon: 'other' } } }, expect: 'found', subjects: ['Zoom PSI'] },
  { given: { facts: { zoomPsi: { icon: 'Green', cloudlink: 'no' } } }, expect: 'found' },
  { given: { facts: { zoomPsi: { icon: 'Green', cloudlink: 'yes' } } }, expect: 'clear' },
  { given: { facts: { zoomPsi: { icon: 'Green' } } }, expect: 'not-evaluated' },
  { given: { facts: { pbx: 'osv', zoomPsi: { icon: 'other' } } }, expect: 'not-applicable' },
];
