import { same, text } from '../../text/text';
import { checklist, type Where } from '../checklist';

const roles: Where = {
  path: 'Service téléphonie > Abonnés > Terminaux et Applications > Applications > CloudLink > Rôles',
  printed: 'fr',
  gloss: 'Telephony service > Subscribers > Terminals and applications > Applications > CloudLink > Roles',
};
const characteristics: Where = {
  path: 'Service téléphonie > Abonnés > Abonnements > Caractéristiques',
  printed: 'fr',
  gloss: 'Telephony service > Subscribers > Subscriptions > Characteristics',
};

export default checklist({
  id: 'mivoice-5000',
  title: same('MiVoice 5000'),
  pbx: ['mv5000'],
  form: 'phases',
  steps: [
    {
      id: 'mv5.ver',
      phase: 'prereq',
      system: 'mv5000',
      ask: text(
        'The MiVoice 5000 runs version 8.3 or later, and it and the MBG work.',
        'Le MiVoice 5000 est en version 8.3 ou ultérieure, et lui et le MBG sont opérationnels.',
      ),
      source: 'FR 3.1.1',
      yields: ['art.versions'],
      feeds: ['f.ver.mv5000'],
      settledBy: ['f.ver.mv5000'],
      facts: ['versions'],
    },
    {
      id: 'mv5.lic',
      phase: 'prereq',
      system: 'mv5000',
      ask: text(
        'One SIP licence for each subscriber terminal, one Zoom licence for each user, and access to CloudLink.',
        'Une licence SIP par terminal d’abonné, une licence Zoom par utilisateur, et un accès à CloudLink.',
      ),
      source: 'FR 3.1.1',
    },
    {
      id: 'mv5.gw',
      phase: 'prereq',
      system: 'gateway',
      ask: text(
        'The CloudLink Gateway built into the CloudLink daemon is configured.',
        'La CloudLink Gateway intégrée au CloudLink Daemon est configurée.',
      ),
      source: 'FR 3.1.1, FR 3.4',
    },
    {
      id: 'mv5.net',
      phase: 'prereq',
      system: 'mv5000',
      ask: text(
        'The ports of “MiVoice 5000 Solution – List of TCP and UDP Ports” are open.',
        'Les ports de « MiVoice 5000 Solution – List of TCP and UDP Ports » sont ouverts.',
      ),
      remark: text(
        'The list is a document of its own; the guide only names it.',
        'La liste est un document à part ; le guide ne fait que la nommer.',
      ),
      source: 'FR 3.1.4',
    },
    {
      id: 'mv5.role.02',
      phase: 'check',
      system: 'mv5000',
      ask: text(
        'Is the box Zoom PSI there? If it is missing, the CloudLink Gateway is not configured for Zoom.',
        'La case Zoom PSI existe-t-elle ? Si elle manque, la CloudLink Gateway n’est pas configurée pour Zoom.',
      ),
      where: roles,
      source: 'FR 3.5.3',
      feeds: ['f.ucr.mass_license'],
      settledBy: ['license-missing-for-all'],
    },
    {
      id: 'mv5.user.03',
      phase: 'check',
      system: 'mv5000',
      ask: text(
        'After the role is given the subscriber receives two mails: the CloudLink welcome and the Zoom welcome.',
        'Une fois le rôle attribué, l’abonné reçoit deux mails : la bienvenue CloudLink et la bienvenue Zoom.',
      ),
      source: 'FR 3.5.3',
    },
    {
      id: 'mv5.mbg.01',
      phase: 'deploy',
      system: 'mv5000',
      ask: text(
        'Enter the MBG: its address or FQDN, its public FQDN, and the user account and shared secret as set on the MBG.',
        'Saisir le MBG : son adresse ou FQDN, son FQDN public, puis le compte utilisateur et le secret partagé définis sur le MBG.',
      ),
      where: {
        path: 'Service téléphonie>Abonnés>Terminaux et Applications>Applications>MBG',
        printed: 'fr',
        gloss: 'Telephony service>Subscribers>Terminals and applications>Applications>MBG',
      },
      source: 'FR 3.5.1',
    },
    {
      id: 'mv5.allow.01',
      phase: 'deploy',
      system: 'mv5000',
      ask: text(
        'Put the IP address of the MBG on the Allow-List, else the MiVoice 5000 may block it by itself.',
        'Mettre l’adresse IP du MBG dans l’Allow-List, sinon le MiVoice 5000 peut le bloquer de lui-même.',
      ),
      where: {
        path: 'Service téléphonie>Réseau et liaisons>Qualité de service>Sécurité SIP.',
        printed: 'fr',
        gloss: 'Telephony service>Network and links>Quality of service>SIP security',
      },
      source: 'FR 3.5.2',
      feeds: ['f.mv5.allowlist'],
      settledBy: ['f.mv5.allowlist'],
    },
    {
      id: 'mv5.cl.01',
      phase: 'deploy',
      system: 'daemon',
      ask: text(
        'Configure CloudLink for the MiVoice 5000, configure the CloudLink daemon and start the built-in gateway; an older gateway has its data migrated.',
        'Configurer CloudLink pour le MiVoice 5000, configurer le CloudLink Daemon et lancer la gateway intégrée ; les données d’une ancienne gateway sont migrées.',
      ),
      remark: text(
        'Details: “CloudLink – Guide de Déploiement avec MiVoice 5000”.',
        'Détails : « CloudLink – Guide de Déploiement avec MiVoice 5000 ».',
      ),
      source: 'FR 3.4',
    },
    {
      id: 'mv5.role.01',
      phase: 'deploy',
      system: 'mv5000',
      ask: text(
        'Tab Paramètres, list “Par son nom”: pick the CloudLink role and tick Zoom PSI.',
        'Onglet Paramètres, liste « Par son nom » : choisir le rôle CloudLink et cocher Zoom PSI.',
      ),
      where: roles,
      source: 'FR 3.5.3',
      feeds: ['f.ucr.no_license', 'f.ucr.mass_license'],
    },
    {
      id: 'mv5.user.01',
      phase: 'deploy',
      system: 'mv5000',
      ask: text(
        'Tab Annuaire of the subscriber: enter an e-mail that is used for CloudLink only.',
        'Onglet Annuaire de l’abonné : saisir un e-mail qui ne sert qu’à CloudLink.',
      ),
      where: characteristics,
      source: 'FR 3.5.3',
      feeds: ['f.ucr.dup_email', 'f.ucr.case_split', 'f.ucr.near_email'],
      settledBy: ['email-duplicate', 'email-case-split', 'license-on-other-spelling'],
    },
    {
      id: 'mv5.user.02',
      phase: 'deploy',
      system: 'mv5000',
      ask: text(
        'Tab Caractéristiques of the subscriber: set “Rôle CloudLink” to the Zoom role and check that “Droit ne pas déranger” is ticked (it is for new subscriptions).',
        'Onglet Caractéristiques de l’abonné : régler « Rôle CloudLink » sur le rôle Zoom et vérifier que « Droit ne pas déranger » est coché (il l’est pour les nouveaux abonnements).',
      ),
      where: characteristics,
      source: 'FR 3.5.3',
      feeds: ['f.ucr.no_license', 'f.csta.dnd_reject'],
      settledBy: ['psi-license-missing'],
    },
    {
      id: 'mv5.resync',
      phase: 'warn',
      system: 'mv5000',
      ask: text(
        'Before anything else resynchronise the PBX with CloudLink, tab Connexion: otherwise the CloudLink and Zoom settings do not show.',
        'Avant tout, resynchroniser le PBX avec CloudLink, onglet Connexion : sinon les paramètres CloudLink et Zoom n’apparaissent pas.',
      ),
      where: { path: 'CloudLink > Connexion', printed: 'fr', gloss: 'CloudLink > Connection' },
      source: 'FR 3.5.3',
      feeds: ['f.ucr.cl_missing'],
      settledBy: ['f.ucr.cl_missing'],
    },
  ],
});
