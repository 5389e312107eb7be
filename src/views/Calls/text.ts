import type { CallOutcome, RegistrationOutcome } from '../../evidence/links';
import { same, text, type Text } from '../../text/text';

export const callsText = {
  calls: text('Calls', 'Appels'),
  registrations: text('Registrations', 'Enregistrements'),
  tabs: text('Kind of traffic', 'Type de trafic'),
  start: text('Start', 'Début'),
  from: text('From', 'De'),
  to: text('To', 'Vers'),
  outcome: text('Outcome', 'Issue'),
  final: text('Status', 'Code'),
  setup: text('Set-up', 'Établissement'),
  duration: text('Duration', 'Durée'),
  legs: text('Legs', 'Jambes'),
  messages: text('Messages', 'Messages de l’appel'),
  findings: text('Findings', 'Constats'),
  aor: text('Address of record', 'Adresse enregistrée'),
  registrar: text('Registrar', 'Serveur d’enregistrement'),
  contact: same('Contact'),
  attempts: text('Attempts', 'Tentatives'),
  expires: text('Expires', 'Expire'),
  last: text('Last', 'Dernier'),
  table: text('Calls of this session', 'Appels de cette session'),
  registrationTable: text('Registrations of this session', 'Enregistrements de cette session'),
  filter: text('Filter calls', 'Filtrer les appels'),
  filterHint: text(
    'number, address or outcome:rejected status>=400 host:192.0.2.20 setup>3s -method:OPTIONS',
    'numéro, adresse ou outcome:rejected status>=400 host:192.0.2.20 setup>3s -method:OPTIONS',
  ),
  clearFilter: text('Clear the filter', 'Effacer le filtre'),
  shown: text('{count} of {total}', '{count} sur {total}'),
  withFinding: text('With a finding', 'Avec un constat'),
  noMatch: text('Nothing fits the filter', 'Rien ne correspond au filtre'),
  noCalls: text('No call is in what was loaded', 'Aucun appel dans ce qui a été chargé'),
  noCallsMore: text(
    'Take a signalling capture while you reproduce the fault, then drop it here.',
    'Prendre une capture de signalisation pendant la reproduction du défaut, puis la déposer ici.',
  ),
  noRegistrations: text('No registration is in what was loaded', 'Aucun enregistrement dans ce qui a été chargé'),
  help: text('Filter language', 'Langage de filtre'),
  helpTerms: text(
    'Terms apart by blanks; all must hold. key:text contains, key=text equals, > >= < <= compare, -term negates, "two words" in quotes. Durations: 250ms, 3s, 2min.',
    'Des termes séparés par des espaces, tous requis. clé:texte contient, clé=texte égale, > >= < <= comparent, -terme exclut, "deux mots" entre guillemets. Durées : 250ms, 3s, 2min.',
  ),
  helpKeys: text(
    'Keys: from, to, outcome, status, method, host, callid, agent, legs, messages, setup, duration, finding.',
    'Clés : from, to, outcome, status, method, host, callid, agent, legs, messages, setup, duration, finding.',
  ),
  helpRegistrationKeys: text(
    'Keys: aor, registrar, outcome, status, method, host, callid, agent, attempts, expires, finding.',
    'Clés disponibles : aor, registrar, outcome, status, method, host, callid, agent, attempts, expires, finding.',
  ),
  open: text('Enter opens the ladder', 'Entrée ouvre le diagramme'),
} as const satisfies Record<string, Text>;

export const outcomeWords: Readonly<Record<CallOutcome, Text>> = {
  answered: text('answered', 'décroché'),
  cancelled: text('cancelled', 'annulé'),
  busy: text('busy', 'occupé'),
  rejected: text('rejected', 'refusé'),
  timeout: text('no answer from the peer', 'sans réponse du pair'),
  incomplete: text('not seen whole', 'vu en partie'),
  'in-progress': text('still going on', 'encore en cours'),
};
export const registrationOutcomeWords: Readonly<Record<RegistrationOutcome, Text>> = {
  registered: text('registered', 'enregistré'),
  unanswered: text('no answer', 'sans réponse'),
  challenged: text('refused again and again', 'refusé à répétition'),
  rejected: text('rejected', 'rejeté'),
  lapsed: text('lapsed', 'expiré'),
  removed: text('removed', 'retiré'),
};

/** A word that is bad news is shown with the severity shape; the others stay plain. */
export const badOutcomes: Readonly<Record<string, 'error' | 'warning'>> = {
  rejected: 'error',
  timeout: 'error',
  unanswered: 'error',
  challenged: 'error',
  lapsed: 'warning',
  incomplete: 'warning',
};
