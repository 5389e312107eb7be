import { same, text } from '../../text/text';
import { checklist } from '../checklist';

export default checklist({
  id: 'openscape-sbc',
  title: same('OpenScape SBC'),
  pbx: ['os4k', 'osv'],
  form: 'phases',
  steps: [
    {
      id: 'sbc.onb.01',
      phase: 'prereq',
      system: 'daemon',
      ask: text(
        'The CloudLink daemon is provisioned in the SBC and linked to a CloudLink account whose Zoom integration is on.',
        'Le démon CloudLink est provisionné dans le SBC et lié à un compte CloudLink dont l’intégration Zoom est active.',
      ),
      remark: text(
        'The guide refers to an “XYZ integration guide”: a placeholder, the reference is missing.',
        'Le guide renvoie à un « XYZ integration guide » : un texte provisoire, la référence manque.',
      ),
      source: 'EN 6.4.3, inc.en.16',
      feeds: ['f.cld.not_onboarded'],
      settledBy: ['f.cld.not_onboarded'],
    },
    {
      id: 'sbc.rs.01',
      phase: 'collect',
      system: 'ossbc',
      ask: text(
        'Take a RapidStat: set Level 5 and click “Get file”.',
        'Prendre un RapidStat : régler Level 5 et cliquer sur « Get file ».',
      ),
      where: {
        path: 'Diagnostics & logs → Debugging → Rapid Stat',
        printed: 'en',
        gloss: 'Diagnostics et journaux → Débogage → Rapid Stat',
      },
      source: 'EN 5.2.4.1',
      yields: ['art.sbc.rapidstat'],
    },
    {
      id: 'sbc.cld.01',
      phase: 'collect',
      system: 'daemon',
      ask: text(
        'Collect the logs of the CloudLink daemon: as root over ssh.',
        'Collecter les journaux du démon CloudLink : en root par ssh.',
      ),
      commands: [{ run: 'cld-getlogs', at: 'shell' }],
      expected: text('A file cld-logs-*.tar.xz.', 'Un fichier cld-logs-*.tar.xz.'),
      source: 'EN 5.2.4.1',
      yields: ['art.cld.bundle', 'art.cld.log'],
      feeds: ['f.cld.error', 'f.cld.not_covered', 'f.cld.unreachable', 'f.cld.proxy_auth', 'f.cld.token_time'],
    },
    {
      id: 'sbc.push.01',
      phase: 'collect',
      system: 'ossbc',
      ask: text(
        'Show the push log: tab Debugging, Log Data = Push Notification, Show; copy the whole text.',
        'Afficher le journal des push : onglet Debugging, Log Data = Push Notification, Show ; copier tout le texte.',
      ),
      where: {
        path: 'Diagnostics & Logs\\Debugging',
        printed: 'en',
        gloss: 'Diagnostics et journaux\\Débogage',
      },
      orWhere: {
        path: 'Diagnostics & Logs\\Settings',
        printed: 'en',
        gloss: 'Diagnostics et journaux\\Réglages',
      },
      remark: text(
        'The guide prints both paths; the window with the tabs opens from either.',
        'Le guide imprime les deux chemins ; la fenêtre à onglets s’ouvre depuis l’un ou l’autre.',
      ),
      source: 'EN 6.4.1, inc.en.14',
      yields: ['art.sbc.push'],
      feeds: ['f.push.sent', 'f.push.http', 'f.push.absent', 'f.push.feature_off'],
    },
    {
      id: 'sbc.dash.02',
      phase: 'collect',
      system: 'ossbc',
      ask: text(
        'Note the tiles of the dashboard: Alarms (Critical, Major, Minor), Branch mode, Operational state, Services status, SSP status, Denial of Service Mitigation, Registered subscribers, Dynamic port mapping, SIP Loadbalancer status.',
        'Noter les vignettes du tableau de bord : Alarms (Critical, Major, Minor), Branch mode, Operational state, Services status, SSP status, Denial of Service Mitigation, Registered subscribers, Dynamic port mapping, SIP Loadbalancer status.',
      ),
      source: 'EN 6.4.2',
    },
    {
      id: 'sbc.push.02',
      phase: 'check',
      system: 'ossbc',
      ask: text(
        'Does a line say that the push reached CloudLink? Note its x-mitel-correlation-id; it is unique from end to end in the cloud.',
        'Une ligne dit-elle que le push est arrivé à CloudLink ? Noter son x-mitel-correlation-id ; il est unique de bout en bout dans le cloud.',
      ),
      remark: text(
        'The guide does not print the sentence of success and leaves the errors open: they are judged by id and HTTP status only.',
        'Le guide n’imprime pas la phrase de succès et laisse les erreurs ouvertes : elles ne sont jugées que sur l’identifiant et le statut HTTP.',
      ),
      source: 'EN 6.4.1, inc.en.12, inc.en.13',
      feeds: ['f.push.sent', 'f.push.http', 'f.push.id_found'],
      settledBy: ['f.push.http', 'f.push.absent'],
    },
    {
      id: 'sbc.push.03',
      phase: 'check',
      system: 'platform',
      ask: text(
        'Have this id followed at the next hop, the CloudLink platform (not the customer’s gateway): give it to Mitel support.',
        'Faire suivre cet identifiant au saut suivant, la plateforme CloudLink (et non la gateway du client) : le donner au support Mitel.',
      ),
      source: 'EN 6.4.1',
      feeds: ['f.push.id_not_in_gw'],
    },
    {
      id: 'sbc.dash.01',
      phase: 'check',
      system: 'daemon',
      ask: text(
        'On the dashboard “Cloudlink status” shows Running and Connected; Show in “Cloudlink panel” opens the page of the daemon once it is onboarded.',
        'Sur le tableau de bord, « Cloudlink status » affiche Running et Connected ; Show de « Cloudlink panel » ouvre la page du démon une fois rattaché.',
      ),
      source: 'EN 6.4.2',
      feeds: ['f.push.cld_down', 'f.cld.not_onboarded', 'f.cld.tunnel_down'],
      settledBy: ['f.cld.tunnel_down', 'f.cld.not_onboarded'],
      facts: ['tunnels'],
    },
    {
      id: 'sbc.reg.01',
      phase: 'check',
      system: 'ossbc',
      ask: text(
        'On the dashboard click Show beside Registered subscribers, find or filter the user, read the status; copy the list to its end.',
        'Sur le tableau de bord, cliquer sur Show à côté de Registered subscribers, trouver ou filtrer l’utilisateur, lire le statut ; copier la liste jusqu’à la fin.',
      ),
      source: 'EN 6.4.5 (Confirm the client is registered)',
      yields: ['art.sbc.subs'],
      feeds: ['f.reg.absent', 'f.reg.sbc_only'],
      settledBy: ['f.reg.absent', 'f.reg.absent_with_issue', 'f.reg.sbc_only'],
      facts: ['listingComplete'],
    },
    {
      id: 'sbc.push.04',
      phase: 'fix',
      system: 'ossbc',
      ask: text(
        'Tick Enable Push Notification Services, click OK, then Apply Changes: without the last click nothing takes effect.',
        'Cocher Enable Push Notification Services, cliquer sur OK, puis sur Apply Changes : sans ce dernier clic, rien n’est appliqué.',
      ),
      where: {
        path: 'Administration\\Features\\Enable Push Notification Services',
        printed: 'en',
        gloss: 'Administration\\Fonctions\\Activer les services de notification push',
      },
      source: 'EN 6.4.4',
      feeds: ['f.push.feature_off', 'f.push.absent'],
      settledBy: ['f.push.feature_off'],
      facts: ['pushService'],
    },
    {
      id: 'sbc.push.00',
      phase: 'note',
      system: 'ossbc',
      ask: text(
        'A push wakes the mobile when a call arrives, or carries the cancel when the caller hangs up. Path: SBC or MBG → CloudLink notifications → Zoom → mobile.',
        'Un push réveille le mobile à l’arrivée d’un appel, ou porte l’annulation si l’appelant raccroche. Trajet : SBC ou MBG → notifications CloudLink → Zoom → mobile.',
      ),
      source: 'EN 6.4.1',
    },
  ],
});
