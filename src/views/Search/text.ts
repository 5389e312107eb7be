import { text } from '../../text/text';

export const searchText = {
  label: text('Search in every file', 'Chercher dans tous les fichiers'),
  hint: text('text, in either case', 'texte, majuscules ou minuscules'),
  hintRegex: text('regular expression, a line at a time', 'expression régulière, ligne par ligne'),
  clear: text('Clear the search', 'Effacer la recherche'),
  how: text('How to search', 'Comment chercher'),
  plain: text('Text', 'Texte'),
  regex: text('Regular expression', 'Expression régulière'),
  cancel: text('Stop', 'Arrêter'),
  progress: text('Progress of the search', 'Avancement de la recherche'),
  found: text(
    '{lines} {lines|line|lines} in {files} {files|file|files}',
    '{lines} {lines|ligne|lignes} dans {files} {files|fichier|fichiers}',
  ),
  searching: text('{bytes} of {total}', '{bytes} sur {total}'),
  took: text('in {time}', 'en {time}'),
  cancelled: text('Stopped: not everything was searched.', 'Arrêtée : tout n’a pas été parcouru.'),
  slow: text(
    'The expression took more than 2 s without getting on and was stopped. Avoid repeats inside repeats, such as (a+)+.',
    'L’expression n’avançait plus depuis 2 s et a été arrêtée. Éviter les répétitions imbriquées, comme (a+)+.',
  ),
  died: text('The search stopped unexpectedly. Start it again.', 'La recherche s’est arrêtée. La relancer.'),
  refused: text('Not a regular expression: {detail}', 'Pas une expression régulière : {detail}'),
  none: text('No line holds it', 'Aucune ligne ne le contient'),
  noneMore: text(
    'All text that is open was searched: logs, reports, messages of captures, and files that nothing recognised.',
    'Tout le texte ouvert a été parcouru : journaux, rapports, messages des captures, et fichiers non reconnus.',
  ),
  binary: text(
    '{count} {count|file holds|files hold} no text and {count|was|were} not searched.',
    '{count} {count|fichier sans texte n’a pas été parcouru|fichiers sans texte n’ont pas été parcourus}.',
  ),
  start: text('Type what to look for, then Enter', 'Saisir ce qu’il faut chercher, puis Entrée'),
  startMore: text(
    'A number, an address, a Call-ID, an error text: found in every file, wherever it stands.',
    'Un numéro, une adresse, un Call-ID, un texte d’erreur : trouvé dans chaque fichier, où qu’il soit.',
  ),
  nothing: text('Nothing is open', 'Rien n’est ouvert'),
  nothingMore: text('Drop files anywhere in this window first.', 'Déposer d’abord des fichiers dans cette fenêtre.'),
  files: text('Files', 'Fichiers'),
  allFiles: text('All files', 'Tous les fichiers'),
  capped: text(
    'The first {shown} are listed, at most 500 of a file; all are counted.',
    'Les {shown} premières sont listées, au plus 500 par fichier ; toutes sont comptées.',
  ),
  table: text('Lines found', 'Lignes trouvées'),
  file: text('File', 'Fichier'),
  offset: text('Offset', 'Position'),
  line: text('Line', 'Ligne'),
} as const;
