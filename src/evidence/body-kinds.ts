import { same, text, type Text } from '../text/text';

/** Kinds of bodies by what their media type contains, in lower case; the place in the list is the bit in `messages.bodies`. */
export const bodyKinds: readonly { readonly mark: string; readonly name: Text }[] = [
  { mark: '/sdp', name: same('SDP') },
  { mark: 'sipfrag', name: text('SIP fragment (state of a transfer)', 'Fragment SIP (état d’un transfert)') },
  { mark: 'application/dtmf', name: text('DTMF digits', 'Chiffres DTMF') },
  { mark: 'vq-rtcpxr', name: text('Voice quality report', 'Rapport de qualité vocale') },
  { mark: 'csta+xml', name: text('CSTA (uaCSTA)', 'CSTA (uaCSTA)') },
  { mark: 'application/isup', name: text('ISUP message (SIP-I, SIP-T)', 'Message ISUP (SIP-I, SIP-T)') },
  { mark: 'application/qsig', name: text('QSIG message', 'Message QSIG') },
  { mark: 'pidf+xml', name: text('Presence (PIDF)', 'Présence (PIDF)') },
  { mark: 'dialog-info+xml', name: text('Dialog state (busy lamp)', 'État de dialogue (supervision de ligne)') },
  { mark: 'simple-message-summary', name: text('Waiting messages', 'Messages en attente') },
  { mark: 'reginfo+xml', name: text('Registration state', 'État d’enregistrement') },
  { mark: 'conference-info+xml', name: text('Conference state', 'État de conférence') },
  { mark: 'rs-metadata', name: text('Recording metadata (SIPREC)', 'Métadonnées d’enregistrement (SIPREC)') },
  { mark: 'x-mitel-info', name: text('Mitel information', 'Informations Mitel') },
];
/** The bit of a body of another kind. */
export const otherBody = 1 << 15;
const other = text('another kind of body', 'corps d’un autre type');

/** Names of the bodies of a message. */
export const bodyNames = (bodies: number): readonly Text[] => [
  ...bodyKinds.flatMap(({ name }, bit) => ((bodies & (1 << bit)) !== 0 ? [name] : [])),
  ...((bodies & otherBody) !== 0 ? [other] : []),
];
