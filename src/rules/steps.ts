/** Next steps that several rules share. */
import { text } from '../text/text';
import type { Step } from './rule';

export const steps = {
  regenerateReport: {
    do: text(
      'Generate the User Comparison Report again and drop the new file here: only a newer report proves the fix.',
      'Régénérer le User Comparison Report et déposer ici le nouveau fichier : seul un rapport plus récent prouve la correction.',
    ),
    where: 'Support > Zoom',
    step: 'cl.ucr.02',
  },
  readStatus: {
    do: text(
      'Before any work user by user, press Refresh and read Integration, OAuth and Sync status with their error texts.',
      'Avant tout travail utilisateur par utilisateur, cliquer sur Refresh et lire les statuts Integration, OAuth et Sync avec leurs messages d’erreur.',
    ),
    where: 'Support > Zoom',
    step: 'cl.st.01',
  },
  reauthorize: {
    do: text(
      'Authorise the Zoom application again: menu Compte, section Applications, gear of the Zoom application.',
      'Autoriser à nouveau l’application Zoom : menu Compte, section Applications, rouage de l’application Zoom.',
    ),
    where: 'Compte > Applications',
    step: 'zm.app.02',
  },
  checkAdmin: {
    do: text(
      'Check that the dedicated Zoom admin who authorized the app is still active.',
      'Vérifier que l’admin Zoom dédié qui a autorisé l’application est toujours actif.',
    ),
    where: 'Gestion des utilisateurs > Utilisateurs',
    step: 'zm.adm',
  },
  sipPending: {
    do: text(
      'Check in this order: the Zoom status in CloudLink, the Mitel status in Zoom, the provisioning of the subscriber in the PBX.',
      'Vérifier dans l’ordre : le statut Zoom dans CloudLink, le statut Mitel dans Zoom, le provisioning de l’abonné dans le PBX.',
    ),
    step: 'zm.psi.04',
  },
  giveZoomRole: {
    do: text(
      'MiVoice 5000: tick Zoom PSI in the CloudLink role, then give that role to the subscriber.',
      'MiVoice 5000 : cocher Zoom PSI dans le rôle CloudLink, puis donner ce rôle à l’abonné.',
    ),
    where: 'Service téléphonie > Abonnés > Terminaux et Applications > Applications > CloudLink > Rôles',
    step: 'mv5.role.01',
  },
  resynchronise: {
    do: text(
      'MiVoice 5000: resynchronise the PBX with CloudLink, then check the role and the e-mail of the subscriber.',
      'MiVoice 5000 : resynchroniser le PBX avec CloudLink, puis vérifier le rôle et l’e-mail de l’abonné.',
    ),
    where: 'CloudLink > Connexion',
    step: 'mv5.resync',
  },
  compareEmails: {
    do: text(
      'Compare the e-mail in the PBX record, in CloudLink and in Zoom letter by letter, case included.',
      'Comparer l’e-mail de la fiche du PBX, de CloudLink et de Zoom lettre à lettre, casse comprise.',
    ),
    where: 'Gestion des utilisateurs > Utilisateurs',
    step: 'zm.user.02',
  },
  addToIntegration: {
    do: text(
      'Add the users to the integration in lots of at most 50.',
      'Ajouter les utilisateurs à l’intégration par lots de 50 au plus.',
    ),
    where: 'Gestion de compte > Intégration du système téléphonique',
    step: 'zm.psi.02',
  },
  checkClock: {
    do: text(
      'Check the clock and NTP (UDP 123) of the host; a local time zone is no fault.',
      'Vérifier l’heure et NTP (UDP 123) de l’hôte ; un fuseau local n’est pas un défaut.',
    ),
    command: 'timedatectl',
    step: 'osv.chk.05',
  },
  curlThroughProxy: {
    do: text(
      'On the host of the daemon, fetch the version file with curl, through the proxy if there is one, and drop the output here.',
      'Sur l’hôte du démon, récupérer le fichier de version avec curl, par le proxy s’il y en a un, et déposer la sortie ici.',
    ),
    step: 'osv.chk.03',
  },
  checkProxy: {
    do: text(
      'Check HTTPS_PROXY and NO_PROXY in the proxy file of the daemon.',
      'Vérifier HTTPS_PROXY et NO_PROXY dans le fichier de proxy du démon.',
    ),
    step: 'osv.chk.04',
  },
  restartDaemon: {
    do: text('Restart the CloudLink daemon.', 'Redémarrer le démon CloudLink.'),
    command: 'systemctl restart cld',
    step: 'osv.fix.01',
  },
  collectLogs: {
    do: text(
      'Collect the daemon logs again, as root on its host, and drop the archive here.',
      'Collecter à nouveau les journaux du démon, en root sur son hôte, et déposer l’archive ici.',
    ),
    command: 'cld-getlogs',
    step: 'sbc.cld.01',
  },
} as const satisfies Record<string, Step>;
