import { text } from '../../text/text';
import { checklist } from '../checklist';

const rttRemark = text(
  'The guide prints pidof without its backquotes, and no command that turns the trace off: ask support how to reset it. Corrected here.',
  'Le guide imprime pidof sans ses accents graves, et aucune commande pour couper la trace : demander au support comment la remettre à zéro. Corrigé ici.',
);

export default checklist({
  id: 'openscape-voice',
  title: text('OpenScape Voice', 'OpenScape Voice (PBX)'),
  pbx: ['osv'],
  form: 'phases',
  steps: [
    {
      id: 'osv.cld.01',
      phase: 'collect',
      system: 'daemon',
      ask: text(
        'Collect the logs of the CloudLink daemon; the archive holds logs, configuration files and the latest inventory report.',
        'Collecter les journaux du démon CloudLink ; l’archive contient journaux, fichiers de configuration et dernier rapport d’inventaire.',
      ),
      commands: [{ run: 'cld-getlogs', at: 'shell' }],
      expected: text('An archive in the current directory.', 'Une archive dans le répertoire courant.'),
      source: 'EN 5.2.3.1',
      yields: ['art.cld.bundle', 'art.cld.log'],
      feeds: ['f.cld.error', 'f.cld.not_covered', 'f.cld.unreachable', 'f.cld.proxy_auth', 'f.cld.token_time'],
    },
    {
      id: 'osv.cmp.01',
      phase: 'collect',
      system: 'osv',
      ask: text(
        'Add the logs of the CMP: its web server drives the CloudLink daemon.',
        'Ajouter les journaux du CMP : son serveur web pilote le démon CloudLink.',
      ),
      source: 'EN 5.2.3.1',
      yields: ['art.osv.cmp'],
    },
    {
      id: 'osv.call.01',
      phase: 'collect',
      system: 'osv',
      ask: text(
        'Call problems: take the RTT traces (24_7 or 24_7_min), the SIP traces of the SBC and RapidStat at level 5.',
        'Problèmes d’appel : prendre les traces RTT (24_7 ou 24_7_min), les traces SIP du SBC et RapidStat niveau 5.',
      ),
      source: 'EN 5.2.3.2',
      yields: ['art.osv.rtt'],
    },
    {
      id: 'osv.cle.02',
      phase: 'collect',
      system: 'osv',
      ask: text(
        'Call log problems: as srx, with 24_7 on as well, switch the RTT traces of dispProc on, on each node.',
        'Problèmes de journal d’appels : en srx, avec 24_7 également actif, activer les traces RTT de dispProc sur chaque nœud.',
      ),
      commands: [
        {
          run: 'oprtd_ctl -p $(pidof dispProc11) OP_RTT_TRACE_ALL=-1',
          at: 'shell',
          printed: 'oprtd_ctl -p pidof dispProc11 OP_RTT_TRACE_ALL=-1',
          slip: 'inc.en.08',
          label: text('Node 1', 'Nœud 1'),
        },
        {
          run: 'oprtd_ctl -p $(pidof dispProc12) OP_RTT_TRACE_ALL=-1',
          at: 'shell',
          printed: 'oprtd_ctl -p pidof dispProc12 OP_RTT_TRACE_ALL=-1',
          slip: 'inc.en.08',
          label: text('Node 2', 'Nœud 2'),
        },
      ],
      warning: text(
        'The trace stays on until it is reset.',
        'La trace reste active tant qu’elle n’est pas remise à zéro.',
      ),
      remark: rttRemark,
      source: 'EN 5.2.3.3, inc.en.08',
      yields: ['art.osv.rtt'],
      feeds: ['f.csta.no_event', 'f.proc.trace_on'],
    },
    {
      id: 'osv.cle.03',
      phase: 'collect',
      system: 'osv',
      ask: text(
        'A user without centralized call log: as srx write the state of the CSTA session manager to a file.',
        'Utilisateur sans journal d’appels centralisé : en srx, écrire l’état du gestionnaire de sessions CSTA dans un fichier.',
      ),
      commands: [{ run: 'cstasmdump > cstasmdump.output', at: 'shell' }],
      expected: text('A file cstasmdump.output.', 'Un fichier cstasmdump.output.'),
      source: 'EN 5.2.3.3',
      yields: ['art.osv.cstasmdump'],
      feeds: ['f.csta.no_monitor'],
    },
    {
      id: 'osv.cle.04',
      phase: 'collect',
      system: 'osv',
      ask: text(
        'As root copy the logs of the CloudLink container and of its CSTA proxy, then take both folders.',
        'En root, copier les journaux du conteneur CloudLink et de son proxy CSTA, puis prendre les deux dossiers.',
      ),
      commands: [
        {
          run: 'docker cp cloudlink:/opt/micloud-link/src/log/. /var/log/micloud_logs/',
          at: 'shell',
          printed: 'docker cp cloudlink:/opt/micloud-link/src/log/. /var/log/ micloud_logs/',
          slip: 'inc.en.09',
          label: text('CloudLink container', 'Conteneur CloudLink'),
        },
        {
          run: 'docker cp cloudlink:/opt/CstaProxy/log/. /var/log/cstaproxy_log/',
          at: 'shell',
          printed: 'docker cp cloudlink:/opt/CstaProxy/log/. /var/log/ cstaproxy_log/',
          slip: 'inc.en.09',
          label: text('CSTA proxy', 'Proxy CSTA'),
        },
      ],
      remark: text(
        'The guide prints a blank inside the target path, so that docker sees three arguments. Corrected here.',
        'Le guide imprime un espace dans le chemin cible : docker voit alors trois arguments. Corrigé ici.',
      ),
      source: 'EN 5.2.3.3, inc.en.09',
      yields: ['art.osv.micloud', 'art.osv.cstaproxy'],
      feeds: ['f.csta.session_lost', 'f.csta.no_event'],
    },
    {
      id: 'osv.chk.01',
      phase: 'check',
      system: 'daemon',
      ask: text(
        'Open the interface of the daemon through CMP: it checks connectivity and system time by itself; act on every warning.',
        'Ouvrir l’interface du démon via CMP : il contrôle lui-même connectivité et heure ; traiter chaque avertissement.',
      ),
      source: 'EN 6.3.1',
      feeds: ['f.cld.warn'],
      settledBy: ['daemon-warnings'],
    },
    {
      id: 'osv.chk.02',
      phase: 'check',
      system: 'daemon',
      ask: text('No error lines in the daemon logs.', 'Aucune ligne d’erreur dans les journaux du démon.'),
      commands: [{ run: 'grep level=ERROR /var/log/cld/*.log', at: 'shell' }],
      expected: text('No output.', 'Aucune sortie.'),
      source: 'EN 6.3.2',
      yields: ['art.cld.log'],
      feeds: ['f.cld.error'],
      settledBy: ['daemon-errors'],
    },
    {
      id: 'osv.chk.03',
      phase: 'check',
      system: 'daemon',
      ask: text(
        'On the host of the daemon, fetch the version file through the proxy.',
        'Sur l’hôte du démon, récupérer le fichier de version à travers le proxy.',
      ),
      commands: [
        {
          run: 'curl -v --proxy http://{proxy}:{port} https://download.mitel.io/cld/linux/amd64/current.json',
          at: 'shell',
          printed: 'curl -v --proxy http://: https:// download.mitel.io/cld/linux/amd64/current.json',
          slip: 'inc.en.07',
          label: text('Through a proxy', 'À travers un proxy'),
        },
        {
          run: 'curl -v https://download.mitel.io/cld/linux/amd64/current.json',
          at: 'shell',
          label: text('Without a proxy', 'Sans proxy'),
        },
      ],
      slots: [
        { name: 'proxy', label: text('Proxy host', 'Hôte du proxy'), kind: 'host', fact: 'proxyHost' },
        { name: 'port', label: text('Proxy port', 'Port du proxy'), kind: 'port', fact: 'proxyPort' },
      ],
      expected: text(
        'HTTP 200 and a JSON text; 407 means credentials, “Could not resolve” DNS, a certificate error TLS inspection.',
        'HTTP 200 et un texte JSON ; 407 : authentification, « Could not resolve » : DNS, erreur de certificat : inspection TLS.',
      ),
      remark: text(
        'The guide has lost host and port and prints a blank inside the URL. Corrected here; the form without a proxy is ours.',
        'Le guide a perdu hôte et port et imprime un espace dans l’URL. Corrigé ici ; la forme sans proxy est de nous.',
      ),
      source: 'EN 6.3.3, inc.en.07',
      yields: ['art.curl', 'art.currentjson'],
      feeds: ['f.cld.dns', 'f.cld.unreachable', 'f.cld.proxy_auth', 'f.cld.tls_intercept', 'f.cld.proxy_mismatch'],
    },
    {
      id: 'osv.chk.04',
      phase: 'check',
      system: 'daemon',
      ask: text(
        'In the proxy configuration file the values of HTTPS_PROXY and NO_PROXY are right, and NO_PROXY does not swallow mitel.io.',
        'Dans le fichier de configuration du proxy, les valeurs de HTTPS_PROXY et NO_PROXY sont justes, et NO_PROXY n’englobe pas mitel.io.',
      ),
      remark: text('The guide does not print where the file lies.', 'Le guide n’imprime pas où se trouve le fichier.'),
      source: 'EN 6.3.3',
      yields: ['art.proxy'],
      feeds: ['f.cld.proxy_form', 'f.cld.noproxy_mitel'],
    },
    {
      id: 'osv.chk.05',
      phase: 'check',
      system: 'daemon',
      ask: text(
        'The clock of the host is right and NTP is synchronised; the tokens of the daemon live for a short time only. A local time zone is no fault.',
        'L’heure de l’hôte est juste et NTP est synchronisé ; les jetons du démon ne vivent que peu de temps. Un fuseau local n’est pas un défaut.',
      ),
      commands: [
        { run: 'timedatectl', at: 'shell' },
        { run: 'chronyc tracking', at: 'shell' },
        { run: 'ntpq -p', at: 'shell' },
      ],
      remark: text(
        'The guide only says to check NTP; the commands are ours, run the one that the host has.',
        'Le guide dit seulement de vérifier NTP ; les commandes sont de nous, lancer celle que l’hôte possède.',
      ),
      source: 'EN 6.3.4',
      yields: ['art.ntp'],
      feeds: ['f.time.ntp_unsync', 'f.cld.token_time'],
      settledBy: ['ntp-unsynchronised'],
    },
    {
      id: 'osv.fix.01',
      phase: 'fix',
      system: 'daemon',
      ask: text('Restart the CloudLink daemon.', 'Redémarrer le démon CloudLink.'),
      commands: [{ run: 'systemctl restart cld', at: 'shell' }],
      source: 'EN 6.3.5',
      feeds: ['f.cld.restarts'],
    },
    {
      id: 'osv.cle.01',
      phase: 'note',
      system: 'osv',
      ask: text(
        'The centralized call log serves WebRTC clients; for Zoom PSI its events go through the CSTA proxy of the CloudLink container, and dispProc sends them (CLE).',
        'Le journal d’appels centralisé sert les clients WebRTC ; pour Zoom PSI ses événements passent par le proxy CSTA du conteneur CloudLink, et dispProc les émet (CLE).',
      ),
      source: 'EN 5.2.3.3',
    },
    {
      id: 'osv.noncall',
      phase: 'limit',
      system: 'osv',
      ask: text(
        'Outside calls only the centralized call log is supported on OpenScape Voice: DND and forwarding are out of scope.',
        'Hors appel, seul le journal d’appels centralisé est pris en charge sur OpenScape Voice : NPD et renvois sont hors périmètre.',
      ),
      source: 'EN 5.2.3.4',
      feeds: ['f.csta.scope'],
    },
  ],
});
