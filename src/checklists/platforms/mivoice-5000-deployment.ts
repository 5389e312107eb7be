import { text, type Text } from '../../text/text';
import { checklist, type ChecklistStep, type System } from '../checklist';

const task = (
  id: string,
  section: Text,
  system: System,
  ask: Text,
  source: string,
  more: Partial<ChecklistStep> = {},
): ChecklistStep => ({ id, phase: 'deploy', section, system, ask, source, ...more });

const onBorder = text('On the MiVoice Border Gateway', 'Sur le MiVoice Border Gateway');
const onMarket = text('On the Zoom marketplace', 'Sur la marketplace Zoom');
const onCloud = text('On CloudLink', 'Sur CloudLink');
const onPbx = text('On the MiVoice 5000', 'Sur le MiVoice 5000');
const onZoom = text('On Zoom', 'Sur Zoom');

/** The twelve tasks of the deployment guide in their order, each with who did it and on which date (FR 3.1.5). */
export default checklist({
  id: 'mivoice-5000-deployment',
  title: text('MiVoice 5000 deployment list', 'Liste de déploiement MiVoice 5000'),
  pbx: ['mv5000'],
  form: 'tasks',
  steps: [
    task(
      'dep.01',
      onBorder,
      'mbg',
      text('Configure the settings of the MBG', 'Configurer les paramètres du MBG'),
      'FR 3.2.1',
      { settledBy: ['f.tls.alert', 'f.tls.selfsigned', 'f.tls.expired', 'f.reg.digest_alg', 'f.reg.401_loop'] },
    ),
    task('dep.02', onBorder, 'mbg', text('Link the MBG to CloudLink', 'Lier le MBG à CloudLink'), 'FR 3.2.2', {
      settledBy: ['f.cld.not_onboarded'],
    }),
    task(
      'dep.03',
      onMarket,
      'zoom',
      text('Add the application Mitel PSI to Zoom', 'Intégrer l’application Mitel PSI à Zoom'),
      'FR 3.3',
      { settledBy: ['f.cl.integration_pending', 'f.cl.oauth_failed'] },
    ),
    task(
      'dep.04',
      onCloud,
      'daemon',
      text('Activate the CloudLink daemon on the MiVoice 5000', 'Activer le CloudLink Daemon sur le MiVoice 5000'),
      'FR 3.4',
    ),
    task(
      'dep.05',
      onCloud,
      'gateway',
      text(
        'Activate the containers that start the built-in CloudLink Gateway',
        'Activer les conteneurs qui lancent la CloudLink Gateway intégrée',
      ),
      'FR 3.4',
      { settledBy: ['f.cl.integration_pending'] },
    ),
    task(
      'dep.06',
      onPbx,
      'mv5000',
      text('Add the MBG to the MiVoice 5000', 'Ajouter le MBG au MiVoice 5000'),
      'FR 3.5.1',
    ),
    task(
      'dep.07',
      onPbx,
      'mv5000',
      text('Allow the IP address of the MBG in the Allow-List', 'Autoriser l’adresse IP du MBG dans l’Allow-List'),
      'FR 3.5.2',
      { settledBy: ['f.mv5.allowlist'] },
    ),
    task(
      'dep.08',
      onPbx,
      'mv5000',
      text('Grant the Zoom rights to the subscribers concerned', 'Accorder les droits Zoom aux abonnés concernés'),
      'FR 3.5.3',
      { settledBy: ['psi-license-missing'] },
    ),
    task(
      'dep.09',
      onZoom,
      'zoom',
      text('Create the users who are not in Zoom yet', 'Créer les utilisateurs qui ne sont pas encore dans Zoom'),
      'FR 4.1.1',
      { settledBy: ['zoom-user-missing'] },
    ),
    task(
      'dep.10',
      onZoom,
      'zoom',
      text(
        'Check that the new users have activated their account',
        'Vérifier l’activation du compte par les nouveaux utilisateurs',
      ),
      'FR 4.1.2',
      { settledBy: ['zoom-activation-pending'] },
    ),
    task(
      'dep.11',
      onZoom,
      'zoom',
      text('Set the phone system integration', 'Régler l’intégration du système téléphonique'),
      'FR 4.1.3',
      { settledBy: ['mobile-phone-missing'] },
    ),
    task(
      'dep.12',
      onZoom,
      'zoom',
      text('Add the users to the integration', 'Ajouter les utilisateurs à l’intégration'),
      'FR 4.1.4',
      { settledBy: ['zoom-phone-missing'] },
    ),
  ],
});
