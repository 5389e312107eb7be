import { same, text } from '../../text/text';
import { checklist } from '../checklist';

export default checklist({
  id: 'openscape-4000',
  title: same('OpenScape 4000'),
  pbx: ['os4k'],
  form: 'phases',
  steps: [
    {
      id: 'os4k.prov.01',
      phase: 'collect',
      system: 'os4k',
      ask: text(
        'User provisioning: in the Assistant download the traces of the Zoom PSI profile.',
        'Provisioning des utilisateurs : dans l’Assistant, télécharger les traces du profil Zoom PSI.',
      ),
      where: {
        path: 'Diagnostics -> Trace Download -> Zoom PSI profile',
        printed: 'en',
        gloss: 'Diagnostics -> Téléchargement des traces -> profil Zoom PSI',
      },
      source: 'EN 5.2.2.1',
      yields: ['art.os4k.psi'],
    },
    {
      id: 'os4k.plat.01',
      phase: 'collect',
      system: 'os4k',
      ask: text(
        'Connectivity between CloudLink and the OpenScape 4000: export the platform logs in Platform Administration.',
        'Connectivité entre CloudLink et l’OpenScape 4000 : exporter les journaux de plateforme dans Platform Administration.',
      ),
      where: {
        path: 'Maintenance > Logs > Export > Export Logs System Webservice (including Kubernetes)',
        printed: 'en',
        gloss: 'Maintenance > Journaux > Exporter > Exporter les journaux du webservice système (Kubernetes compris)',
      },
      source: 'EN 5.2.2.2',
      yields: ['art.os4k.platform'],
    },
    {
      id: 'os4k.call.01',
      phase: 'collect',
      system: 'os4k',
      ask: text(
        'Call problems in pure SIP (hold, retrieve): take the RMX traces in the Assistant, tab System Status and Mega Traces; add the SIP traces of the SBC and the CloudLink logs.',
        'Problèmes d’appel en SIP pur (mise en garde, reprise) : prendre les traces RMX dans l’Assistant, onglet System Status and Mega Traces ; ajouter les traces SIP du SBC et les journaux CloudLink.',
      ),
      where: {
        path: 'Expert Mode > Permanent Logging > System Status and Mega Traces',
        printed: 'en',
        gloss: 'Mode expert > Journalisation permanente > État du système et Mega Traces',
      },
      source: 'EN 5.2.2.3',
      yields: ['art.os4k.rmx'],
      feeds: ['f.sip.hold_stuck'],
    },
    {
      id: 'os4k.csta.01',
      phase: 'collect',
      system: 'os4k',
      ask: text(
        'Call log, DND or forwarding (CSTA): pick the CSTA connectivity adapter of CloudLink, hover the button with three lines and download the logs; add the CloudLink logs.',
        'Journal d’appels, NPD ou renvois (CSTA) : choisir l’adaptateur de connectivité CSTA de CloudLink, survoler le bouton à trois lignes et télécharger les journaux ; ajouter les journaux CloudLink.',
      ),
      where: {
        path: 'Expert Mode > Permanent Logging > CSTA Tab',
        printed: 'en',
        gloss: 'Mode expert > Journalisation permanente > onglet CSTA',
      },
      source: 'EN 5.2.2.4',
      yields: ['art.os4k.csta'],
      feeds: ['f.csta.not_active', 'f.csta.session_lost', 'f.csta.dnd_reject'],
    },
    {
      id: 'os4k.chk.01',
      phase: 'check',
      system: 'daemon',
      ask: text(
        'Open CloudLink in the left-hand menu: the tunnels are connected and running.',
        'Ouvrir CloudLink dans le menu de gauche : les tunnels sont connectés et actifs.',
      ),
      source: 'EN 6.2.1',
      feeds: ['f.cld.tunnel_down'],
      settledBy: ['f.cld.tunnel_down'],
      facts: ['tunnels'],
    },
    {
      id: 'os4k.chk.02',
      phase: 'check',
      system: 'os4k',
      ask: text(
        'In the Assistant CloudLink_CSTAProxy is ConnectedAndActive and its Profile is CloudLink.',
        'Dans l’Assistant, CloudLink_CSTAProxy est ConnectedAndActive et son Profile est CloudLink.',
      ),
      where: { path: 'Expert -> CSTA', printed: 'en' },
      source: 'EN 6.2.2',
      feeds: ['f.csta.not_active'],
      settledBy: ['f.csta.not_active'],
      facts: ['cstaProxy', 'cstaProfile'],
    },
    {
      id: 'os4k.chk.03',
      phase: 'check',
      system: 'os4k',
      ask: text(
        'In the Assistant the icon is Green and the state reads CloudLink reachable.',
        'Dans l’Assistant, l’icône est Green (verte) et l’état indique CloudLink reachable.',
      ),
      where: {
        path: 'Configuration Management -> Zoom PSI',
        printed: 'en',
        gloss: 'Gestion de la configuration -> Zoom PSI',
      },
      source: 'EN 6.2.3',
      feeds: ['f.os4k.psi_icon'],
      settledBy: ['f.os4k.psi_icon'],
      facts: ['zoomPsi'],
    },
  ],
});
