/**
 * The 33 pieces of evidence that the guides tell to collect (domain.md 1.2): what each is called, how to get it, and by
 * which clues a file is taken for it. Where the guides print no name or form, clues are hints at most. `collect` prints
 * menu paths and commands as the guides do.
 */
import type { Confidence } from '../evidence/evidence';
import { same, text, type Text } from '../text/text';

export type System = 'mivb' | 'mv5000' | 'mbg' | 'os4k' | 'osv' | 'ossbc' | 'cloudlink' | 'zoom' | 'any';
/** What a file must be, broadly, to answer a piece; `hand` = typed in, no file. */
export type Form = 'archive' | 'capture' | 'text' | 'image' | 'binary' | 'hand';

export interface Clue {
  /** `tree` = paths in a container. */
  readonly in: 'path' | 'content' | 'tree';
  readonly regex: RegExp;
  /** A path that speaks against it. */
  readonly not?: RegExp;
  readonly certainty: Confidence;
}

export interface Provenance {
  readonly id: string;
  readonly name: Text;
  readonly systems: readonly System[];
  readonly forms: readonly Form[];
  readonly clues: readonly Clue[];
  /** How to get it. */
  readonly collect: Text;
  /** Literal command, for copying. */
  readonly command?: string;
  /** Sections of the guides. */
  readonly source: string;
}

const path = (regex: RegExp, certainty: Confidence): Clue => ({ in: 'path', regex, certainty });
const content = (regex: RegExp, certainty: Confidence): Clue => ({ in: 'content', regex, certainty });
const tree = (regex: RegExp, certainty: Confidence, not?: RegExp): Clue => ({
  in: 'tree',
  regex,
  certainty,
  ...(not ? { not } : {}),
});

export const provenances: readonly Provenance[] = [
  {
    id: 'art.cld.bundle',
    name: text('CloudLink Daemon bundle', 'Archive du CloudLink Daemon'),
    systems: ['ossbc', 'osv', 'cloudlink'],
    forms: ['archive'],
    clues: [
      path(/(^|\/)cld-logs[^/]*\.(tar(\.\w+)?|t[gx]z|zip)$/i, 'certain'),
      tree(/(^|\/)var\/log\/cld\/[^/]+$/i, 'likely', /(^|\/)sos_commands\//),
    ],
    collect: text(
      'As root on the host of the CloudLink Daemon run `cld-getlogs`; it leaves `cld-logs-*.tar.xz` in the current folder.',
      'En root sur l’hôte du CloudLink Daemon, exécuter `cld-getlogs` ; l’archive `cld-logs-*.tar.xz` arrive dans le dossier courant.',
    ),
    command: 'cld-getlogs',
    source: 'EN 5.2.3.1, 5.2.4.1',
  },
  {
    id: 'art.cld.log',
    name: text('CloudLink Daemon log', 'Journal du CloudLink Daemon'),
    systems: ['osv', 'ossbc', 'cloudlink'],
    forms: ['text'],
    clues: [path(/(^|\/)log\/cld\/[^/]+\.log(\.\d+)?(\.gz|\.xz)?(!\/[^/]+)?$/i, 'certain')],
    collect: text(
      'Copy `/var/log/cld/*.log` from the host of the CloudLink Daemon.',
      'Copier `/var/log/cld/*.log` depuis l’hôte du CloudLink Daemon.',
    ),
    command: 'grep level=ERROR /var/log/cld/*.log',
    source: 'EN 6.3.2',
  },
  {
    id: 'art.proxy',
    name: text('Proxy configuration file', 'Fichier de configuration du proxy'),
    systems: ['osv', 'ossbc', 'cloudlink'],
    forms: ['text'],
    clues: [
      content(/^[ \t]*(export[ \t]+|Environment=)?["']?(https?_proxy|no_proxy)[ \t]*=/im, 'likely'),
      path(/(^|\/)[^/]*proxy[^/]*\.(conf|env|cfg)$/i, 'hint'),
    ],
    collect: text(
      'Copy the proxy configuration file of the CloudLink Daemon’s host, the one that sets `HTTPS_PROXY` and `NO_PROXY`.',
      'Copier le fichier de configuration du proxy de l’hôte du CloudLink Daemon, celui qui définit `HTTPS_PROXY` et `NO_PROXY`.',
    ),
    source: 'EN 6.3.3',
  },
  {
    id: 'art.curl',
    name: text('Output of curl through the proxy', 'Sortie de curl à travers le proxy'),
    systems: ['osv', 'cloudlink'],
    forms: ['text'],
    clues: [
      content(/^[*>] .*download\.mitel\.io/m, 'certain'),
      content(/^\*[ \t]+(Trying|Connected to|Establish HTTP proxy tunnel) /m, 'likely'),
    ],
    collect: text(
      'On the host of the CloudLink Daemon run the command with the proxy’s address and port, and save all that it prints.',
      'Sur l’hôte du CloudLink Daemon, exécuter la commande avec l’adresse et le port du proxy, et garder tout ce qu’elle affiche.',
    ),
    command: 'curl -v --proxy http://{proxy}:{port} https://download.mitel.io/cld/linux/amd64/current.json',
    source: 'EN 6.3.3',
  },
  {
    id: 'art.currentjson',
    name: same('current.json'),
    systems: ['cloudlink'],
    forms: ['text'],
    clues: [path(/(^|\/)current\.json$/i, 'likely')],
    collect: text(
      'Save `https://download.mitel.io/cld/linux/amd64/current.json`: it names the latest version of the CloudLink Daemon.',
      'Enregistrer `https://download.mitel.io/cld/linux/amd64/current.json` : il nomme la dernière version du CloudLink Daemon.',
    ),
    source: 'EN 5.2.5.3, 6.3.3',
  },
  {
    id: 'art.ntp',
    name: text('State of the clock (NTP)', 'État de l’horloge (NTP)'),
    systems: ['osv', 'ossbc', 'cloudlink'],
    forms: ['text'],
    clues: [
      content(/^[ \t]*(System clock synchronized|NTP synchronized|NTP service|Leap status)[ \t]*:/im, 'certain'),
      content(/^[ \t]*remote[ \t]+refid[ \t]+st[ \t]+t[ \t]+when/m, 'certain'),
      path(/(^|[/_])(timedatectl|ntpq|chronyc)[^/]*$/i, 'likely'),
    ],
    collect: text(
      'On the host of the CloudLink Daemon save what `timedatectl` and `chronyc tracking` (or `ntpq -p`) print.',
      'Sur l’hôte du CloudLink Daemon, garder ce qu’affichent `timedatectl` et `chronyc tracking` (ou `ntpq -p`).',
    ),
    command: 'timedatectl; chronyc tracking; ntpq -p',
    source: 'EN 6.3.4',
  },
  {
    id: 'art.msl.sos',
    name: text('MSL diagnostic bundle (SOS)', 'Archive de diagnostic MSL (SOS)'),
    systems: ['mivb', 'mbg'],
    forms: ['archive'],
    clues: [
      tree(/(^|\/)sos_commands\//, 'certain'),
      tree(/(^|\/)sos_(logs|reports)\//, 'likely'),
      path(/(^|\/)sos(report|logs?)?[-_][^/]*\.(tar(\.\w+)?|t[gx]z)$/i, 'likely'),
    ],
    collect: text(
      '`[IP Address]/server-manager/` → `Administration → View logs files` → Collect log files & diagnostic data → Start.',
      '`[IP Address]/server-manager/` → `Administration → View logs files` → Collect log files & diagnostic data → Start.',
    ),
    source: 'EN 5.2.1.3 (MiVB SIP Trace)',
  },
  {
    id: 'art.mivb.tcpdump',
    name: text('MiVB SIP trace (capture)', 'Trace SIP MiVB (capture)'),
    systems: ['mivb'],
    forms: ['capture'],
    clues: [path(/(^|\/)vmail\//i, 'likely'), path(/tcpdump/i, 'hint')],
    collect: text(
      '`Maintenance and Diagnostics → Maintenance commands`: `SIP TCPDUMP ON`, reproduce, `SIP TCPDUMP OFF`; fetch the capture with the MSL bundle or by SFTP from `root\\vmail`.',
      '`Maintenance and Diagnostics → Maintenance commands` : `SIP TCPDUMP ON`, reproduire, `SIP TCPDUMP OFF` ; prendre la capture avec l’archive MSL ou par SFTP dans `root\\vmail`.',
    ),
    command: 'SIP TCPDUMP ON',
    source: 'EN 5.2.1.3 (MiVB SIP Trace)',
  },
  {
    id: 'art.mivb.registrar',
    name: text('MiVB list of registered SIP devices', 'Liste MiVB des terminaux SIP enregistrés'),
    systems: ['mivb'],
    forms: ['text'],
    clues: [content(/sip registrar all/i, 'likely'), path(/sip[-_ ]?registrar/i, 'hint')],
    collect: text(
      '`Maintenance and Diagnostics → Maintenance commands`: run `sip registrar all` and copy its answer.',
      '`Maintenance and Diagnostics → Maintenance commands` : lancer `sip registrar all` et copier la réponse.',
    ),
    command: 'sip registrar all',
    source: 'EN 5.2.1.1',
  },
  {
    id: 'art.mivb.ccs',
    name: text('MiVB CCS trace', 'Trace CCS MiVB'),
    systems: ['mivb'],
    forms: ['text'],
    clues: [content(/CCS TRACE/i, 'likely'), path(/ccs[-_ ]?trace/i, 'hint')],
    collect: text(
      '`Maintenance and Diagnostics → Maintenance commands`: `CCS TRACE ENABLE CONTINUOUS`, reproduce, copy the text, then `CCS TRACE disable`.',
      '`Maintenance and Diagnostics → Maintenance commands` : `CCS TRACE ENABLE CONTINUOUS`, reproduire, copier le texte, puis `CCS TRACE disable`.',
    ),
    command: 'CCS TRACE ENABLE CONTINUOUS',
    source: 'EN 5.2.1.2',
  },
  {
    id: 'art.mbg.pcap.sig',
    name: text('MBG signalling capture', 'Capture de signalisation MBG'),
    systems: ['mivb', 'mv5000', 'mbg'],
    forms: ['capture'],
    clues: [
      path(/mbg[^/]*signall?ing|signall?ing[^/]*mbg/i, 'likely'),
      path(/(^|[^a-z])(mbg|signall?ing)([^a-z]|$)/i, 'hint'),
    ],
    collect: text(
      '`Applications → MiVoice Border Gateway → Troubleshooting Tab → Diagnostics` → Load next to Packet trace → tick Enable signaling capture (Running), reproduce, download under PCAP files for download, untick (Not Running).',
      '`Applications → MiVoice Border Gateway → Troubleshooting Tab → Diagnostics` → Load à côté de Packet trace → cocher Enable signaling capture (Running), reproduire, télécharger sous PCAP files for download, décocher (Not Running).',
    ),
    source: 'EN 5.2.1.3 (MBG SIP Signaling)',
  },
  {
    id: 'art.mbg.pcap.global',
    name: text('MBG full capture', 'Capture complète MBG'),
    systems: ['mivb', 'mv5000', 'mbg'],
    forms: ['capture'],
    clues: [path(/mbg[^/]*global|global[^/]*mbg/i, 'likely')],
    collect: text(
      '`Applications → MiVoice Border Gateway → Troubleshooting Tab → Diagnostics` → Load next to Packet trace → tick Enable global packet capture (Running), reproduce, download, untick (Not Running).',
      '`Applications → MiVoice Border Gateway → Troubleshooting Tab → Diagnostics` → Load à côté de Packet trace → cocher Enable global packet capture (Running), reproduire, télécharger, décocher (Not Running).',
    ),
    source: 'EN 5.2.1.4',
  },
  {
    id: 'art.pcap.any',
    name: text('Network capture', 'Capture réseau'),
    systems: ['any'],
    forms: ['capture'],
    clues: [path(/(?:)/, 'certain')],
    collect: text(
      'Capture the network traffic while the problem is reproduced (pcap or pcapng), on the side of the phone or of the border; hand over a network diagram with it.',
      'Capturer le trafic réseau pendant que le problème est reproduit (pcap ou pcapng), côté téléphone ou côté bordure ; joindre un schéma réseau.',
    ),
    source: 'EN 5.1',
  },
  {
    id: 'art.os4k.psi',
    name: text('OpenScape 4000 trace, Zoom PSI profile', 'Trace OpenScape 4000, profil Zoom PSI'),
    systems: ['os4k'],
    forms: ['archive', 'text'],
    clues: [path(/zoom[-_ ]?psi/i, 'hint'), tree(/(^|\/)[^!/]*zoom[-_ ]?psi[^!/]*\/[^!]*$/i, 'hint')],
    collect: text(
      'Assistant: `Diagnostics -> Trace Download -> Zoom PSI profile`.',
      'Assistant : `Diagnostics -> Trace Download -> Zoom PSI profile`.',
    ),
    source: 'EN 5.2.2.1',
  },
  {
    id: 'art.os4k.platform',
    name: text('OpenScape 4000 platform logs', 'Journaux de plateforme OpenScape 4000'),
    systems: ['os4k'],
    forms: ['archive'],
    clues: [tree(/(^|\/)(kubernetes|kube-system|pods)\//i, 'hint'), path(/webservice|kubernetes/i, 'hint')],
    collect: text(
      'Platform Administration: `Maintenance > Logs > Export > Export Logs System Webservice (including Kubernetes)`.',
      'Platform Administration : `Maintenance > Logs > Export > Export Logs System Webservice (including Kubernetes)`.',
    ),
    source: 'EN 5.2.2.2',
  },
  {
    id: 'art.os4k.rmx',
    name: text('OpenScape 4000 RMX / Mega traces', 'Traces RMX / Mega OpenScape 4000'),
    systems: ['os4k'],
    forms: ['archive', 'text', 'binary'],
    clues: [path(/(^|[^a-z])(rmx|mega[-_ ]?traces?)([^a-z]|$)/i, 'hint')],
    collect: text(
      'Assistant: `Expert Mode > Permanent Logging > System Status and Mega Traces`.',
      'Assistant : `Expert Mode > Permanent Logging > System Status and Mega Traces`.',
    ),
    source: 'EN 5.2.2.3',
  },
  {
    id: 'art.os4k.csta',
    name: text('OpenScape 4000 CSTA logs', 'Journaux CSTA OpenScape 4000'),
    systems: ['os4k'],
    forms: ['archive', 'text'],
    clues: [
      content(/ecma-international\.org\/standards\/ecma-323\/csta/i, 'hint'),
      path(/(^|[^a-z])csta(?!sm|_?proxy)[^/]*\.(log|txt|zip|xml)/i, 'hint'),
    ],
    collect: text(
      'Assistant: `Expert Mode > Permanent Logging > CSTA Tab`, select the CloudLink CSTA connectivity adapter, hover the button with three lines, download.',
      'Assistant : `Expert Mode > Permanent Logging > CSTA Tab`, choisir l’adaptateur CSTA CloudLink, survoler le bouton à trois lignes, télécharger.',
    ),
    source: 'EN 5.2.2.4',
  },
  {
    id: 'art.osv.cmp',
    name: text('OpenScape CMP logs', 'Journaux CMP OpenScape'),
    systems: ['osv'],
    forms: ['archive', 'text'],
    clues: [path(/(^|[^a-z])cmp[-_ ]?logs?([^a-z]|$)/i, 'hint')],
    collect: text(
      'Add the logs of CMP: its web server drives the CloudLink Daemon.',
      'Joindre les journaux de CMP : son serveur web pilote le CloudLink Daemon.',
    ),
    source: 'EN 5.2.3.1',
  },
  {
    id: 'art.osv.rtt',
    name: text('OpenScape Voice RTT trace', 'Trace RTT OpenScape Voice'),
    systems: ['osv'],
    forms: ['archive', 'text', 'binary'],
    clues: [path(/(^|[^\w])24_7(_min)?([^0-9a-z]|$)/i, 'likely'), path(/(^|[^a-z])rtt([^a-z]|$)|dispproc/i, 'hint')],
    collect: text(
      'Collect the RTT trace `24_7` (or `24_7_min`) over the time of the problem; for call log events also the dispProc trace.',
      'Collecter la trace RTT `24_7` (ou `24_7_min`) sur la période du problème ; pour le journal d’appels, aussi la trace dispProc.',
    ),
    source: 'EN 5.2.3.2, 5.2.3.3',
  },
  {
    id: 'art.osv.cstasmdump',
    name: same('cstasmdump.output'),
    systems: ['osv'],
    forms: ['text'],
    clues: [path(/(^|\/)cstasmdump[^/]*$/i, 'certain')],
    collect: text('As srx run the command and take the file.', 'En srx, exécuter la commande et prendre le fichier.'),
    command: 'cstasmdump > cstasmdump.output',
    source: 'EN 5.2.3.3',
  },
  {
    id: 'art.osv.micloud',
    name: text('Log of the CloudLink container (OSV)', 'Journal du conteneur CloudLink (OSV)'),
    systems: ['osv'],
    forms: ['archive', 'text'],
    clues: [
      path(/(^|\/)micloud_logs?([/.]|$)/i, 'certain'),
      path(/(^|\/)micloud-link\//i, 'likely'),
      tree(/(^|\/)micloud_logs?\//i, 'likely'),
    ],
    collect: text(
      'As root run the command, then take the folder `/var/log/micloud_logs/`.',
      'En root, exécuter la commande, puis prendre le dossier `/var/log/micloud_logs/`.',
    ),
    command: 'docker cp cloudlink:/opt/micloud-link/src/log/. /var/log/micloud_logs/',
    source: 'EN 5.2.3.3',
  },
  {
    id: 'art.osv.cstaproxy',
    name: text('Log of the CSTA proxy (OSV)', 'Journal du proxy CSTA (OSV)'),
    systems: ['osv'],
    forms: ['archive', 'text'],
    clues: [
      path(/(^|\/)cstaproxy_logs?([/.]|$)/i, 'certain'),
      path(/(^|\/)cstaproxy\//i, 'likely'),
      tree(/(^|\/)cstaproxy_logs?\//i, 'likely'),
    ],
    collect: text(
      'As root run the command, then take the folder `/var/log/cstaproxy_log/`.',
      'En root, exécuter la commande, puis prendre le dossier `/var/log/cstaproxy_log/`.',
    ),
    command: 'docker cp cloudlink:/opt/CstaProxy/log/. /var/log/cstaproxy_log/',
    source: 'EN 5.2.3.3',
  },
  {
    id: 'art.sbc.rapidstat',
    name: same('RapidStat'),
    systems: ['ossbc', 'os4k', 'osv'],
    forms: ['archive'],
    clues: [path(/rapid[-_ ]?stat/i, 'likely'), tree(/(^|\/)[^!/]*rapid[-_ ]?stat[^!/]*\/[^!]*$/i, 'likely')],
    collect: text(
      'OpenScape SBC: `Diagnostics & logs → Debugging → Rapid Stat`, Level 5, Get file.',
      'OpenScape SBC : `Diagnostics & logs → Debugging → Rapid Stat`, Level 5, Get file.',
    ),
    source: 'EN 5.2.4.1',
  },
  {
    id: 'art.sbc.push',
    name: text('SBC push notification log', 'Journal des notifications push du SBC'),
    systems: ['ossbc'],
    forms: ['text'],
    clues: [content(/'x-mitel-correlation-id'\s{0,4}:/i, 'likely'), path(/push[-_ ]?notif/i, 'hint')],
    collect: text(
      'OpenScape SBC: `Diagnostics & Logs\\Settings`, tab Debugging, Log Data = Push Notification, Show; copy the text.',
      'OpenScape SBC : `Diagnostics & Logs\\Settings`, onglet Debugging, Log Data = Push Notification, Show ; copier le texte.',
    ),
    source: 'EN 6.4.1',
  },
  {
    id: 'art.sbc.subs',
    name: text('SBC list of registered subscribers', 'Liste des abonnés enregistrés du SBC'),
    systems: ['ossbc'],
    forms: ['text'],
    clues: [content(/registered subscribers/i, 'likely'), path(/registered[-_ ]?subscribers/i, 'likely')],
    collect: text(
      'OpenScape SBC dashboard: Show next to Registered subscribers; copy the list.',
      'Tableau de bord OpenScape SBC : Show à côté de Registered subscribers ; copier la liste.',
    ),
    source: 'EN 6.4.5 (Confirm the client is registered)',
  },
  {
    id: 'art.clgw.logs',
    name: text('CloudLink Gateway logs', 'Journaux de la CloudLink Gateway'),
    systems: ['cloudlink', 'mivb', 'mv5000', 'os4k', 'osv'],
    forms: ['archive'],
    clues: [
      path(/(cloudlink|cl)[-_ ]?gateway[^/]*$/i, 'likely'),
      tree(/(^|\/)(cloudlink|cl)[-_ ]?(gateway|gw)[^!/]*[/.][^!]*$/i, 'likely', /(^|\/)sos_commands\//),
      path(/(^|[^a-z])(cl)?gw[-_ ]?logs?([^a-z]|$)|gateway[-_ ]?logs?/i, 'hint'),
    ],
    collect: text(
      '`MiAccess > Mitel Administration > Select the CloudLink Account` → `System Inventory > Applications > Select the CloudLink Gateway from the list > Manage > Download Logs`, once per gateway.',
      '`MiAccess > Mitel Administration > Select the CloudLink Account` → `System Inventory > Applications > Select the CloudLink Gateway from the list > Manage > Download Logs`, une fois par gateway.',
    ),
    source: 'EN 5.2.5.1',
  },
  {
    id: 'art.ucr',
    name: same('User Comparison Report'),
    systems: ['any'],
    forms: ['text'],
    clues: [content(/\bzmSipPhoneId\b/, 'certain')],
    collect: text(
      'Mitel Administration: `Support > Zoom`, tab User Comparison Report, Generate, then Download; drop the CSV without opening it in a spreadsheet.',
      'Mitel Administration : `Support > Zoom`, onglet User Comparison Report, Generate, puis Download ; déposer le CSV sans l’ouvrir dans un tableur.',
    ),
    source: 'EN 5.2.5.2, 6.4.5.2; FR 5.2.1',
  },
  {
    id: 'art.events',
    name: same('Event History'),
    systems: ['any'],
    forms: ['text'],
    clues: [path(/event[-_ ]?history[^/]*\.csv$/i, 'likely')],
    collect: text(
      'Mitel Administration: `Support > Zoom`, tab Event History, Export. Events may show up to 24 h late.',
      'Mitel Administration : `Support > Zoom`, onglet Historique de l’événement, Exporter. Un événement peut apparaître avec 24 h de retard.',
    ),
    source: 'EN 6.4.5.3; FR 5.3',
  },
  {
    id: 'art.eventcopy',
    name: text('Copied event', 'Événement copié'),
    systems: ['any'],
    forms: ['text'],
    clues: [content(/\b(Properties Changed|Extra Details|Log tags)\b/, 'likely')],
    collect: text(
      'Mitel Administration: `Support > Zoom`, tab Event History, click the event, Copy, and paste it here.',
      'Mitel Administration : `Support > Zoom`, onglet Historique de l’événement, cliquer l’événement, Copier, et le coller ici.',
    ),
    source: 'EN 6.4.5.3',
  },
  {
    id: 'art.status',
    name: text('Integration, OAuth and sync status', 'État de l’intégration, d’OAuth et de la synchronisation'),
    systems: ['any'],
    forms: ['hand', 'text'],
    clues: [content(/\bIntegration status\b[^\n]{0,80}\n?[\s\S]{0,400}\bOAuth status\b/i, 'likely')],
    collect: text(
      'Mitel Administration: `Support > Zoom`, tab Status: Refresh, then note Integration status, OAuth status, Sync status and Last successful sync.',
      'Mitel Administration : `Support > Zoom`, onglet Status : Refresh, puis noter Integration status, OAuth status, Sync status et Last successful sync.',
    ),
    source: 'EN 6.4.5.1; FR 5.1',
  },
  {
    id: 'art.versions',
    name: text('Versions', 'Versions'),
    systems: ['any'],
    forms: ['hand'],
    clues: [],
    collect: text(
      'Note the versions of the Zoom client, MiVoice 5000, MBG, CloudLink Daemon and CloudLink Gateway.',
      'Noter les versions du client Zoom, du MiVoice 5000, du MBG, du CloudLink Daemon et de la CloudLink Gateway.',
    ),
    source: 'FR 3.1.1; EN 6.1',
  },
  {
    id: 'art.screens',
    name: text('Screenshot or text of the error', 'Capture d’écran ou texte de l’erreur'),
    systems: ['any'],
    forms: ['image'],
    clues: [path(/(?:)/, 'likely')],
    collect: text(
      'Take a screenshot of every error shown, or copy its text.',
      'Faire une capture d’écran de chaque erreur affichée, ou copier son texte.',
    ),
    source: 'EN 5.1',
  },
  {
    id: 'art.zoomlog',
    name: text('Zoom client report', 'Rapport du client Zoom'),
    systems: ['zoom'],
    forms: ['archive', 'image', 'text', 'binary'],
    clues: [path(/(^|\/)zoom[^/]*(log|report|memlog)/i, 'hint'), path(/saml[-_ ]?response/i, 'hint')],
    collect: text(
      'Zoom client: send a problem report at the moment of the issue and note its id; for SSO, screenshots of the SAML Response logs (kept 7 days).',
      'Client Zoom : envoyer un rapport de problème au moment de l’incident et noter son id ; pour le SSO, captures des journaux SAML Response (gardés 7 jours).',
    ),
    source: 'EN 4.1.1',
  },
];

export const provenanceRow = (id: string): Provenance | undefined => provenances.find((row) => row.id === id);
