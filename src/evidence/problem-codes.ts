import { text, type Text } from '../text/text';

/**
 * What could not be read. Each text says what happened and what was kept; `{detail}` is the technical remainder.
 * The file's name stands beside it wherever it is shown.
 */
export const problemCodes = {
  'empty-file': text(
    'The file is empty: there is nothing in it to read. Collect it again.',
    'Le fichier est vide : il n’y a rien à y lire. Le collecter à nouveau.',
  ),
  'wrong-type': text(
    'Its name ends in {detail}, but its content is something else: it is listed and was not read. Drop the file that was meant, or set its kind by hand.',
    'Son nom se termine par {detail}, mais son contenu est autre chose : il est listé et n’a pas été lu. Déposer le fichier voulu, ou choisir sa nature à la main.',
  ),
  'truncated-archive': text(
    'The archive ends early: what lies before byte {offset} was read and kept. Collect it again if a file is missing.',
    'L’archive s’arrête trop tôt : ce qui précède l’octet {offset} a été lu et gardé. La collecter à nouveau si un fichier manque.',
  ),
  'corrupt-archive': text(
    'The archive is damaged at byte {offset}: what lies before was read and kept. Collect it again.',
    'L’archive est endommagée à l’octet {offset} : ce qui précède a été lu et gardé. La collecter à nouveau.',
  ),
  'damaged-block': text(
    'A block of the archive is damaged at byte {offset} ({detail}): zeros stand for what is missing; all other blocks were read and kept. Collect it again.',
    'Un bloc de l’archive est endommagé à l’octet {offset} ({detail}) : des zéros remplacent ce qui manque ; tous les autres blocs ont été lus et gardés. La collecter à nouveau.',
  ),
  'unsupported-archive': text(
    'This form of archive cannot be read ({detail}). Unpack it and drop its files.',
    'Cette forme d’archive ne peut pas être lue ({detail}). La décompresser et déposer ses fichiers.',
  ),
  'office-file': text(
    'An Outlook message, or an old or encrypted Office file: it is not read. Save its attachments, or its sheet as CSV, and drop those.',
    'Un message Outlook, ou un fichier Office ancien ou chiffré : il n’est pas lu. Enregistrer ses pièces jointes, ou sa feuille en CSV, et les déposer.',
  ),
  'encrypted-archive': text(
    'A member is encrypted and was not read. Unpack it with its password and drop the files.',
    'Un membre est chiffré et n’a pas été lu. Le décompresser avec son mot de passe et déposer les fichiers.',
  ),
  'trailing-bytes': text(
    'Bytes follow the end of the archive from byte {offset} on; they were not read.',
    'Des octets suivent la fin de l’archive à partir de l’octet {offset} ; ils n’ont pas été lus.',
  ),
  'odd-name': text(
    'A member has an unusual name ({detail}). It is shown as text and never used as a path.',
    'Un membre a un nom inhabituel ({detail}). Il est affiché comme texte et jamais utilisé comme chemin.',
  ),
  'not-followed': text(
    'A link or device is listed but not followed ({detail}).',
    'Un lien ou périphérique est listé mais pas suivi ({detail}).',
  ),
  'budget-reached': text(
    'A limit that protects this computer was reached ({detail}); what was read before it is kept. The limits can be raised once.',
    'Une limite qui protège ce poste est atteinte ({detail}) ; ce qui a été lu avant est gardé. Les limites peuvent être relevées une fois.',
  ),
  'limit-reached': text(
    'A limit was reached ({detail}); what was read before it is kept.',
    'Une limite est atteinte ({detail}) ; ce qui a été lu avant est gardé.',
  ),
  'truncated-capture': text(
    'The capture is cut at byte {offset}: every packet before it was read.',
    'La capture est coupée à l’octet {offset} : tous les paquets précédents ont été lus.',
  ),
  'corrupt-capture': text(
    'The capture is damaged at byte {offset} ({detail}). Capture again where what is missing matters.',
    'La capture est endommagée à l’octet {offset} ({detail}). Refaire la capture si ce qui manque importe.',
  ),
  'damaged-capture': text(
    'The capture is damaged from byte {offset} on ({detail} passed over); what follows was read.',
    'La capture est endommagée à partir de l’octet {offset} ({detail} sautés) ; la suite a été lue.',
  ),
  'dropped-packets': text(
    'The computer that captured was too busy: it says that {detail} packets were dropped. What looks lost may only be missing here.',
    'L’ordinateur qui capturait était trop occupé : il déclare {detail} paquets abandonnés. Ce qui semble perdu manque peut-être seulement ici.',
  ),
  'unknown-link-type': text(
    'Link type {detail} is not decoded; its packets are counted only.',
    'Le type de lien {detail} n’est pas décodé ; ses paquets sont seulement comptés.',
  ),
  'lost-segment': text(
    'A TCP stream has a hole before byte {offset}; the SIP text around it may be incomplete ({detail}).',
    'Un flux TCP a un trou avant l’octet {offset} ; le texte SIP autour peut être incomplet ({detail}).',
  ),
  'bad-message': text(
    'A SIP message is malformed at byte {offset} ({detail}); what could be read of it is kept.',
    'Un message SIP est mal formé à l’octet {offset} ({detail}) ; ce qui a pu être lu est gardé.',
  ),
  'long-line': text(
    'A line longer than the limit starts at byte {offset}: only its start is searched and shown; the lines around it were read. Nothing needs to be done.',
    'Une ligne plus longue que la limite commence à l’octet {offset} : seul son début est analysé et affiché ; les lignes autour ont été lues. Il n’y a rien à faire.',
  ),
  'report-layout': text(
    'The file is not laid out as Mitel Administration and Zoom write it ({detail}); what could be read of it is kept. Download it again where a column is missing.',
    'Le fichier n’a pas la disposition écrite par Mitel Administration et Zoom ({detail}) ; ce qui a pu en être lu est gardé. Le télécharger à nouveau si une colonne manque.',
  ),
  'listing-layout': text(
    'The columns of this list were told by their look ({detail}). Confirm them in Users, or match them by hand.',
    'Les colonnes de cette liste ont été reconnues à leur aspect ({detail}). Les confirmer dans Utilisateurs, ou les associer à la main.',
  ),
  'damaged-by-spreadsheet': text(
    'A spreadsheet has damaged ids or numbers ({detail}). Download the report again and drop it unopened.',
    'Un tableur a endommagé des identifiants ou numéros ({detail}). Retélécharger le rapport et le déposer sans l’ouvrir.',
  ),
  'unclosed-quote': text(
    'A quotation mark opened at byte {offset} is never closed; the rest was read without quotes.',
    'Un guillemet ouvert à l’octet {offset} n’est jamais fermé ; la suite a été lue sans guillemets.',
  ),
  'bad-json': text(
    'The JSON is broken at byte {offset}: nothing of it was read. Collect it again.',
    'Le JSON est cassé à l’octet {offset} : rien n’en a été lu. Le collecter à nouveau.',
  ),
  'reader-failed': text(
    'Reading stopped by a fault of ours at byte {offset} ({detail}); what was read is kept. Please report it.',
    'La lecture s’est arrêtée sur un défaut de notre fait à l’octet {offset} ({detail}) ; ce qui a été lu est gardé. Merci de le signaler.',
  ),
  'read-failed': text(
    'The browser could not read the file ({detail}). Drop it again.',
    'Le navigateur n’a pas pu lire le fichier ({detail}). Le déposer à nouveau.',
  ),
} as const satisfies Record<string, Text>;

/** The words that readers put into `detail`, in French; what is not here is a name or a technical term. */
const detailWords: Readonly<Record<string, string>> = {
  'control character': 'caractère de contrôle',
  'bidirectional or invisible character': 'caractère bidirectionnel ou invisible',
  absolute: 'chemin absolu',
  'drive letter': 'lettre de lecteur',
  'reserved word': 'mot réservé',
  duplicate: 'en double',
  empty: 'vide',
  'no heading': 'sans ligne d’en-tête',
  'no date column': 'sans colonne de date',
  tab: 'tabulation',
};
const detailStarts: readonly (readonly [RegExp, string])[] = [
  [/^missing: /, 'manque : '],
  [/^delimiter /, 'séparateur '],
  [/^dates not read: /, 'dates non lues : '],
  [/^(\d+) characters$/, '$1 caractères'],
  [/^(\d+) more$/, '$1 de plus'],
  [/^(\d+) bytes in one member$/, '$1 octets dans un membre'],
  [/^(\d+) bytes not read$/, '$1 octets non lus'],
  [/^(\d+) bytes$/, '$1 octets'],
  [/^packet of (\d+) bytes$/, 'paquet de $1 octets'],
  [/^block of (\d+) bytes$/, 'bloc de $1 octets'],
  [/^block lengths differ$/, 'longueurs de bloc différentes'],
  [/^(\d+) bytes unpacked$/, '$1 octets décompressés'],
  [/^(\d+) bytes lost$/, '$1 octets perdus'],
  [/^(\d+) members$/, '$1 membres'],
  [/^(\d+) containers in one another$/, '$1 conteneurs imbriqués'],
];

/** The technical remainder of a problem in both languages. */
export function problemDetail(detail: string): string | Text {
  if (detail === '') return '–';
  const fr = detail
    .split(', ')
    .map((piece) => {
      const start = detailStarts.find(([regex]) => regex.test(piece));
      const words = start ? piece.replace(start[0], start[1]) : piece;
      const at = words.lastIndexOf(' ') + 1;
      const last = words.slice(at);
      if (Object.hasOwn(detailWords, words)) return detailWords[words]!;
      return start && Object.hasOwn(detailWords, last) ? words.slice(0, at) + detailWords[last]! : words;
    })
    .join(', ');
  return fr === detail ? detail : { en: detail, fr };
}

export type ProblemCode = keyof typeof problemCodes;
