import { same, text } from '../text';

export const start = {
  drop: text('Drop everything you have', 'Déposez tout ce que vous avez'),
  dropMore: text(
    'Files, folders and archives, several at once. psiscope says what each one is, reads it here, and tells you what is wrong, on which evidence, and what to do next.',
    'Fichiers, dossiers et archives, plusieurs à la fois. psiscope dit ce qu’est chacun, le lit ici, et indique ce qui ne va pas, sur quelle pièce, et quoi faire.',
  ),
  openFiles: text('Open files', 'Ouvrir des fichiers'),
  openFolder: text('Open a folder', 'Ouvrir un dossier'),
  paste: text('Paste', 'Coller'),
  importSession: text('Import a session', 'Importer une session'),
  kinds: [
    same('cld-logs-*.tar.xz'),
    same('sosreport-*.tar.xz'),
    same('.pcap .pcapng'),
    same('User Comparison Report .csv'),
    same('Event History .csv'),
    text('gateway logs .zip', 'logs de gateway .zip'),
    same('.log .txt'),
  ],
  pasteTitle: text('Paste a log, a trace or a report', 'Coller un journal, une trace ou un rapport'),
  pasteMore: text(
    'Ctrl+V works anywhere in the window, with files too. Where the browser asks for a field, here is one.',
    'Ctrl+V fonctionne partout dans la fenêtre, avec des fichiers aussi. Si le navigateur veut un champ, le voici.',
  ),
  pasteLabel: text('Text', 'Texte'),
  read: text('Read it', 'Le lire'),
  cancel: text('Cancel', 'Annuler'),

  collect: text('What should I collect?', 'Que faut-il réunir ?'),
  collectFrom: text(
    'From the guides of 07/2025 (EN) and 09/2025 (FR)',
    'D’après les guides 07/2025 (EN) et 09/2025 (FR)',
  ),
  system: text('Phone system', 'Système'),
  trouble: text('Trouble', 'Problème'),
  print: text('Print', 'Imprimer'),
  copyList: text('Copy the list', 'Copier la liste'),
  loaded: text('loaded', 'chargé'),
  incidentData: text('Note about the incident', 'Noter sur l’incident'),
  times: text('{count} times', '{count} fois'),
  elsewhere: text('steps printed for another system', 'étapes imprimées pour un autre système'),
  silent: text(
    'The guides name nothing particular for this trouble on this system: the list holds what they ask for in every case.',
    'Les guides ne citent rien de particulier pour ce problème sur ce système : la liste contient ce qu’ils demandent dans tous les cas.',
  ),
  pickBoth: text(
    'Choose the phone system and the trouble to see the list for them.',
    'Choisir le système et le problème pour voir la liste correspondante.',
  ),

  saved: text('Saved on this computer', 'Enregistrées sur ce poste'),
  noneSaved: text(
    'No session is saved here. The first import asks whether to keep it.',
    'Aucune session enregistrée ici. La première importation demande s’il faut la garder.',
  ),
  notPossible: text(
    'This browser does not let pages keep data. A session lasts until the page is closed; its file can be exported.',
    'Ce navigateur ne laisse pas les pages garder de données. Une session dure jusqu’à la fermeture de la page ; son fichier peut être exporté.',
  ),
  isOpen: text('open', 'ouverte'),
  files: text('{count} {count|file|files}', '{count} {count|fichier|fichiers}'),
  noFindings: text('no finding', 'aucun constat'),
  more: text('Actions for {name}', 'Actions pour {name}'),
  open: text('Open', 'Ouvrir'),
  rename: text('Rename', 'Renommer'),
  duplicate: text('Duplicate', 'Dupliquer'),
  remove: text('Delete', 'Supprimer'),
  newTitle: text('New title', 'Nouveau titre'),

  samples: text('Sample', 'Exemple'),
  samplesMore: text('synthetic, no customer data', 'synthétique, sans donnée client'),
  sampleNames: {
    mivb: text('MiVB: calls that do not reach Zoom', 'MiVB : des appels qui n’arrivent pas à Zoom'),
  },
  sampleOther: text('Sample {name}', 'Exemple {name}'),
  sampleWhat: text(
    'capture of two legs, CloudLink Daemon bundle, report, event history',
    'capture de deux jambes, archive CloudLink Daemon, rapport, historique',
  ),

  offline: text('Works offline.', 'Fonctionne hors ligne.'),
  online: text('Works online only here.', 'Fonctionne seulement en ligne ici.'),
  used: text('{used} used in this browser of {quota}.', '{used} utilisés dans ce navigateur sur {quota}.'),
  storage: text('Storage', 'Stockage'),
};
