import type { Product } from '../../facts/facts';
import { text, type Text } from '../../text/text';
import type { Examples } from '../example';
import { rule } from '../rule';

const names: Readonly<Record<Exclude<Product, 'psi'>, Text | string>> = {
  phone: 'Zoom Phone',
  meetings: 'Zoom Meetings',
  chat: 'Zoom Team Chat',
  whiteboard: 'Zoom Whiteboard',
  cc: 'Zoom Contact Center',
  sso: 'SSO',
  integrations: text('an integration', 'une intégration'),
};

export default rule({
  id: 'not-psi',
  rows: ['f.zoom.route'],
  severity: 'note',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: [],
  facts: ['product'],
  find({ facts }) {
    const product = facts.product?.value;
    if (product === undefined || product === 'psi') return [];
    return [{ subject: product, at: [], values: { name: names[product] } }];
  },
  title: text('This belongs to Zoom support: {name}', 'À adresser au support Zoom : {name}'),
  seen: text(
    'The trouble is with {name}, not with calls through the Mitel system (PSI).',
    'Le problème concerne {name}, et non les appels par le système Mitel (PSI).',
  ),
  cause: text(
    'Mitel supports the integration (PSI); a customer with a direct Zoom contract takes anything else to Zoom.',
    'Mitel prend en charge l’intégration (PSI) ; un client sous contrat direct avec Zoom adresse le reste à Zoom.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Fill in Zoom’s form in the view “Support case” and send it to Zoom support.',
        'Remplir le formulaire Zoom de la vue « Dossier » et l’envoyer au support Zoom.',
      ),
      step: 'gen.route.01',
    },
  ],
  source: 'EN 2.1, EN 4.2, EN 4.3, EN 4.4',
});

export const examples: Examples = [
  { given: { facts: { product: 'meetings' } }, expect: 'found', subjects: ['meetings'] },
  { given: { facts: { product: 'integrations' } }, expect: 'found' },
  { given: { facts: { product: 'psi' } }, expect: 'clear' },
  { given: {}, expect: 'not-evaluated' },
];
