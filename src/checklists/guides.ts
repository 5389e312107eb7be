/** Sections of the two guides that steps and rules cite, with their titles as printed. */
import { text, type Text } from '../text/text';

export const guides: Readonly<Record<'EN' | 'FR', Text>> = {
  EN: text(
    'Mitel Phone System Integration (PSI) with Zoom Troubleshooting Guide, 07/2025 (Issue 1)',
    'Mitel Phone System Integration (PSI) with Zoom Troubleshooting Guide, 07/2025 (Issue 1), en anglais',
  ),
  FR: text(
    'Zoom Phone avec MiVoice Border Gateway et MiVoice 5000 (PSI), Guide de déploiement, 09/2025, in French',
    'Zoom Phone avec MiVoice Border Gateway et MiVoice 5000 (PSI), Guide de déploiement, 09/2025',
  ),
};

/** Two numbers are printed twice; their titles tell them apart (inc.en.01, inc.en.02). */
export const sections: Readonly<Record<string, string>> = {
  'EN 2.1': 'Target audience',
  'EN 4.1': 'General',
  'EN 4.1.1': 'Data to collect',
  'EN 4.1.2': 'Identifying the Zoom Account and Owner',
  'EN 4.2': 'Meetings',
  'EN 4.3': 'Team Chat',
  'EN 4.4': 'Zoom whiteboard',
  'EN 5.1': 'Data to collect',
  'EN 5.2': 'Call Manager\\Solution data collection',
  'EN 5.2.1': 'MiVB',
  'EN 5.2.1.1': 'Registered SIP devices',
  'EN 5.2.1.2': 'MiVB - CCS Trace',
  'EN 5.2.1.3 (MiVB SIP Trace)': 'MiVB SIP Trace',
  'EN 5.2.1.3 (MBG SIP Signaling)': 'MBG - Packet capture – SIP Signaling',
  'EN 5.2.1.4': 'MBG - Packet capture – Full Trace',
  'EN 5.2.2.1': 'User Provisioning log collection',
  'EN 5.2.2.2': 'CloudLink and OpenScape 4000 connectivity issue log collection',
  'EN 5.2.2.3': 'Log Collection for Call Related Issues',
  'EN 5.2.2.4': 'For non-call related issues',
  'EN 5.2.3.1': 'OpenScape Voice General Log collection',
  'EN 5.2.3.2': 'Call-related issues',
  'EN 5.2.3.3': 'Centralized Call log\\history log collection',
  'EN 5.2.3.4': 'Non call-related issues',
  'EN 5.2.4': 'OS SBC',
  'EN 5.2.4.1': 'SBC Log collection',
  'EN 5.2.5.1': 'CloudLink Gateway Log collection',
  'EN 5.2.5.2': 'User Comparison Report',
  'EN 5.2.5.3': 'Checking the CloudLink versions',
  'EN 6.1': 'MiVB',
  'EN 6.1.1': 'Check the CloudLink Daemon Status',
  'EN 6.1.2': 'Check CloudLink Gateway Status',
  'EN 6.2.1': 'Is the CloudLink Daemon connected',
  'EN 6.2.2': 'Is the CSTAProxy to CloudLink connected',
  'EN 6.2.3': 'Is Zoom PSI configured',
  'EN 6.3.1': 'Check warnings',
  'EN 6.3.2': 'Checking call manager logs errors',
  'EN 6.3.3': 'Networking',
  'EN 6.3.4': 'System time',
  'EN 6.3.5': 'Restart the CloudLink Daemon',
  'EN 6.4.1': 'Push notifications',
  'EN 6.4.2': 'Check the CloudLink Connection Status',
  'EN 6.4.3': 'Is the CloudLink Daemon onboarded and configured?',
  'EN 6.4.4': 'Are push notifications enabled in SBC',
  'EN 6.4.5 (Confirm the client is registered)': 'Confirm the client is registered',
  'EN 6.4.5 (CloudLink)': 'CloudLink',
  'EN 6.4.5.1': 'Zoom Integration Status',
  'EN 6.4.5.2': 'User Comparison Report (Detailed)',
  'EN 6.4.5.3': 'Viewing the Event History Table',
  'EN 6.4.5.4': 'Performance profile and network requirement prerequisites',
  'FR 1.3': 'Terminologie',
  'FR 1.4': 'Documents connexes',
  'FR 2': 'Présentation de Zoom Phone avec MiVoice 5000',
  'FR 3.1.1': 'Généraux',
  'FR 3.1.2': 'Système',
  'FR 3.1.3': 'Droits utilisateurs',
  'FR 3.1.4': 'Réseau',
  'FR 3.1.5': 'Liste de contrôle des étapes de configuration',
  'FR 3.2.1': 'Configurer les paramètres du MiVoice Border Gateway',
  'FR 3.2.2': 'Lier le MiVoice Border Gateway à CloudLink',
  'FR 3.3': 'Configuration sur Zoom',
  'FR 3.4': 'Configuration sur CloudLink',
  'FR 3.5.1': 'Ajouter le MiVoice Border Gateway au MiVoice 5000',
  'FR 3.5.2': 'Ajouter le MBG en Allow-List',
  'FR 3.5.3': 'Accorder les droits Zoom aux rôles CloudLink',
  'FR 4.1.1': 'Ajouter un nouvel utilisateur Zoom',
  'FR 4.1.2': 'Activer un compte Zoom à partir d’une invitation',
  'FR 4.1.3': 'Configurer les paramètres de l’intégration du système téléphonique',
  'FR 4.1.4': 'Ajouter des utilisateurs Zoom à l’intégration Mitel',
  'FR 5.1': 'Voir le statut de l’intégration Zoom',
  'FR 5.2': 'Gérer le rapport de comparaison utilisateur',
  'FR 5.2.1': 'Générer un rapport de comparaison utilisateur',
  'FR 5.2.2': 'Erreurs communes dans le rapport de comparaison utilisateur',
  'FR 5.3': 'Voir l’historique des évènements',
};

/** Short forms of the two numbers that are printed twice. */
const twins: Readonly<Record<string, string>> = {
  'EN 5.2.1.3a': 'EN 5.2.1.3 (MiVB SIP Trace)',
  'EN 5.2.1.3b': 'EN 5.2.1.3 (MBG SIP Signaling)',
  'EN 6.4.5a': 'EN 6.4.5 (Confirm the client is registered)',
  'EN 6.4.5b': 'EN 6.4.5 (CloudLink)',
};

/** The parts of a `source`: `EN 6.4.5.2, FR 5.2.2 (inc.fr.01)` → each with its title, or without one where it is no guide section. */
export function cited(source: string): readonly { readonly at: string; readonly title?: string }[] {
  // `EN 5.2.3.1, 5.2.4.1`: a bare number is of the guide before it
  let guide = '';
  return source.split(/[,;] /).map((part) => {
    const bare = part.replace(/ \(inc\.[\w.]+\)$/, '');
    guide = /^(?:EN|FR) /.test(bare) ? bare.slice(0, 3) : guide;
    const short = /^\d/.test(bare) ? `${guide}${bare}` : bare;
    const at = twins[short] ?? short;
    const title = sections[at];
    return title === undefined ? { at } : { at, title };
  });
}
