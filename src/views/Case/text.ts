import { text, type Text } from '../../text/text';

export const caseText = {
  form: text('Form', 'Formulaire'),
  subject: text('Subject', 'Objet'),
  routing: text('Where it goes', 'À qui l’adresser'),
  copyText: text('Copy as text', 'Copier en texte'),
  copyMarkdown: text('Copy as Markdown', 'Copier en Markdown'),
  preview: text('What is copied', 'Ce qui est copié'),
  complete: text('Every needed field is filled.', 'Tous les champs requis sont remplis.'),
  missing: text('{count} {count|field is|fields are} still missing', 'Il manque encore {count} {count|champ|champs}'),
  filled: text('from evidence', 'd’après les pièces'),
  yours: text('by hand', 'à la main'),
  takeBack: text('Back to what evidence says', 'Revenir à ce que disent les pièces'),
  needed: text('missing', 'manquant'),
  onlyIf: text('only {when}', 'seulement : {when}'),
  masked: text(
    'Passwords, keys and tokens are masked in everything that is copied.',
    'Les mots de passe, clés et jetons sont masqués dans tout ce qui est copié.',
  ),
  language: text('Language of the copy', 'Langue de la copie'),
  guide: text('Guide {section}', 'Guide, section {section}'),
  none: text('none', 'aucune'),
} as const satisfies Record<string, Text>;
