import type { CallOutcome, RegistrationOutcome } from '../../evidence/links';
import type { SubscriptionState } from '../../evidence/subscriptions';
import { same, text, type Text } from '../../text/text';

export const callsText = {
  calls: text('Calls', 'Appels'),
  registrations: text('Registrations', 'Enregistrements'),
  subscriptions: text('Subscriptions', 'Abonnements'),
  peers: text('OPTIONS', 'OPTIONS'),
  filterAny: text('Find in this list', 'Chercher dans cette liste'),
  subscriptionTable: text('Subscriptions of this session', 'Abonnements de cette session'),
  peerTable: text('Hosts that ask each other by OPTIONS', 'Hôtes qui s’interrogent par OPTIONS'),
  noSubscriptions: text('No subscription is in what was loaded', 'Aucun abonnement dans ce qui a été chargé'),
  noPeers: text('No OPTIONS is in what was loaded', 'Aucune requête OPTIONS dans ce qui a été chargé'),
  openLogs: text('Enter opens the first message in the logs', 'Entrée ouvre le premier message dans les journaux'),
  event: text('Event', 'Événement'),
  subscriber: text('Subscriber', 'Abonné'),
  resource: text('Resource', 'Ressource'),
  notifier: text('Notifier', 'Notificateur'),
  state: text('State', 'État'),
  changes: text('Changes', 'Changements'),
  asked: text('Asked', 'Demandes'),
  answered: text('Answered', 'Réponses'),
  isUp: text('Now', 'État actuel'),
  up: text('answers', 'répond'),
  down: text('silent or refuses', 'muet ou refuse'),
  outages: text('Outages', 'Interruptions'),
  tabs: text('Kind of traffic', 'Type de trafic'),
  start: text('Start', 'Début'),
  from: text('From', 'De'),
  to: text('To', 'Vers'),
  outcome: text('Outcome', 'Issue'),
  final: text('Status', 'Code'),
  setup: text('Set-up', 'Établissement'),
  duration: text('Duration', 'Durée'),
  legs: text('Legs', 'Jambes'),
  messages: same('Messages'),
  findings: text('Findings', 'Constats'),
  aor: text('Address of record', 'Adresse enregistrée'),
  registrar: text('Registrar', 'Serveur d’enregistrement'),
  contact: same('Contact'),
  attempts: text('Attempts', 'Tentatives'),
  expires: text('Expires', 'Expire'),
  delay: text('Delay', 'Délai'),
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
    'Terms apart by blanks; all must hold. key:text contains, key=text equals, key:a|b is one of them, > >= < <= compare, -⁠term negates, "two words" in quotes; a bare word is looked for in users, outcome, hosts and Call-ID. Durations: 250ms, 3s, 2min.',
    'Des termes séparés par des espaces, tous requis. clé:texte contient, clé=texte égale, clé:a|b l’un des deux, > >= < <= comparent, -⁠terme exclut, "deux mots" entre guillemets ; un mot seul se cherche dans utilisateurs, issue, hôtes et Call-ID. Durées : 250ms, 3s, 2min.',
  ),
  keptFilters: text('Filters', 'Filtres'),
  keepFilter: text('Keep “{filter}”', 'Garder « {filter} »'),
  forgetFilter: text('Forget “{filter}”', 'Oublier « {filter} »'),
  columns: text('Columns', 'Colonnes'),
  columnsShown: text('Columns shown', 'Colonnes affichées'),
  columnsReset: text('As delivered', 'Comme à l’origine'),
  quality: text('Media', 'Médias'),
  loss: text('Loss', 'Pertes'),
  jitter: text('Jitter', 'Gigue'),
  mos: text('MOS (estimate)', 'MOS (estimation)'),
  codec: text('Codec', 'Codec'),
  hosts: text('Hosts', 'Hôtes'),
  callId: same('Call-ID'),
  open: text('Enter opens the ladder', 'Entrée ouvre le diagramme'),
  openOrMark: text('Enter opens the ladder, Space marks a call', 'Entrée ouvre le diagramme, Espace coche un appel'),
  marks: text('Marked calls', 'Appels cochés'),
  mark: text('Mark this call', 'Cocher cet appel'),
  marked: text('{count} {count|call|calls} marked', '{count} {count|appel coché|appels cochés}'),
  markMore: text('Mark another call to join them.', 'Cocher un autre appel pour les réunir.'),
  unmark: text('Unmark', 'Décocher'),
  joinCalls: text('Join as one call', 'Réunir en un appel'),
} as const satisfies Record<string, Text>;

export interface FilterKey {
  readonly key: string;
  readonly means: Text;
}
const anyMessage: readonly FilterKey[] = [
  {
    key: 'method',
    means: text('method of any message: INVITE, REGISTER …', 'méthode d’un message : INVITE, REGISTER …'),
  },
  { key: 'status', means: text('status of any answer: 486, >=400, 4xx', 'code d’une réponse : 486, >=400, 4xx') },
  { key: 'reason', means: text('words of an answer', 'mots d’une réponse') },
  { key: 'host', means: text('address of either end', 'adresse d’une extrémité') },
  { key: 'port', means: text('port of either end', 'port d’une extrémité') },
  { key: 'transport', means: same('UDP, TCP, TLS, WS, WSS') },
  { key: 'user', means: text('From, To or Request-URI', 'From, To ou Request-URI') },
  { key: 'callid', means: same('Call-ID') },
  { key: 'agent', means: same('User-Agent, Server') },
  {
    key: 'finding',
    means: text('any, a severity, or part of a check’s name', 'any, une gravité, ou une partie du nom d’un contrôle'),
  },
];
export const callKeys: readonly FilterKey[] = [
  { key: 'from', means: text('calling user', 'appelant') },
  { key: 'to', means: text('called user', 'appelé') },
  {
    key: 'outcome',
    means: same('answered, cancelled, busy, rejected, timeout, incomplete, in-progress'),
  },
  ...anyMessage,
  { key: 'legs', means: text('number of legs', 'nombre de jambes') },
  { key: 'messages', means: text('number of messages', 'nombre de messages') },
  { key: 'setup', means: text('until it rings: >3s', 'jusqu’à la sonnerie : >3s') },
  { key: 'duration', means: text('from answer to end: <10s', 'du décroché à la fin : <10s') },
  { key: 'disconnect', means: text('from BYE to its answer: >1s', 'du BYE à sa réponse : >1s') },
  { key: 'codec', means: text('of its media: PCMA', 'de ses médias : PCMA') },
  { key: 'loss', means: text('worst loss in percent: >1', 'pire perte en pour cent : >1') },
  { key: 'jitter', means: text('worst jitter: >30ms', 'pire gigue : >30ms') },
  { key: 'mos', means: text('worst estimate: <3.6', 'pire estimation : <3.6') },
  { key: 'streams', means: text('number of media streams', 'nombre de flux média') },
];
export const registrationKeys: readonly FilterKey[] = [
  { key: 'aor', means: text('address of record', 'adresse enregistrée') },
  { key: 'registrar', means: text('host that registers', 'hôte qui enregistre') },
  { key: 'outcome', means: same('registered, unanswered, challenged, rejected, lapsed, removed') },
  ...anyMessage,
  { key: 'attempts', means: text('number of attempts', 'nombre de tentatives') },
  { key: 'expires', means: text('granted time: <60s', 'durée accordée : <60s') },
  { key: 'delay', means: text('from REGISTER to 200: >1s', 'du REGISTER au 200 : >1s') },
  { key: 'ineffective', means: text('attempts that failed: >0', 'tentatives en échec : >0') },
];
export const callExamples = [
  {
    term: 'method:INVITE status>=400 -status:401|407',
    means: text(
      'Calls with a refusal that is no question for credentials',
      'Appels avec un refus autre qu’une demande d’identifiants',
    ),
  },
  { term: 'outcome:busy|rejected|timeout', means: text('Calls that failed', 'Appels en échec') },
  { term: 'legs>1 setup>3s', means: text('Slow set-up over several legs', 'Établissement lent sur plusieurs jambes') },
  { term: 'loss>1', means: text('Media with loss above 1 %', 'Médias avec plus de 1 % de pertes') },
];
export const registrationExamples = [
  { term: 'outcome:rejected|challenged', means: text('Registrations that are refused', 'Enregistrements refusés') },
  {
    term: 'attempts>5 expires<60s',
    means: text('Phones that register again and again', 'Téléphones qui s’enregistrent sans cesse'),
  },
];

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

export const subscriptionWords: Readonly<Record<SubscriptionState, Text>> = {
  asked: text('asked', 'demandé'),
  active: text('active', 'actif'),
  pending: text('pending', 'en attente'),
  refused: text('refused', 'refusé'),
  terminated: text('ended', 'terminé'),
  lapsed: text('lapsed', 'expiré'),
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

export const joinText = {
  open: text('Join legs by…', 'Relier les jambes par…'),
  hint: text(
    'Name SIP headers in which the legs of one call carry the same value',
    'Nommer des en-têtes SIP où les jambes d’un même appel portent la même valeur',
  ),
  title: text('Join legs by a header', 'Relier les jambes par un en-tête'),
  explain: text(
    'Legs with the same value in one of these headers become one call. Session-ID, X-Call-ID, X-CID, X-Mitel-Correlation-ID, P-Charging-Vector, Cisco-Guid and User-to-User count always.',
    'Les jambes ayant la même valeur dans l’un de ces en-têtes deviennent un seul appel. Session-ID, X-Call-ID, X-CID, X-Mitel-Correlation-ID, P-Charging-Vector, Cisco-Guid et User-to-User comptent toujours.',
  ),
  names: text('Further headers', 'Autres en-têtes'),
  again: text(
    'A new name is looked for by reading the captures of this session again.',
    'Un nouveau nom est cherché en relisant les captures de cette session.',
  ),
  unfit: text('Not a name of a header: {names}', 'Pas un nom d’en-tête : {names}'),
  apply: text('Join', 'Relier'),
  cancel: text('Cancel', 'Annuler'),
};
