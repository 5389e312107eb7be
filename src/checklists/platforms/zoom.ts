import { text } from '../../text/text';
import { checklist, type Where } from '../checklist';

const users: Where = {
  path: 'Gestion des utilisateurs > Utilisateurs',
  printed: 'fr',
  gloss: 'User Management > Users',
};
const integration: Where = {
  path: 'Gestion de compte > Intégration du système téléphonique',
  printed: 'fr',
  gloss: 'Account Management > Phone System Integration',
};

export default checklist({
  id: 'zoom',
  title: text('Zoom portal and client', 'Portail et client Zoom'),
  form: 'phases',
  steps: [
    {
      id: 'zm.ver',
      phase: 'prereq',
      system: 'zoom',
      ask: text('The Zoom Workplace client is 6.6.0 or later.', 'Le client Zoom Workplace est en 6.6.0 ou ultérieur.'),
      remark: text(
        'Printed for MiVoice 5000; Zoom’s own article names 6.3.6 for OpenScape Voice and OpenScape 4000.',
        'Imprimé pour le MiVoice 5000 ; l’article de Zoom indique 6.3.6 pour OpenScape Voice et OpenScape 4000.',
      ),
      source: 'FR 3.1.1, inc.x.02',
      yields: ['art.versions'],
      feeds: ['f.ver.zoom'],
    },
    {
      id: 'zm.init',
      phase: 'prereq',
      system: 'zoom',
      ask: text('The initial setup of Zoom Phone is finished.', 'L’installation initiale de Zoom Phone est terminée.'),
      source: 'FR 3.1.2',
    },
    {
      id: 'zm.auto',
      phase: 'prereq',
      system: 'zoom',
      ask: text(
        'The automatic activation of Zoom Phone is switched off.',
        'L’activation automatique de Zoom Phone est désactivée.',
      ),
      source: 'FR 3.1.2',
    },
    {
      id: 'zm.ext',
      phase: 'prereq',
      system: 'zoom',
      ask: text(
        'Mitel users who are not in Zoom are there as external contacts.',
        'Les utilisateurs Mitel hors Zoom y figurent comme contacts externes.',
      ),
      source: 'FR 3.1.2, FR 4.1.4',
    },
    {
      id: 'zm.plan.01',
      phase: 'prereq',
      system: 'zoom',
      ask: text(
        'The Zoom account is of plan Business or Enterprise.',
        'Le compte Zoom est de type Business ou Enterprise.',
      ),
      source: 'FR 3.1.3, FR 4.1.1',
    },
    {
      id: 'zm.role.01',
      phase: 'prereq',
      system: 'zoom',
      ask: text(
        'The administrator is Owner (Titulaire) or Admin of the Zoom account, with a role that manages users, phone system integrations and Zoom Phone.',
        'L’administrateur est Titulaire ou Admin du compte Zoom, avec un rôle qui gère les utilisateurs, les intégrations de système téléphonique et Zoom Phone.',
      ),
      source: 'FR 3.1.1, FR 3.1.3',
    },
    {
      id: 'ma.role.01',
      phase: 'prereq',
      system: 'administration',
      ask: text(
        'The administrator has a Mitel Administration account with the role Administrateur; otherwise the Mitel partner or another administrator grants it.',
        'L’administrateur a un compte Mitel Administration avec le rôle Administrateur ; sinon, le partenaire Mitel ou un autre administrateur l’accorde.',
      ),
      source: 'FR 3.1.3',
    },
    {
      id: 'zm.user.00',
      phase: 'prereq',
      system: 'zoom',
      ask: text(
        'Before users are added, the configuration of Zoom and CloudLink is finished.',
        'Avant d’ajouter des utilisateurs, la configuration de Zoom et de CloudLink est terminée.',
      ),
      source: 'FR 4.1.1, FR 3.4',
    },
    {
      id: 'zm.psi.05',
      phase: 'prereq',
      system: 'zoom',
      ask: text(
        'Before users go into the integration they are in Zoom, have a licence and are active.',
        'Avant d’entrer dans l’intégration, les utilisateurs sont dans Zoom, ont une licence et sont actifs.',
      ),
      source: 'FR 4.1.3, FR 4.1.4',
      settledBy: ['zoom-user-missing', 'zoom-user-inactive', 'zoom-activation-pending'],
    },
    {
      id: 'zm.tab',
      phase: 'check',
      system: 'zoom',
      ask: text(
        'The administrator may edit the account settings and sees the tab Phone System integration; otherwise contact Zoom.',
        'L’administrateur peut modifier les paramètres du compte et voit l’onglet Phone System integration ; sinon, contacter Zoom.',
      ),
      source: 'FR 3.1.2, inc.fr.12',
    },
    {
      id: 'zm.user.02',
      phase: 'check',
      system: 'zoom',
      ask: text(
        'The e-mail is spelled alike everywhere, case included: it is the key between the records of the PBX and the Zoom users.',
        'L’e-mail est écrit partout de la même façon, casse comprise : c’est la clé entre les fiches du PBX et les utilisateurs Zoom.',
      ),
      where: users,
      source: 'FR 4.1.1, EN 6.4.5.2',
      feeds: ['f.ucr.case_split', 'f.ucr.near_email', 'f.ucr.zm_missing'],
      settledBy: ['email-case-split', 'license-on-other-spelling', 'email-near-miss'],
    },
    {
      id: 'zm.act.04',
      phase: 'check',
      system: 'zoom',
      ask: text(
        'Once activated, a user moves from the tab En attente (pending) to the tab Utilisateurs (users).',
        'Une fois activé, l’utilisateur passe de l’onglet En attente à l’onglet Utilisateurs.',
      ),
      where: users,
      source: 'FR 4.1.2',
      settledBy: ['zoom-activation-pending'],
    },
    {
      id: 'zm.psi.04',
      phase: 'check',
      system: 'zoom',
      ask: text(
        'Status “Identifiants SIP en attente” (SIP credentials pending): check in this order the Zoom status in CloudLink, the Mitel status in Zoom, the provisioning of the subscriber in the PBX.',
        'Statut « Identifiants SIP en attente » : vérifier dans l’ordre le statut Zoom dans CloudLink, le statut Mitel dans Zoom, le provisioning de l’abonné dans le PBX.',
      ),
      where: integration,
      remark: text(
        'The guide refers to a section 3.5.4; it is 3.5.3.',
        'Le guide renvoie à un paragraphe 3.5.4 ; il s’agit du 3.5.3.',
      ),
      source: 'FR 4.1.4, inc.fr.04',
      feeds: ['f.zm.sip_pending', 'f.zm.sip_pending_known_cause'],
    },
    {
      id: 'zm.psi.07',
      phase: 'check',
      system: 'zoom',
      ask: text(
        'The e-mail added to the integration is the one used when the Zoom user was created and licensed.',
        'L’e-mail ajouté à l’intégration est celui utilisé à la création de l’utilisateur Zoom et à l’attribution de sa licence.',
      ),
      where: integration,
      source: 'FR 4.1.4',
      settledBy: ['email-case-split', 'email-near-miss'],
    },
    {
      id: 'zm.app.02',
      phase: 'fix',
      system: 'zoom',
      ask: text(
        'If the sign-in to Mitel Administration fails: menu Compte, section Applications, gear of the Zoom application, authorise again.',
        'Si la connexion à Mitel Administration échoue : menu Compte, section Applications, rouage de l’application Zoom, autoriser à nouveau.',
      ),
      where: { path: 'Compte > Applications', printed: 'fr', gloss: 'Account > Applications' },
      source: 'FR 3.3',
      feeds: ['f.cl.oauth_failed', 'f.cl.refresh_token'],
    },
    {
      id: 'zm.act.03',
      phase: 'fix',
      system: 'zoom',
      ask: text(
        'Account deactivated, inactive or locked: follow the page of Zoom’s support for it.',
        'Compte désactivé, inactif ou bloqué : suivre la page dédiée du support Zoom.',
      ),
      source: 'FR 4.1.2',
      feeds: ['f.ucr.inactive'],
      settledBy: ['zoom-user-inactive'],
    },
    {
      id: 'zm.app.01',
      phase: 'deploy',
      system: 'zoom',
      ask: text(
        'Add the application: click Manage, search Mitel PSI, click Ajouter (add), sign in to Mitel Administration as CloudLink administrator, click Autoriser (allow).',
        'Ajouter l’application : cliquer sur Manage, chercher Mitel PSI, cliquer sur Ajouter, se connecter à Mitel Administration comme administrateur CloudLink, cliquer sur Autoriser.',
      ),
      where: {
        path: 'Avancé>Marketplace d’applications',
        printed: 'fr',
        gloss: 'Advanced>App Marketplace',
      },
      orWhere: { path: 'https://gomarketplace.zoom.us/', printed: 'fr' },
      remark: text(
        'The usual address is marketplace.zoom.us; Zoom’s article calls the application Mitel Connector.',
        'L’adresse habituelle est marketplace.zoom.us ; l’article de Zoom appelle l’application Mitel Connector.',
      ),
      source: 'FR 3.3, inc.fr.15, inc.x.01',
    },
    {
      id: 'zm.user.01',
      phase: 'deploy',
      system: 'zoom',
      ask: text(
        'In the section Administrateur click + Ajouter des utilisateurs (add users): e-mails separated by commas, a Zoom Workplace licence, Ajouter.',
        'Dans la section Administrateur, cliquer sur + Ajouter des utilisateurs : e-mails séparés par des virgules, une licence Zoom Workplace, Ajouter.',
      ),
      where: users,
      source: 'FR 4.1.1',
      feeds: ['f.ucr.zm_missing'],
      settledBy: ['zoom-user-missing'],
    },
    {
      id: 'zm.act.01',
      phase: 'deploy',
      system: 'zoom',
      ask: text(
        'The user opens the activation mail (spam folder too), clicks Activer votre compte Zoom (activate your Zoom account), enters first name, last name and password, then Continuer (continue).',
        'L’utilisateur ouvre le mail d’activation (voir aussi les spams), clique sur Activer votre compte Zoom, saisit Prénom, Nom et Mot de passe, puis Continuer.',
      ),
      source: 'FR 4.1.2',
      feeds: ['f.ucr.pending'],
      settledBy: ['zoom-activation-pending'],
    },
    {
      id: 'zm.psi.01',
      phase: 'deploy',
      system: 'zoom',
      ask: text(
        'Tab Paramètres, section Appels intégrés sur le mobile Zoom: the option “Autoriser l’utilisation d’un système téléphonique intégré pour passer des appels téléphoniques sur le client mobile Zoom” (calls through the integrated phone system on Zoom mobile) stays on.',
        'Onglet Paramètres, section Appels intégrés sur le mobile Zoom : l’option « Autoriser l’utilisation d’un système téléphonique intégré pour passer des appels téléphoniques sur le client mobile Zoom » reste active.',
      ),
      where: integration,
      source: 'FR 4.1.3',
      feeds: ['f.ucr.mobile_missing'],
      settledBy: ['mobile-phone-missing'],
    },
    {
      id: 'zm.psi.02',
      phase: 'deploy',
      system: 'zoom',
      ask: text(
        'Tab Utilisateurs intégrés: Ajouter des utilisateurs, tick them, Ajouter.',
        'Onglet Utilisateurs intégrés : Ajouter des utilisateurs, les cocher, puis Ajouter.',
      ),
      where: integration,
      source: 'FR 4.1.4',
      feeds: ['f.ucr.no_sip_phone'],
      settledBy: ['zoom-phone-missing'],
    },
    {
      id: 'zm.adm',
      phase: 'warn',
      system: 'zoom',
      ask: text(
        'One Admin user is dedicated to users, integration and Zoom Phone, has an e-mail of its own on the Zoom site and stays active: deactivating it breaks the connection.',
        'Un utilisateur Admin est dédié aux utilisateurs, à l’intégration et à Zoom Phone, a un e-mail unique sur le site Zoom et reste actif : le désactiver casse la connexion.',
      ),
      source: 'FR 3.1.3',
      feeds: ['f.cl.oauth_failed', 'f.ev.admin_touched'],
    },
    {
      id: 'zm.psi.03',
      phase: 'limit',
      system: 'zoom',
      ask: text(
        'At most 50 users can be added to the integration at a time.',
        'Au plus 50 utilisateurs peuvent être ajoutés à l’intégration en une fois.',
      ),
      source: 'FR 4.1.4',
      feeds: ['f.proc.batch50'],
    },
    {
      id: 'zm.user.03',
      phase: 'note',
      system: 'zoom',
      ask: text(
        'New users stand in the tab En attente (pending): those new to Zoom receive an activation mail, those known to Zoom must accept the transfer of their account.',
        'Les nouveaux utilisateurs figurent dans l’onglet En attente : ceux qui découvrent Zoom reçoivent un mail d’activation, ceux déjà connus doivent accepter le transfert de leur compte.',
      ),
      source: 'FR 4.1.1',
      feeds: ['f.ucr.pending'],
    },
    {
      id: 'zm.act.02',
      phase: 'note',
      system: 'zoom',
      ask: text(
        'With the same SSO on both sides the account activates by itself and no mail is sent.',
        'Avec le même SSO des deux côtés, le compte s’active tout seul et aucun mail n’est envoyé.',
      ),
      remark: text(
        'The guide says CloudLink and MBG; CloudLink and Zoom are probably meant.',
        'Le guide dit CloudLink et MBG ; il s’agit probablement de CloudLink et Zoom.',
      ),
      source: 'FR 4.1.2, inc.fr.05',
    },
    {
      id: 'zm.psi.06',
      phase: 'note',
      system: 'zoom',
      ask: text(
        'Users can be imported as CSV: Zoom’s article “Configuring the Zoom-Mitel PSI integration”.',
        'Les utilisateurs peuvent être importés en CSV : article Zoom « Configuring the Zoom-Mitel PSI integration ».',
      ),
      source: 'FR 4.1.4',
    },
  ],
});
