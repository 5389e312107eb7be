import type { Fault } from '../../checklists/case-forms';
import { text } from '../../text/text';

export const caseText = {
  forms: text('Forms', 'Formulaires'),
  toMitel: text('To Mitel', 'À Mitel'),
  toZoom: text('To Zoom', 'À Zoom'),
  missingCount: text('{count} missing', '{count} à remplir'),
  complete: text('complete', 'complet'),
  subject: text('Subject line', 'Objet'),
  language: text('Language of the case', 'Langue du dossier'),
  fields: text('What to give', 'Ce qu’il faut donner'),
  fromEvidence: text('from the evidence', 'tiré des pièces'),
  byHand: text('by hand', 'à la main'),
  takeBack: text('Take it from the evidence', 'Reprendre des pièces'),
  takeBackOf: text('{field}: take it from the evidence', '{field} : reprendre des pièces'),
  sayIncident: text('set the incident window', 'définir la fenêtre d’incident'),
  stillMissing: text('Still missing', 'Encore à remplir'),
  nothingMissing: text('Everything that is asked for is there.', 'Tout ce qui est demandé est là.'),
  routing: text('Where it goes', 'À qui l’adresser'),
  routeMitel: text(
    'Mitel support takes it. What is not PSI (Meetings, Team Chat, Whiteboard) goes to Zoom support.',
    'Le support Mitel le prend. Ce qui n’est pas PSI (Meetings, Team Chat, Whiteboard) va au support Zoom.',
  ),
  routeZoom: text('Zoom support takes it.', 'Le support Zoom le prend.'),
  notPsi: text(
    'Not PSI: this goes to Zoom support, with Zoom’s form. A case at Mitel would come back.',
    'Hors PSI : à adresser au support Zoom, avec le formulaire de Zoom. Un dossier chez Mitel reviendrait.',
  ),
  samlGone: text(
    'The incident is more than 7 days old: its SAML Response logs are gone. Reproduce it first.',
    'L’incident a plus de 7 jours : ses SAML Response logs ont disparu. Le reproduire d’abord.',
  ),
  preview: text('What is copied', 'Ce qui est copié'),
  masked: text(
    'Passwords, keys and tokens are masked; names and numbers are not.',
    'Mots de passe, clés et jetons sont masqués ; noms et numéros ne le sont pas.',
  ),
  copyText: text('Copy as text', 'Copier en texte'),
  copyMarkdown: text('Copy as Markdown', 'Copier en Markdown'),
  copyHtml: text('Copy with formatting', 'Copier avec mise en forme'),
  copySubject: text('Copy the subject line', 'Copier l’objet'),
  copied: text('Copied', 'Copié'),
  copyFailed: text('Not copied: the browser refused', 'Non copié : le navigateur a refusé'),
  noEvidence: text(
    'No evidence is loaded: nothing is filled in.',
    'Aucune pièce n’est chargée : rien n’est prérempli.',
  ),
  looking: text('reading the evidence', 'lecture des pièces'),

  more: text('and {count} more', 'et {count} de plus'),
  finding: text('{severity}: {title}', '{severity} : {title}'),
  call: text('{time} ({zone}), {from} → {to}: {status}', '{time} ({zone}), {from} → {to} : {status}'),
  callId: text('Call-ID {id}', 'Call-ID : {id}'),
  noAnswer: text('no final answer', 'pas de réponse finale'),
  place: text('{where}: {text}', '{where} : {text}'),
  piece: text('{name} ({bytes})', '{name} ({bytes})'),
  step: text('{state}: {ask}', '{state} : {ask}'),
} as const;

export const faultWords = {
  empty: text('missing', 'à remplir'),
  digits: text('digits only', 'chiffres uniquement'),
  zone: text('no time zone', 'sans fuseau horaire'),
} as const satisfies Record<Fault, unknown>;
