import { text } from '../text';

export const severityWords = {
  blocker: text('Blocker', 'Bloquant'),
  error: text('Error', 'Erreur'),
  warning: text('Warning', 'Avertissement'),
  note: text('Note', 'Note'),
  clear: text('Clear', 'Sans anomalie'),
  'not-evaluated': text('Not evaluated', 'Non évalué'),
  'not-applicable': text('Not relevant', 'Sans objet'),
  open: text('Open', 'À faire'),
} as const;

export const widgetTexts = {
  copy: text('Copy', 'Copier'),
  copied: text('Copied', 'Copié'),
  copyFailed: text('Not copied: the browser refused', 'Non copié : le navigateur a refusé'),
  close: text('Close', 'Fermer'),
  sortBy: text('Sort by {column}', 'Trier par {column}'),
  filterBy: text('Filter by {value}', 'Filtrer par {value}'),
  rows: text('{count} {count|row|rows}', '{count} {count|ligne|lignes}'),
  loading: text('loading', 'chargement'),
  noTime: text('no time', 'sans heure'),
};
