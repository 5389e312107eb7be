/** Next steps that rules on pushes share. */
import { text } from '../text/text';
import type { Step } from './rule';

export const pushSteps = {
  giveId: {
    do: text(
      'Give the correlation id to Mitel: its next hop is the CloudLink platform.',
      'Donner l’identifiant de corrélation à Mitel : son saut suivant est la plateforme CloudLink.',
    ),
    step: 'sbc.push.03',
  },
  enable: {
    do: text(
      'OpenScape SBC: tick Enable Push Notification Services, OK, then Apply Changes.',
      'OpenScape SBC : cocher Enable Push Notification Services, OK, puis Apply Changes.',
    ),
    where: 'Administration\\Features\\Enable Push Notification Services',
    step: 'sbc.push.04',
  },
  dashboard: {
    do: text(
      'SBC dashboard, Cloudlink status: it must say Running and Connected.',
      'Tableau de bord SBC, Cloudlink status : il doit dire Running et Connected.',
    ),
    step: 'sbc.dash.01',
  },
  pushLog: {
    do: text(
      'Copy the push log of the whole test: Log Data = Push Notification, Show.',
      'Copier le journal push de tout le test : Log Data = Push Notification, Show.',
    ),
    where: 'Diagnostics & Logs\\Settings',
    step: 'sbc.push.01',
  },
} as const satisfies Record<string, Step>;
