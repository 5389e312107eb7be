/** What a message says, in words: status codes (RFC 3261 §21 and extensions), Reason/Q.850, hold and keying in SDP. */
import { text, type Text } from '../../text/text';
import { explainCode, type Explained } from './causes';

export const statusWords: Readonly<Record<number, Text>> = {
  100: text('The next hop has the request and is working on it.', 'Le saut suivant a reçu la requête et la traite.'),
  180: text('The called phone rings.', 'Le téléphone appelé sonne.'),
  181: text('The call is being forwarded.', 'L’appel est renvoyé.'),
  182: text('The call waits in a queue.', 'L’appel attend dans une file.'),
  183: text(
    'Progress, usually with an announcement or tone before the answer.',
    'Progression, souvent avec une annonce ou tonalité avant le décroché.',
  ),
  200: text('Accepted.', 'Accepté.'),
  202: text('Taken on; the result follows later.', 'Pris en charge ; le résultat suivra.'),
  301: text(
    'The user has moved for good; the new address is in Contact.',
    'L’utilisateur a déménagé ; la nouvelle adresse est dans Contact.',
  ),
  302: text(
    'The user is elsewhere for now; the address is in Contact.',
    'L’utilisateur est ailleurs pour l’instant ; l’adresse est dans Contact.',
  ),
  400: text(
    'The peer found a fault in the form of the request.',
    'Le pair a trouvé une faute de forme dans la requête.',
  ),
  401: text(
    'The registrar asks for credentials. Normal once; a fault if it follows credentials.',
    'Le serveur demande des identifiants. Normal une fois ; défaut s’il suit des identifiants.',
  ),
  403: text(
    'Understood and refused: a right or licence is missing, or an access list forbids it.',
    'Compris et refusé : un droit ou une licence manque, ou une liste d’accès l’interdit.',
  ),
  404: text('The number or user is unknown here.', 'Le numéro ou l’utilisateur est inconnu ici.'),
  405: text('This method is not allowed for this address.', 'Cette méthode n’est pas permise pour cette adresse.'),
  407: text(
    'The proxy asks for credentials. Normal once; a fault if it follows credentials.',
    'Le mandataire demande des identifiants. Normal une fois ; défaut s’il suit des identifiants.',
  ),
  408: text('No answer in time from the next hop.', 'Pas de réponse à temps du saut suivant.'),
  410: text('The user has left this address for good.', 'L’utilisateur a quitté définitivement cette adresse.'),
  415: text('The body’s type is not supported.', 'Le type du corps n’est pas pris en charge.'),
  420: text(
    'A required extension is not supported; Unsupported names it.',
    'Une extension exigée n’est pas prise en charge ; Unsupported la nomme.',
  ),
  422: text(
    'The session timer asked for is too short; Min-SE says the least.',
    'Le temporisateur de session est trop court ; Min-SE donne le minimum.',
  ),
  423: text(
    'The registration asked for is too short; Min-Expires says the least.',
    'La durée d’enregistrement est trop courte ; Min-Expires donne le minimum.',
  ),
  480: text(
    'The user is known but cannot be reached now: not registered, or asleep.',
    'L’utilisateur est connu mais injoignable : non enregistré, ou en veille.',
  ),
  481: text('The peer knows no such dialog (any more).', 'Le pair ne connaît pas (ou plus) ce dialogue.'),
  482: text(
    'The request came back to a host that has seen it: a loop.',
    'La requête est revenue à un hôte qui l’a déjà vue : une boucle.',
  ),
  483: text('Too many hops: usually a loop.', 'Trop de sauts : le plus souvent une boucle.'),
  484: text('The number is not complete.', 'Le numéro est incomplet.'),
  486: text(
    'The called phone is busy, or has do-not-disturb on.',
    'Le téléphone appelé est occupé, ou en « ne pas déranger ».',
  ),
  487: text('The caller gave up before the answer.', 'L’appelant a abandonné avant le décroché.'),
  488: text(
    'The offered media are not acceptable: no common codec, or SRTP on one side only.',
    'Le média offert n’est pas acceptable : pas de codec commun, ou SRTP d’un seul côté.',
  ),
  489: text('This event package is not supported.', 'Ce type d’événement n’est pas pris en charge.'),
  491: text(
    'Both sides asked for a change at once; one tries again shortly.',
    'Les deux côtés ont demandé un changement à la fois ; l’un réessaie bientôt.',
  ),
  500: text('The peer failed while working on the request.', 'Le pair a échoué en traitant la requête.'),
  501: text('The peer does not know this method.', 'Le pair ne connaît pas cette méthode.'),
  502: text('The gateway got a bad answer from behind it.', 'La passerelle a reçu une mauvaise réponse de l’aval.'),
  503: text('The peer is overloaded or out of service.', 'Le pair est surchargé ou hors service.'),
  504: text(
    'The gateway got no answer in time from behind it.',
    'La passerelle n’a pas eu de réponse à temps de l’aval.',
  ),
  555: text(
    'The push service named in the registration is not supported (RFC 8599).',
    'Le service push nommé à l’enregistrement n’est pas pris en charge (RFC 8599).',
  ),
  600: text('Busy everywhere.', 'Occupé partout.'),
  603: text('The called person declined.', 'L’appelé a refusé.'),
  604: text('The user exists nowhere.', 'L’utilisateur n’existe nulle part.'),
  606: text('The offered media are not acceptable anywhere.', 'Le média offert n’est acceptable nulle part.'),
};

const classWords: Readonly<Record<number, Text>> = {
  1: text('In progress.', 'En cours.'),
  2: text('Accepted.', 'Accepté.'),
  3: text('Try another address.', 'Essayer une autre adresse.'),
  4: text(
    'Refused: the request as it stands cannot be served here.',
    'Refusé : la requête telle quelle ne peut être servie ici.',
  ),
  5: text('The peer failed.', 'Le pair a échoué.'),
  6: text('Refused everywhere.', 'Refusé partout.'),
};

const methodWords: Readonly<Record<string, Text>> = {
  INVITE: text('Asks for a call, or changes one that runs.', 'Demande un appel, ou en modifie un en cours.'),
  ACK: text('Confirms the final answer to INVITE.', 'Confirme la réponse finale à INVITE.'),
  BYE: text('Ends the call.', 'Termine l’appel.'),
  CANCEL: text('Gives up before the answer.', 'Abandonne avant le décroché.'),
  REGISTER: text('Tells the registrar where the user can be reached.', 'Indique au serveur où joindre l’utilisateur.'),
  OPTIONS: text(
    'Asks whether the peer is there; often a keepalive.',
    'Demande si le pair est là ; souvent un test de présence.',
  ),
  INFO: text(
    'Carries something within the call, such as a digit.',
    'Transporte une information pendant l’appel, par exemple un chiffre.',
  ),
  PRACK: text('Confirms a reliable provisional answer.', 'Confirme une réponse provisoire fiable.'),
  UPDATE: text(
    'Changes media or timer before or during the call.',
    'Modifie le média ou le temporisateur avant ou pendant l’appel.',
  ),
  REFER: text('Asks the peer to call someone else: a transfer.', 'Demande au pair d’appeler un tiers : un transfert.'),
  NOTIFY: text('Reports a state that was asked for.', 'Rapporte un état demandé.'),
  SUBSCRIBE: text('Asks to be told of a state.', 'Demande à être informé d’un état.'),
  MESSAGE: text('Carries a text message.', 'Transporte un message texte.'),
  PUBLISH: text('Publishes a state.', 'Publie un état.'),
};

export function explainStart(method: string, status: number): Text | undefined {
  return status > 0 ? (statusWords[status] ?? classWords[Math.floor(status / 100)]) : methodWords[method];
}

/** A line of the message that deserves words; undefined for all others. */
export function explainLine(line: string): Explained | undefined {
  for (const [pattern, words] of lineWords) if (pattern.test(line)) return { text: words };
  const sip = /^Reason\s*:\s*SIP\s*;\s*cause\s*=\s*(\d{3})\b/i.exec(line)?.[1];
  const status = sip === undefined ? undefined : statusWords[Number(sip)];
  return status ? { text: status } : explainCode(line);
}

const lineWords: readonly (readonly [RegExp, Text])[] = [
  [/^a=sendonly\b/, text('hold: sends only, the other side listens', 'garde : émet seulement, l’autre écoute')],
  [/^a=recvonly\b/, text('answers a hold: listens only', 'répond à une garde : écoute seulement')],
  [/^a=inactive\b/, text('hold: no media in either direction', 'garde : aucun média dans les deux sens')],
  [/^a=sendrecv\b/, text('media in both directions', 'média dans les deux sens')],
  [
    /^c=IN IP4 0\.0\.0\.0/,
    text('old form of hold: no address to send to', 'ancienne forme de garde : aucune adresse d’envoi'),
  ],
  [/^m=\w+ 0 /, text('port 0: this medium is refused or switched off', 'port 0 : ce média est refusé ou arrêté')],
  [/^m=\w+ \d+ RTP\/SAVPF?\b/, text('SRTP required', 'SRTP exigé')],
  [/^m=\w+ \d+ UDP\/TLS\/RTP\/SAVPF?\b/, text('SRTP keyed by DTLS', 'SRTP avec clés DTLS')],
  [/^m=\w+ \d+ RTP\/AVPF?\b/, text('plain RTP, not encrypted', 'RTP en clair, non chiffré')],
  [/^a=crypto:/, text('SRTP key in the signalling (masked)', 'clé SRTP dans la signalisation (masquée)')],
  [/^a=fingerprint:/, text('certificate of the DTLS key exchange', 'certificat de l’échange de clés DTLS')],
  [/^a=ptime:/, text('milliseconds of audio a packet', 'millisecondes d’audio par paquet')],
  [/^a=rtpmap:\d+ telephone-event/i, text('digits as RTP events (RFC 4733)', 'chiffres en événements RTP (RFC 4733)')],
  [/^(?:Authorization|Proxy-Authorization):/i, text('credentials (masked)', 'identifiants (masqués)')],
  [
    /^(?:WWW|Proxy)-Authenticate:/i,
    text('the challenge: realm, nonce and algorithm', 'le défi : domaine, nonce et algorithme'),
  ],
  [/^Reason:.*completed elsewhere/i, text('another phone of the group answered', 'un autre poste du groupe a répondu')],
  [
    /^Session-Expires:/i,
    text(
      'the call must be refreshed within this time (RFC 4028)',
      'l’appel doit être rafraîchi dans ce délai (RFC 4028)',
    ),
  ],
  [/^Retry-After:/i, text('try again after so many seconds', 'réessayer après ce nombre de secondes')],
  [/^Min-Expires:/i, text('shortest registration that is accepted', 'plus courte durée d’enregistrement acceptée')],
  [
    /^Session-ID:/i,
    text(
      'the same pair of ids on every leg of the call (RFC 7989)',
      'la même paire d’identifiants sur chaque jambe (RFC 7989)',
    ),
  ],
  [/^Replaces:/i, text('takes the place of the call named', 'prend la place de l’appel nommé')],
  [/^Refer-To:/i, text('whom the peer is asked to call', 'qui le pair est prié d’appeler')],
  [
    /^(?:P-Asserted-Identity|Remote-Party-ID):/i,
    text('identity that the network vouches for', 'identité garantie par le réseau'),
  ],
  [/^(?:Diversion|History-Info):/i, text('from whom the call was forwarded', 'de qui l’appel a été renvoyé')],
  [/^RSeq:/i, text('reliable provisional answer, wants PRACK', 'réponse provisoire fiable, attend PRACK')],
  [
    /^Require:.*\b100rel\b/i,
    text('provisional answers must be confirmed (PRACK)', 'réponses provisoires à confirmer (PRACK)'),
  ],
  [/^Unsupported:/i, text('extensions that the peer does not have', 'extensions que le pair n’a pas')],
  [/^Min-SE:/i, text('shortest session timer that is accepted', 'plus court temporisateur de session accepté')],
  [/^Subscription-State:\s*terminated/i, text('the subscription has ended', 'l’abonnement a pris fin')],
  [/^Content-Length:\s*0\s*$/i, text('no body', 'sans corps')],
];
