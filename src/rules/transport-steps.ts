/** Next steps that rules on connections share. */
import { text } from '../text/text';
import type { Step } from './rule';

export const transportSteps = {
  certificate: {
    do: text(
      'MBG: in the section SIP Support set Certificate to Web Server, and see that this certificate is public, valid and made for the public name.',
      'MBG : dans la section SIP Support, régler Certificate sur Web Server, et vérifier que ce certificat est public, valide et fait pour le nom public.',
    ),
    where: 'Applications>MiVoice Border Gateway',
    step: 'mbg.cert.01',
  },
  firewall: {
    do: text(
      'See that the service listens on this port and that every firewall on the way lets it pass.',
      'Vérifier que le service écoute sur ce port et que chaque pare-feu du chemin le laisse passer.',
    ),
    step: 'psi.data.09',
  },
} as const satisfies Record<string, Step>;
