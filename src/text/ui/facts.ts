import { same, text } from '../text';

/** Words for facts that are asked or shown inline. */
export const pbxNames = {
  mivb: same('MiVB'),
  mv5000: same('MiVoice 5000'),
  os4k: same('OpenScape 4000'),
  osv: same('OpenScape Voice'),
} as const;

export const borderNames = { mbg: same('MBG'), ossbc: same('OpenScape SBC') } as const;

export const troubleNames = {
  call: text('Call', 'Appel'),
  registration: text('Registration', 'Enregistrement'),
  push: text('Mobile push', 'Push mobile'),
  provisioning: same('Provisioning'),
  noncall: text('Call log, DND, forwarding', 'Journal, NPD, renvois'),
  connectivity: text('Connectivity', 'Connectivité'),
} as const;

export const systemNames = {
  mivb: same('MiVB'),
  mv5000: same('MiVoice 5000'),
  mbg: same('MBG'),
  os4k: same('OpenScape 4000'),
  osv: same('OpenScape Voice'),
  ossbc: same('OpenScape SBC'),
  cloudlink: same('CloudLink'),
  zoom: same('Zoom'),
  any: text('all systems', 'tous systèmes'),
} as const;
