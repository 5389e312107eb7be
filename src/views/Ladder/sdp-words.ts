/** SDP line by line in words (RFC 8866, RFC 3264 for directions, RFC 4568 for crypto, RFC 4733 for digits). */
import { same, text, type Text, type Values } from '../../text/text';

export interface Said {
  readonly text: Text;
  readonly values?: Values;
}

const kinds: Readonly<Record<string, Text>> = {
  audio: same('Audio'),
  video: text('Video', 'Vidéo'),
  image: text('Fax (T.38)', 'Télécopie (T.38)'),
  application: text('Data', 'Données'),
};
const codecs: Readonly<Record<string, Text>> = {
  pcma: text('G.711 A-law, 64 kbit/s', 'G.711 loi A, 64 kbit/s'),
  pcmu: text('G.711 µ-law, 64 kbit/s', 'G.711 loi µ, 64 kbit/s'),
  g729: text('G.729, 8 kbit/s', 'G.729 à 8 kbit/s'),
  g722: text('G.722, wideband at 64 kbit/s', 'G.722, large bande à 64 kbit/s'),
  opus: text('Opus, wideband, variable rate', 'Opus, large bande, débit variable'),
  cn: text('comfort noise in silences', 'bruit de confort dans les silences'),
};

const words = {
  version: text('SDP version {version}', 'Version {version} de SDP'),
  origin: text(
    'Session {id}, version {version}, written by {host}',
    'Session {id}, version {version}, écrite par {host}',
  ),
  name: text('Name of the session', 'Nom de la session'),
  noName: text('No session name', 'Pas de nom de session'),
  connection: text('Send media to {address}', 'Envoyer le média à {address}'),
  oldHold: text('Hold in its old form: nowhere to send to', 'Mise en garde, forme ancienne : aucune adresse d’envoi'),
  times: text('No time limits', 'Pas de limite de temps'),
  plain: text('{kind} on port {port}, plain RTP', '{kind} sur le port {port}, RTP en clair'),
  srtp: text('{kind} on port {port}, SRTP', '{kind} sur le port {port}, en SRTP'),
  dtls: text('{kind} on port {port}, SRTP keyed by DTLS', '{kind} sur le port {port}, SRTP à clés DTLS'),
  udptl: text('{kind} on port {port} over UDPTL', '{kind} sur le port {port} en UDPTL'),
  otherMedia: text('{kind} on port {port}', '{kind} sur le port {port}'),
  refused: text('{kind} refused or switched off: port 0', '{kind} : refus ou arrêt, port 0'),
  codec: text('{name}: {what}', '{name} : {what}'),
  format: text('Format {number} is {name}', 'Le format {number} est {name}'),
  digits: text('DTMF travels as RTP events', 'Les DTMF passent en événements RTP'),
  digitsOf: text('Digits sent as events: {list}', 'Chiffres envoyés en événements : {list}'),
  options: text('Options of format {number}', 'Options du format {number}'),
  ptime: text('{time} ms of sound a packet', '{time} ms de son par paquet'),
  maxptime: text('At most {time} ms of sound a packet', 'Au plus {time} ms de son par paquet'),
  sendrecv: text('Both directions, not on hold', 'Deux sens, pas de mise en garde'),
  sendonly: text('Hold: sends only, the other side listens', 'Garde : émet seulement, l’autre côté écoute'),
  recvonly: text('Listens only: the answer to a hold', 'Écoute seulement : la réponse à une garde'),
  inactive: text('Hold: no media in either direction', 'Garde : aucun média dans les deux sens'),
  crypto: text('SRTP key in the signalling (masked), {suite}', 'Clé SRTP dans la signalisation (masquée), {suite}'),
  fingerprint: text('Certificate of the DTLS key exchange', 'Certificat de l’échange de clés DTLS'),
  setup: text('Who opens DTLS: {role}', 'Qui ouvre DTLS : {role}'),
  rtcp: text('RTCP on port {port}', 'RTCP sur le port {port}'),
  mux: text('RTP and RTCP share one port', 'RTP et RTCP partagent un port'),
  candidate: text('ICE: reachable at {address} ({type})', 'ICE : joignable à {address} ({type})'),
  ice: text('ICE credentials of this offer', 'Identifiants ICE de cette offre'),
  bandwidth: text('Bandwidth: {value}', 'Débit : {value}'),
  label: text('Name of this medium for grouping', 'Nom de ce média pour le regroupement'),
  ssrc: text('Source number of the RTP stream', 'Numéro de source du flux RTP'),
  fax: text('T.38 fax option', 'Option de télécopie T.38'),
} as const satisfies Record<string, Text>;

export function explainSdp(line: string): Said | undefined {
  const value = line.slice(2);
  const parts = value.split(' ');
  switch (line.slice(0, 2)) {
    case 'v=':
      return { text: words.version, values: { version: value } };
    case 'o=':
      return parts.length < 6
        ? undefined
        : { text: words.origin, values: { id: parts[1]!, version: parts[2]!, host: parts[5]! } };
    case 's=':
      return { text: value === '-' || value.trim() === '' ? words.noName : words.name };
    case 'c=':
      return parts[2] === '0.0.0.0'
        ? { text: words.oldHold }
        : { text: words.connection, values: { address: parts[2] ?? '' } };
    case 't=':
      return value === '0 0' ? { text: words.times } : undefined;
    case 'b=':
      return { text: words.bandwidth, values: { value } };
    case 'm=':
      return media(parts);
    case 'a=':
      return attribute(value);
    default:
      return undefined;
  }
}

function media([kind = '', port = '', profile = '']: readonly string[]): Said {
  const values = { kind: kinds[kind] ?? kind, port };
  if (port === '0') return { text: words.refused, values };
  if (/^udptl$/i.test(profile)) return { text: words.udptl, values };
  if (/TLS\/RTP\/SAVP/i.test(profile)) return { text: words.dtls, values };
  if (/SAVP/i.test(profile)) return { text: words.srtp, values };
  return { text: /AVP/i.test(profile) ? words.plain : words.otherMedia, values };
}

function attribute(value: string): Said | undefined {
  const colon = value.indexOf(':');
  const [name, rest] = colon < 0 ? [value.trim(), ''] : [value.slice(0, colon), value.slice(colon + 1)];
  const parts = rest.split(' ');
  switch (name) {
    case 'rtpmap': {
      const codec = (parts[1] ?? '').split('/')[0]!;
      if (/^telephone-event$/i.test(codec)) return { text: words.digits };
      const what = Object.hasOwn(codecs, codec.toLowerCase()) ? codecs[codec.toLowerCase()] : undefined;
      return what
        ? { text: words.codec, values: { name: codec, what } }
        : { text: words.format, values: { number: parts[0] ?? '', name: codec } };
    }
    case 'fmtp':
      return /^[\d,-]+$/.test(parts[1] ?? '') && parts.length === 2
        ? { text: words.digitsOf, values: { list: parts[1]! } }
        : { text: words.options, values: { number: parts[0] ?? '' } };
    case 'ptime':
    case 'maxptime':
      return { text: words[name], values: { time: rest } };
    case 'sendrecv':
    case 'sendonly':
    case 'recvonly':
    case 'inactive':
      return { text: words[name] };
    case 'crypto':
      return { text: words.crypto, values: { suite: parts[1] ?? '' } };
    case 'fingerprint':
      return { text: words.fingerprint };
    case 'setup':
      return { text: words.setup, values: { role: rest } };
    case 'rtcp':
      return { text: words.rtcp, values: { port: parts[0] ?? '' } };
    case 'rtcp-mux':
      return { text: words.mux };
    case 'candidate':
      return {
        text: words.candidate,
        values: { address: `${parts[4] ?? ''}:${parts[5] ?? ''}`, type: parts[7] ?? '' },
      };
    case 'ice-ufrag':
    case 'ice-pwd':
      return { text: words.ice };
    case 'mid':
      return { text: words.label };
    case 'ssrc':
      return { text: words.ssrc };
    default:
      return name.startsWith('T38') ? { text: words.fax } : undefined;
  }
}
