import { text } from '../text';

/** What the workspace says when something could not be done, or is worth knowing. */
export const messages = {
  knownSource: text(
    '{name} holds the same bytes as {first} ({bytes}): it is counted once.',
    '{name} contient les mêmes octets que {first} ({bytes}) : compté une seule fois.',
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
  changeFailed: text(
    'The change could not be made ({detail}). What was there before is unchanged.',
    'La modification n’a pas pu être faite ({detail}). Ce qui existait avant est inchangé.',
  ),
  readOnly: text(
    'This session is open for writing in another tab: here it can only be read. Close it there to add evidence here.',
    'Cette session est ouverte en écriture dans un autre onglet : ici elle est en lecture seule. La fermer là-bas pour ajouter des pièces ici.',
  ),
};
