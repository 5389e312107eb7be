import { same, text } from '../text';

/** Groups of findings by what they stand on: the folders of `rules/`. */
export const layerNames = {
  time: text('Clocks', 'Horloges'),
  daemon: same('CloudLink Daemon'),
  status: text('Status pages', 'Pages d’état'),
  report: text('Comparison report', 'Rapport de comparaison'),
  registration: text('Registrations', 'Enregistrements'),
  push: text('Mobile push', 'Push mobile'),
  sip: text('SIP calls', 'Appels SIP'),
  media: text('Media', 'Média'),
  csta: same('CSTA'),
  cross: text('Across sources', 'Entre sources'),
  capture: text('Quality of captures', 'Qualité des captures'),
  events: text('Event history', 'Historique des événements'),
  process: text('Process', 'Démarche'),
} as const;
