import { text } from '../text';

/** What the workspace says when something could not be done, or is worth knowing. */
export const messages = {
  deleted: text(
    'The session is deleted: {bytes} of it are left in this browser.',
    'La session est supprimée : il en reste {bytes} dans ce navigateur.',
  ),
  knownSource: text(
    '{name} holds the same bytes as {first} ({bytes}): it is counted once.',
    '{name} contient les mêmes octets que {first} ({bytes}) : compté une seule fois.',
  ),
  notWhole: text(
    'Not read in full: {files}. What could be read is kept. Evidence says for each what happened and what to do.',
    'Lecture incomplète : {files}. Ce qui a pu être lu est gardé. La vue Pièces dit pour chacun ce qui s’est passé et quoi faire.',
  ),
  readerDied: text(
    'Reading stopped ({detail}); nothing of this file was kept. The other files go on. Drop it again, or unpack it first.',
    'La lecture s’est arrêtée ({detail}) ; rien de ce fichier n’est gardé. Les autres fichiers continuent. Le déposer à nouveau, ou le décompresser d’abord.',
  ),
  readerSilent: text(
    'Reading gave no sign of life ({detail}) and was stopped; nothing of this file was kept. The other files go on.',
    'La lecture ne donnait plus signe de vie ({detail}) et a été arrêtée ; rien de ce fichier n’est gardé. Les autres fichiers continuent.',
  ),
  analysisDied: text(
    'The analysis stopped ({detail}) and is being started again; the evidence is read anew.',
    'L’analyse s’est arrêtée ({detail}) et redémarre ; les pièces sont relues.',
  ),
  analysisGone: text(
    'The analysis stopped again and again ({detail}): what was open is closed. Stored sessions are untouched. Drop fewer files at once.',
    'L’analyse s’est arrêtée à plusieurs reprises ({detail}) : ce qui était ouvert est fermé. Les sessions enregistrées sont intactes. Déposer moins de fichiers à la fois.',
  ),
  changeFailed: text(
    'The change could not be made ({detail}). What was there before is unchanged.',
    'La modification n’a pas pu être faite ({detail}). Ce qui existait avant est inchangé.',
  ),
  addFailed: text(
    'It was read, but could not be added ({detail}). What was there before is unchanged. Drop it again.',
    'Il a été lu, mais n’a pas pu être ajouté ({detail}). Ce qui existait avant est inchangé. Le déposer à nouveau.',
  ),
  noRoom: text(
    'The browser has no room left to keep it; what is kept already is unchanged. Delete sessions, or read it in a session that is not kept.',
    'Le navigateur n’a plus de place pour le garder ; ce qui est déjà gardé est inchangé. Supprimer des sessions, ou le lire dans une session qui n’est pas gardée.',
  ),
  noRoomToKeep: text(
    'The browser has no room left to keep this session: it stays in memory until you close the page. Delete other sessions, or export the session file.',
    'Le navigateur n’a plus de place pour garder cette session : elle reste en mémoire jusqu’à la fermeture de la page. Supprimer d’autres sessions, ou exporter le fichier de session.',
  ),
  sessionNotOpened: text(
    '{name} was not opened: it would replace the open session, which is not kept on this computer. Keep, export or close that one first.',
    '{name} n’a pas été ouvert : il remplacerait la session ouverte, qui n’est pas gardée sur cet ordinateur. Garder, exporter ou fermer celle-ci d’abord.',
  ),
  sessionGone: text(
    'The session could not be opened: it is no longer kept in this browser, or the browser could not read it.',
    'La session n’a pas pu être ouverte : elle n’est plus gardée dans ce navigateur, ou le navigateur n’a pas pu la lire.',
  ),
  sessionIncomplete: text(
    'The browser has lost {count} {count|file|files} of this session; the rest is here. Drop {count|it|them} again.',
    'Le navigateur a perdu {count} {count|fichier|fichiers} de cette session ; le reste est là. {count|Le|Les} déposer à nouveau.',
  ),
  readAgain: text(
    'This version of psiscope reads more than the one that stored this session: {count} {count|file is|files are} read again from {count|its original|their originals}. Facts, notes and answers stay.',
    'Cette version de psiscope lit plus que celle qui a gardé cette session : {count} {count|fichier est relu|fichiers sont relus} depuis {count|son original|leurs originaux}. Les faits, notes et réponses restent.',
  ),
  storeNewer: text(
    'The sessions kept in this browser are of a newer psiscope. They are untouched and not shown here; everything else works in memory. Reload the page to get the newer version.',
    'Les sessions gardées dans ce navigateur viennent d’une version plus récente de psiscope. Elles sont intactes et ne sont pas affichées ici ; tout le reste fonctionne en mémoire. Recharger la page pour obtenir la version plus récente.',
  ),
  exportFailed: text(
    'The session file could not be written ({detail}). The session is unchanged.',
    'Le fichier de session n’a pas pu être écrit ({detail}). La session est inchangée.',
  ),
  tooLarge: text(
    'A session file holds at most 4 GB: this session is larger. Keep the originals beside it instead.',
    'Un fichier de session contient au plus 4 Go : cette session est plus grande. Garder plutôt les originaux à côté.',
  ),
  readOnly: text(
    'This session is open for writing in another tab: here it can only be read. Close it there to add evidence here.',
    'Cette session est ouverte en écriture dans un autre onglet : ici elle est en lecture seule. La fermer là-bas pour ajouter des pièces ici.',
  ),
};
