import { text } from '../../text/text';
import { checklist, type Where } from '../checklist';

const support: Where = { path: 'Support > Zoom', printed: 'en' };

export default checklist({
  id: 'cloudlink',
  title: text('CloudLink and Mitel Administration', 'CloudLink et Mitel Administration'),
  form: 'phases',
  steps: [
    {
      id: 'cl.perf',
      phase: 'prereq',
      system: 'gateway',
      ask: text(
        'The performance profile and the network requirements of the CloudLink Gateway are met (its documentation on mitel.com).',
        'Le profil de performance et les prérequis réseau de la CloudLink Gateway sont respectés (sa documentation sur mitel.com).',
      ),
      source: 'EN 6.4.5.4',
    },
    {
      id: 'cl.gwlog.01',
      phase: 'collect',
      system: 'gateway',
      ask: text(
        'Pick the CloudLink account, then for each gateway: Manage, Download Logs.',
        'Choisir le compte CloudLink, puis pour chaque gateway : Manage, Download Logs.',
      ),
      where: {
        path: 'MiAccess > Mitel Administration > System Inventory > Applications > Manage > Download Logs',
        printed: 'en',
        gloss: 'MiAccess > Mitel Administration > Inventaire système > Applications > Gérer > Télécharger les journaux',
      },
      warning: text('Once for each gateway of the account.', 'Une fois pour chaque gateway du compte.'),
      source: 'EN 5.2.5.1',
      yields: ['art.clgw.logs'],
      feeds: ['f.proc.multi_gw', 'f.push.id_not_in_gw'],
    },
    {
      id: 'cl.ucr.01',
      phase: 'collect',
      system: 'administration',
      ask: text(
        'On the page “Zoom Sync & Provisioning Errors”, tab User Comparison Report: Generate, wait for the job, Download the csv and drop it here without opening it in a spreadsheet.',
        'Sur la page « Zoom Sync & Provisioning Errors », onglet User Comparison Report : Generate, attendre la tâche, Download du csv et le déposer ici sans l’ouvrir dans un tableur.',
      ),
      where: support,
      remark: text(
        'One section of the guide calls the tab “Comparison Report”.',
        'Une section du guide appelle l’onglet « Comparison Report ».',
      ),
      source: 'EN 5.2.5.2, EN 6.4.5.2, FR 5.2.1, inc.en.18',
      yields: ['art.ucr'],
      feeds: [
        'f.ucr.no_license',
        'f.ucr.cl_missing',
        'f.ucr.zm_missing',
        'f.ucr.no_sip_phone',
        'f.ucr.inactive',
        'f.ucr.pending',
      ],
    },
    {
      id: 'cl.ev.01',
      phase: 'collect',
      system: 'administration',
      ask: text(
        'Tab Event History: click an event for its details (Core details, Properties Changed, Extra Details, Log tags) and Copy; Export gives all as csv.',
        'Onglet Event History (« Historique de l’événement ») : cliquer sur un événement pour ses détails (Core details, Properties Changed, Extra Details, Log tags) et Copier ; Exporter donne tout en csv.',
      ),
      where: support,
      remark: text(
        'Mitel’s online help shows the page at Support > Event History; an export may hold ticked rows only.',
        'L’aide en ligne de Mitel place la page sous Support > Event History ; un export peut ne contenir que les lignes cochées.',
      ),
      source: 'EN 6.4.5.3, FR 5.3, inc.x.04',
      yields: ['art.events', 'art.eventcopy'],
      feeds: ['f.ev.change_before', 'f.ev.admin_touched', 'f.ev.window24'],
    },
    {
      id: 'cl.ver.01',
      phase: 'check',
      system: 'platform',
      ask: text(
        'Compare the versions of gateway and containers with the latest ones at https://download.mitel.io/.',
        'Comparer les versions de gateway et conteneurs aux dernières sur https://download.mitel.io/.',
      ),
      source: 'EN 5.2.5.3',
      yields: ['art.currentjson'],
      feeds: ['f.cld.version_old'],
    },
    {
      id: 'cl.st.01',
      phase: 'check',
      system: 'administration',
      ask: text(
        'Find the Zoom integration with its icon and message on the Accounts Information page or under Integrations & Apps; Status summary beside it opens the details.',
        'Trouver l’intégration Zoom avec son icône et son message dans le menu Account ou Integrations and Apps ; Status summary à côté ouvre le détail.',
      ),
      where: support,
      source: 'EN 6.4.5.1, FR 5.1',
      yields: ['art.status'],
      feeds: ['f.cl.integration_error', 'f.cl.integration_pending'],
    },
    {
      id: 'cl.st.02',
      phase: 'check',
      system: 'administration',
      ask: text(
        'Note Integration status: Connected, Error or Pending.',
        'Noter Integration status : Connected, Error ou Pending.',
      ),
      where: support,
      source: 'EN 6.4.5.1, FR 5.1',
      yields: ['art.status'],
      feeds: ['f.cl.integration_error', 'f.cl.integration_pending'],
    },
    {
      id: 'cl.st.03',
      phase: 'check',
      system: 'administration',
      ask: text(
        'Note OAuth status: Authorized or Failed, with the latest error text below it. The token may be valid, expired or need authorisation again.',
        'Noter OAuth status : Authorized ou Failed, avec le dernier message d’erreur dessous. Le jeton peut être valide, expiré ou à autoriser à nouveau.',
      ),
      where: support,
      remark: text(
        'The French guide speaks of a resynchronisation here; a new authorisation is meant.',
        'Le guide français parle ici de resynchronisation ; il s’agit d’une nouvelle autorisation.',
      ),
      source: 'EN 6.4.5.1, FR 5.1, inc.fr.06',
      yields: ['art.status'],
      feeds: ['f.cl.oauth_failed', 'f.cl.refresh_token'],
    },
    {
      id: 'cl.st.04',
      phase: 'check',
      system: 'administration',
      ask: text(
        'Note Sync status (CloudLink with Zoom) with the text of the latest failed attempt, and the date and time of Last successful sync.',
        'Noter Sync status (CloudLink avec Zoom) avec le message de la dernière tentative échouée, et la date et l’heure de Last successful sync.',
      ),
      where: support,
      source: 'EN 6.4.5.1, FR 5.1',
      yields: ['art.status'],
      feeds: ['f.cl.sync_stale', 'f.cl.refresh_token'],
    },
    {
      id: 'cl.st.05',
      phase: 'fix',
      system: 'administration',
      ask: text(
        'Tab Status: click Refresh before reading anything.',
        'Onglet Status : cliquer sur Refresh avant toute lecture.',
      ),
      where: support,
      source: 'FR 5.1',
    },
    {
      id: 'cl.ucr.02',
      phase: 'fix',
      system: 'administration',
      ask: text(
        'Fix each issue, then generate the report again to prove it; what remains goes to the system administrator.',
        'Corriger chaque écart, puis régénérer le rapport pour le prouver ; ce qui reste va à l’administrateur système.',
      ),
      where: support,
      source: 'EN 6.4.5.2, FR 5.2.2',
      yields: ['art.ucr'],
      feeds: ['f.ucr.fixed', 'f.ucr.persist', 'f.ucr.stale'],
    },
    {
      id: 'cl.ev.02',
      phase: 'limit',
      system: 'administration',
      ask: text(
        'Events can show up to 24 h late: within that time a missing event proves nothing.',
        'Les événements peuvent apparaître jusqu’à 24 h plus tard : dans ce délai, un événement absent ne prouve rien.',
      ),
      source: 'EN 6.4.5.3, FR 5.3, inc.fr.07',
      feeds: ['f.ev.window24'],
    },
    {
      id: 'cl.st.06',
      phase: 'note',
      system: 'administration',
      ask: text(
        'A wrong setup looks like this: an error while a new refresh token was requested from Zoom, shown below both OAuth status and Sync status.',
        'Une mauvaise configuration se présente ainsi : une erreur lors de la demande d’un nouveau refresh token à Zoom, affichée sous OAuth status et sous Sync status.',
      ),
      source: 'EN 6.4.5.1',
      feeds: ['f.cl.refresh_token'],
    },
    {
      id: 'cl.gw.acct',
      phase: 'note',
      system: 'gateway',
      ask: text(
        'A gateway is tied to a new customer account in Mitel Administration.',
        'Une gateway s’associe à un nouveau compte client dans Mitel Administration.',
      ),
      source: 'FR 2',
    },
  ],
});
