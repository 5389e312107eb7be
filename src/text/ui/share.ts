import { text } from '../text';

export const share = {
  file: text('Session file', 'Fichier de session'),
  fileMore: text(
    'One .psiscope file with the dropped files, what was said and what was answered. Opened elsewhere it gives the same findings.',
    'Un fichier .psiscope avec les fichiers déposés, ce qui a été dit et répondu. Ouvert ailleurs, il donne les mêmes constats.',
  ),
  unmasked: text(
    'It holds everything unmasked: names, numbers, addresses, and the secrets that stand in logs and captures. Give it only to whom you would give the files themselves.',
    'Il contient tout sans masquage : noms, numéros, adresses, et les secrets présents dans les journaux et captures. Ne le donner qu’à qui vous donneriez les fichiers eux-mêmes.',
  ),
  holds: text('{count} {count|file|files}, {bytes}', '{count} {count|fichier|fichiers}, {bytes}'),
  report: text('Report', 'Rapport'),
  reportMore: text(
    'What was found, on which evidence, and what to do. Passwords, keys and tokens are masked; names, numbers and addresses are not.',
    'Ce qui a été trouvé, sur quelles pièces, et quoi faire. Mots de passe, clés et jetons sont masqués ; noms, numéros et adresses ne le sont pas.',
  ),
  language: text('Language of the report', 'Langue du rapport'),
  scope: text('Findings', 'Constats'),
  scopeOpen: text('Without the marked ones', 'Sans ceux qui sont marqués'),
  scopeAll: text('All', 'Tous'),
  saveHtml: text('Save as HTML', 'Enregistrer en HTML'),
  htmlMore: text('one file, no script, opens anywhere', 'un fichier, sans script, s’ouvre partout'),
  saveMarkdown: text('Save as Markdown', 'Enregistrer en Markdown'),
  copyMarkdown: text('Copy as Markdown', 'Copier en Markdown'),
  print: text('Print the findings', 'Imprimer les constats'),
  noSession: text(
    'No session is open: there is nothing to share yet.',
    'Aucune session ouverte : rien à partager pour l’instant.',
  ),

  storage: text('Storage', 'Stockage'),
  storageMore: text('What this browser holds of psiscope.', 'Ce que ce navigateur contient de psiscope.'),
  used: text(
    '{used} of {quota} used, the app itself included.',
    '{used} utilisés sur {quota}, l’application comprise.',
  ),
  none: text('No session is stored here.', 'Aucune session stockée ici.'),
  session: text('Session', 'Session'),
  changed: text('Changed', 'Modifiée'),
  files: text('Files', 'Fichiers'),
  size: text('Size', 'Taille'),
  remove: text('Delete {name}', 'Supprimer {name}'),
  removeAll: text('Delete all sessions', 'Supprimer toutes les sessions'),
  removeAllAsk: text('Delete all sessions?', 'Supprimer toutes les sessions ?'),
  removeAllMore: text(
    'All sessions stored in this browser are deleted, the open one too. This cannot be undone.',
    'Toutes les sessions stockées dans ce navigateur sont supprimées, y compris celle qui est ouverte. C’est irréversible.',
  ),
  removed: text('All sessions are deleted: {count} left.', 'Toutes les sessions sont supprimées : {count} restante.'),

  reportTitle: text('Findings: {title}', 'Constats : {title}'),
  written: text('Written by psiscope on {time}.', 'Écrit par psiscope le {time}.'),
  times: text('Times are in {zone}.', 'Les heures sont en {zone}.'),
  sources: text('Evidence', 'Pièces'),
  name: text('Name', 'Nom'),
  from: text('From', 'De'),
  to: text('To', 'À'),
  records: text('Records', 'Enregistrements'),
  digest: text('SHA-256', 'SHA-256'),
  notEvaluated: text('Not evaluated', 'Non évalué'),
  marked: text('marked: {state}', 'marqué : {state}'),
};
