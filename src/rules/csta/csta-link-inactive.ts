import { text } from '../../text/text';
import { notSaid } from '../declared';
import type { Examples } from '../example';
import { rule } from '../rule';

export default rule({
  id: 'csta-link-inactive',
  rows: ['f.csta.not_active'],
  severity: 'blocker',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: [],
  pbx: ['os4k'],
  find({ facts }) {
    const state = facts.cstaProxy?.value.trim();
    const profile = facts.cstaProfile?.value.trim();
    const wrongState = state !== undefined && !/^connected ?and ?active$/i.test(state);
    const wrongProfile = profile !== undefined && !/^cloudlink$/i.test(profile);
    if (wrongState || wrongProfile) {
      return [{ subject: 'CloudLink_CSTAProxy', at: [], values: { state: shown(state), profile: shown(profile) } }];
    }
    if (state === undefined) return notSaid('cstaProxy');
    return profile === undefined ? notSaid('cstaProfile') : [];
  },
  title: text('CSTA link to CloudLink not active', 'Lien CSTA vers CloudLink inactif'),
  seen: text(
    'CloudLink_CSTAProxy is {state} with profile {profile}; it should be ConnectedAndActive with profile CloudLink.',
    'CloudLink_CSTAProxy est {state} avec le profil {profile} ; attendu : ConnectedAndActive avec le profil CloudLink.',
  ),
  cause: text(
    'Without this link call log, do not disturb and forwarding do not travel between OpenScape 4000 and Zoom.',
    'Sans ce lien, journal d’appels, ne pas déranger et renvois ne passent pas entre l’OpenScape 4000 et Zoom.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'In the Assistant check that CloudLink_CSTAProxy is ConnectedAndActive and that its Profile is CloudLink.',
        'Dans l’Assistant, vérifier que CloudLink_CSTAProxy est ConnectedAndActive et que son Profile est CloudLink.',
      ),
      where: 'Expert -> CSTA',
      step: 'os4k.chk.02',
    },
    {
      do: text('Take the CSTA logs of the CloudLink adapter.', 'Prendre les journaux CSTA de l’adaptateur CloudLink.'),
      where: 'Expert Mode > Permanent Logging > CSTA Tab',
      step: 'os4k.csta.01',
    },
  ],
  source: 'EN 6.2.2',
});

const shown = (value: string | undefined): string => value?.slice(0, 60) || '–';

export const examples: Examples = [
  { given: { facts: { cstaProxy: 'Connected' } }, expect: 'found', subjects: ['CloudLink_CSTAProxy'] },
  { given: { facts: { cstaProxy: 'ConnectedAndActive', cstaProfile: 'Default' } }, expect: 'found' },
  { given: { facts: { cstaProxy: 'ConnectedAndActive', cstaProfile: 'CloudLink' } }, expect: 'clear' },
  { given: { facts: { cstaProxy: 'ConnectedAndActive' } }, expect: 'not-evaluated' },
  { given: {}, expect: 'not-evaluated' },
  { given: { facts: { pbx: 'mivb', cstaProxy: 'Connected' } }, expect: 'not-applicable' },
];
