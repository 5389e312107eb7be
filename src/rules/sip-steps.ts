/** Next steps that rules on SIP share. */
import { text } from '../text/text';
import type { Step } from './rule';

export const sipSteps = {
  captureBorder: {
    do: text(
      'Take the signalling capture of the MBG over the whole test, both sides of the border, and drop it here.',
      'Prendre la capture de signalisation du MBG pendant tout le test, des deux côtés de la bordure, et la déposer ici.',
    ),
    where: 'Applications → MiVoice Border Gateway → Troubleshooting Tab → Diagnostics',
    step: 'mbg.cap.01',
  },
  listRegistrar: {
    do: text('MiVB: list what is registered.', 'MiVB : lister ce qui est enregistré.'),
    where: 'Maintenance and Diagnostics → Maintenance commands',
    command: 'sip registrar all',
    step: 'mivb.reg.01',
  },
  listSubscribers: {
    do: text(
      'OpenScape SBC: find the user in Registered subscribers and read the status.',
      'OpenScape SBC : trouver l’utilisateur dans Registered subscribers et lire le statut.',
    ),
    step: 'sbc.reg.01',
  },
  allowList: {
    do: text(
      'MiVoice 5000: see that the address of the MBG stands in the Allow-List, else the PBX may block it by itself.',
      'MiVoice 5000 : vérifier que l’adresse du MBG figure dans l’Allow-List, sinon le PBX peut la bloquer de lui-même.',
    ),
    where: 'Service téléphonie>Réseau et liaisons>Qualité de service>Sécurité SIP.',
    step: 'mv5.allow.01',
  },
  network: {
    do: text(
      'Capture on both hosts at once: does the message leave the one and reach the other? Join a network diagram.',
      'Capturer sur les deux hôtes à la fois : le message part-il de l’un, arrive-t-il à l’autre ? Joindre un schéma réseau.',
    ),
    step: 'psi.data.09',
  },
  md5: {
    do: text(
      'MBG: Set-side Authentication Methods must be MD5; save.',
      'MBG : Set-side Authentication Methods doit valoir MD5 ; enregistrer.',
    ),
    where: 'Applications>MiVoice Border Gateway',
    step: 'mbg.auth.01',
  },
  newCredentials: {
    do: text(
      'Take the user out of the integration and add the user again, so that new SIP credentials are sent to the client; then check the three statuses.',
      'Retirer l’utilisateur de l’intégration puis l’ajouter à nouveau, pour que de nouveaux identifiants SIP parviennent au client ; vérifier ensuite les trois statuts.',
    ),
    where: 'Gestion de compte > Intégration du système téléphonique',
    step: 'zm.psi.04',
  },
  openLadder: {
    do: text(
      'Open the ladder of one of these calls and look at the messages marked there.',
      'Ouvrir le diagramme de l’un de ces appels et regarder les messages qui y sont marqués.',
    ),
  },
  captureAgain: {
    do: text(
      'Take the capture again over a whole test, started before it and stopped a minute after it.',
      'Refaire la capture sur un test entier, lancée avant et arrêtée une minute après.',
    ),
    where: 'Applications → MiVoice Border Gateway → Troubleshooting Tab → Diagnostics',
    step: 'mbg.cap.01',
  },
  firewall: {
    do: text(
      'Check firewall and NAT on this path: open ports, timeouts of UDP sessions, SIP ALG switched off.',
      'Vérifier pare-feu et NAT sur ce chemin : ports ouverts, durées des sessions UDP, SIP ALG désactivé.',
    ),
  },
  rtpRange: {
    do: text(
      'Check that the whole RTP range of the border is forwarded by the firewall in front of it, both ways.',
      'Vérifier que le pare-feu devant la bordure transmet toute la plage RTP de celle-ci, dans les deux sens.',
    ),
  },
  wholeCapture: {
    do: text(
      'Take a capture with signalling and media on both sides of the border, and drop it here.',
      'Prendre une capture avec signalisation et média des deux côtés de la bordure, et la déposer ici.',
    ),
    step: 'mbg.cap.03',
  },
  checkNumber: {
    do: text(
      'Check the number as dialled against the numbering of the PBX and the user’s SIP phone in the comparison report.',
      'Vérifier le numéro tel que composé avec la numérotation du PBX et le poste SIP de l’utilisateur dans le rapport de comparaison.',
    ),
    step: 'cl.ucr.01',
  },
  pushLog: {
    do: text(
      'Collect the push notification log of the SBC for the time of the call and compare its correlation ids.',
      'Collecter le journal des notifications push du SBC au moment de l’appel et comparer ses identifiants de corrélation.',
    ),
    step: 'sbc.push.01',
  },
} as const satisfies Record<string, Step>;
