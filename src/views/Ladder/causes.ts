/** Causes of ITU-T Q.850 as Reason (RFC 3326) carries them, and warn-codes of Warning (RFC 3261 §20.43), in words. */
import { text, type Text } from '../../text/text';

export const causes: Readonly<Record<number, Text>> = {
  1: text('number not allocated', 'numéro non attribué'),
  2: text('no route to the transit network', 'pas de route vers le réseau de transit'),
  3: text('no route to the destination', 'pas de route vers la destination'),
  16: text('normal clearing', 'fin normale'),
  17: text('user busy', 'occupé'),
  18: text('no user responding', 'pas de réaction de l’usager'),
  19: text('no answer from the user', 'pas de réponse de l’usager'),
  20: text('subscriber absent', 'abonné absent'),
  21: text('call rejected', 'appel rejeté'),
  22: text('number changed', 'numéro changé'),
  26: text('another phone was chosen', 'un autre poste a été retenu'),
  27: text('destination out of order', 'destination hors service'),
  28: text('invalid number format', 'format de numéro non valable'),
  29: text('facility rejected', 'service complémentaire rejeté'),
  31: text('normal, unspecified', 'normal, non précisé'),
  34: text('no circuit free', 'aucun circuit libre'),
  38: text('network out of order', 'réseau hors service'),
  41: text('temporary failure', 'défaillance passagère'),
  42: text('switching equipment congested', 'équipement saturé'),
  44: text('requested circuit not available', 'circuit demandé non disponible'),
  47: text('resource unavailable', 'ressource non disponible'),
  50: text('facility not subscribed', 'service non souscrit'),
  55: text('incoming calls barred', 'appels entrants interdits'),
  57: text('bearer capability not authorised', 'capacité de transport non autorisée'),
  58: text('bearer capability not available now', 'capacité de transport non disponible'),
  63: text('service not available', 'service non disponible'),
  65: text('bearer capability not implemented', 'capacité de transport non réalisée'),
  69: text('facility not implemented', 'service non réalisé'),
  79: text('service not implemented', 'service non réalisé, non précisé'),
  88: text('incompatible destination', 'destination incompatible'),
  95: text('invalid message', 'message non valable'),
  96: text('mandatory element missing', 'élément obligatoire manquant'),
  97: text('message type unknown', 'type de message inconnu'),
  98: text('message does not fit the call state', 'message incompatible avec l’état de l’appel'),
  102: text('recovery on timer expiry', 'reprise sur fin de temporisation'),
  111: text('protocol error', 'erreur de protocole'),
  127: text('interworking, unspecified', 'interfonctionnement, non précisé'),
};

const warnings: Readonly<Record<number, Text>> = {
  300: text('network protocol not understood', 'protocole réseau non compris'),
  301: text('address format not understood', 'format d’adresse non compris'),
  302: text('transport protocol not available', 'protocole de transport non disponible'),
  303: text('bandwidth unit not understood', 'unité de débit non comprise'),
  304: text('media type not available', 'type de média non disponible'),
  305: text('media format not available: no common codec', 'format de média non disponible : pas de codec commun'),
  306: text('attribute not understood', 'attribut non compris'),
  307: text('session description parameter not understood', 'paramètre de description non compris'),
  330: text('multicast not available', 'multidiffusion non disponible'),
  331: text('unicast not available', 'diffusion individuelle non disponible'),
  370: text('bandwidth not sufficient', 'débit insuffisant'),
  399: text('the peer’s own words', 'les mots du pair lui-même'),
};

const cause = text('{what} (Q.850 {code})', '{what} (Q.850 {code})');
const warning = text('{what} (warning {code})', '{what} (avertissement {code})');

export interface Explained {
  readonly text: Text;
  readonly values?: Readonly<Record<string, Text | number>>;
}

/** Words of a Reason with a Q.850 cause or of a Warning; undefined where the code is not known. */
export function explainCode(line: string): Explained | undefined {
  const q850 = /^Reason\s*:[^;]{0,40}Q\.850\b.{0,200}?;\s*cause\s*=\s*(\d{1,3})\b/i.exec(line)?.[1];
  if (q850 !== undefined && Object.hasOwn(causes, q850)) {
    return { text: cause, values: { what: causes[Number(q850)]!, code: Number(q850) } };
  }
  const warn = /^Warning\s*:\s*(\d{3})\b/i.exec(line)?.[1];
  if (warn !== undefined && Object.hasOwn(warnings, warn)) {
    return { text: warning, values: { what: warnings[Number(warn)]!, code: Number(warn) } };
  }
  return undefined;
}
