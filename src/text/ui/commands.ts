import { text } from '../text';

export const commands = {
  search: text('Search', 'Recherche'),
  searchAll: text('“{words}” in every file', '« {words} » dans tous les fichiers'),
  searchIn: text('“{words}” in {view}', '« {words} » dans {view}'),
  actions: text('Commands', 'Commandes'),
  sessions: text('Sessions', 'Sessions'),
  importSession: text('Import a session file', 'Importer un fichier de session'),
  openSession: text('Open: {name}', 'Ouvrir : {name}'),
  sample: text('Open the sample (synthetic)', 'Ouvrir l’exemple (synthétique)'),
  privacy: text('Requests and privacy', 'Requêtes et confidentialité'),
  print: text('Print', 'Imprimer'),
  nothing: text('No command of that name', 'Aucune commande de ce nom'),
};
