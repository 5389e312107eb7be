import { text } from '../text';

/** Names of the views as the rail shows them, and one line for the command box. */
export const viewNames = {
  start: text('Start', 'Accueil'),
  overview: text('Findings', 'Constats'),
  evidence: text('Evidence', 'Pièces'),
  calls: text('Calls', 'Appels'),
  ladder: text('Ladder', 'Diagramme'),
  users: text('Users', 'Utilisateurs'),
  logs: text('Logs', 'Journaux'),
  checklists: text('Checklists', 'Étapes'),
  case: text('Case', 'Dossier'),
  share: text('Share', 'Partage'),
  search: text('Search', 'Recherche'),
} as const;
