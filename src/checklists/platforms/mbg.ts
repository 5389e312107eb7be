import { same, text } from '../../text/text';
import { checklist, type Where } from '../checklist';

const diagnostics: Where = {
  path: 'Applications → MiVoice Border Gateway → Troubleshooting Tab → Diagnostics',
  printed: 'en',
  gloss: 'Applications → MiVoice Border Gateway → onglet Troubleshooting (dépannage) → Diagnostics',
};
const support: Where = { path: 'Applications>MiVoice Border Gateway', printed: 'fr' };

export default checklist({
  id: 'mbg',
  title: same('MiVoice Border Gateway'),
  pbx: ['mivb', 'mv5000'],
  form: 'phases',
  steps: [
    {
      id: 'mbg.ver',
      phase: 'prereq',
      system: 'mbg',
      ask: text('The MBG runs version 12.2.0.72 or later.', 'Le MBG est en version 12.2.0.72 ou ultérieure.'),
      remark: text(
        'Printed for MiVoice 5000. The number in the SIP User-Agent is not this version.',
        'Imprimé pour le MiVoice 5000. Le numéro du User-Agent SIP n’est pas cette version.',
      ),
      source: 'FR 3.1.1',
      yields: ['art.versions'],
      feeds: ['f.ver.mbg'],
      settledBy: ['f.ver.mbg'],
      facts: ['versions'],
    },
    {
      id: 'mbg.lic',
      phase: 'prereq',
      system: 'mbg',
      ask: text('One licence for the MBG is at hand.', 'Une licence pour le MBG est prévue.'),
      source: 'FR 3.1.1',
    },
    {
      id: 'mbg.cap.01',
      phase: 'collect',
      system: 'mbg',
      ask: text(
        'Start the signalling capture: click Load beside Packet trace, then tick Enable signaling capture.',
        'Démarrer la capture de signalisation : cliquer sur Load à côté de Packet trace, puis cocher Enable signaling capture.',
      ),
      where: diagnostics,
      expected: text('The state shows Running.', 'L’état affiche Running.'),
      source: 'EN 5.2.1.3 (MBG SIP Signaling)',
      feeds: ['f.proc.trace_on', 'f.tls.opaque'],
    },
    {
      id: 'mbg.cap.02',
      phase: 'collect',
      system: 'mbg',
      ask: text(
        'Reproduce the problem, pick the file in “PCAP files for download”, then untick Enable signaling capture.',
        'Reproduire le problème, choisir le fichier dans « PCAP files for download », puis décocher Enable signaling capture.',
      ),
      where: diagnostics,
      expected: text(
        'The file arrives on your computer and the state shows Not Running.',
        'Le fichier arrive sur votre poste et l’état affiche Not Running.',
      ),
      source: 'EN 5.2.1.3 (MBG SIP Signaling)',
      yields: ['art.mbg.pcap.sig'],
      feeds: ['f.pcap.late', 'f.reg.401_loop', 'f.sip.leg_missing'],
    },
    {
      id: 'mbg.cap.03',
      phase: 'collect',
      system: 'mbg',
      ask: text(
        'For one-way or missing audio take the full trace: Load beside Packet trace, tick Enable global packet capture (Running), reproduce, download the file, untick (Not Running).',
        'Pour un audio absent ou à sens unique, prendre la trace complète : Load à côté de Packet trace, cocher Enable global packet capture (Running), reproduire, télécharger le fichier, décocher (Not Running).',
      ),
      where: diagnostics,
      source: 'EN 5.2.1.4',
      yields: ['art.mbg.pcap.global'],
      feeds: ['f.rtp.oneway', 'f.rtp.none', 'f.proc.trace_on'],
    },
    {
      id: 'mbg.cert.01',
      phase: 'deploy',
      system: 'mbg',
      ask: text(
        'In the section SIP Support set Certificate to Web Server.',
        'Dans la section SIP Support, régler Certificate sur Web Server.',
      ),
      where: support,
      warning: text(
        'Read the warning about 6xxx terminals and OMM first.',
        'Lire d’abord la mise en garde sur les terminaux 6xxx et OMM.',
      ),
      source: 'FR 3.2.1',
      feeds: ['f.tls.alert', 'f.tls.selfsigned', 'f.tls.expired'],
      settledBy: ['f.tls.alert', 'f.tls.selfsigned', 'f.tls.expired'],
    },
    {
      id: 'mbg.auth.01',
      phase: 'deploy',
      system: 'mbg',
      ask: text(
        'In the section SIP Support set Set-side Authentication Methods to MD5, then click Save at the bottom.',
        'Dans la section SIP Support, régler Set-side Authentication Methods sur MD5, puis cliquer sur Save en bas de page.',
      ),
      where: support,
      source: 'FR 3.2.1',
      feeds: ['f.reg.digest_alg', 'f.reg.401_loop'],
      settledBy: ['f.reg.digest_alg', 'f.reg.401_loop'],
    },
    {
      id: 'mbg.cl.01',
      phase: 'deploy',
      system: 'mbg',
      ask: text(
        'Link the MBG to CloudLink: while it is not linked the page shows a link; follow it, enter the e-mail of the CloudLink administrator, Next, the password, Next.',
        'Lier le MBG à CloudLink : tant qu’il ne l’est pas, la page affiche un lien ; le suivre, saisir l’e-mail de l’administrateur CloudLink, Next, le mot de passe, Next.',
      ),
      where: { path: 'Configuration>CloudLink', printed: 'fr' },
      expected: text('The page shows the MBG as linked.', 'La page montre le MBG lié.'),
      source: 'FR 3.2.2',
      feeds: ['f.cld.not_onboarded'],
      settledBy: ['f.cld.not_onboarded'],
    },
    {
      id: 'mbg.cert.02',
      phase: 'warn',
      system: 'mbg',
      ask: text(
        'Changing the type of certificate can cut off 6xxx terminals and OMM that work as Remote Workers: read “Remote Worker via MBG – Manuel de Mise en Œuvre” first.',
        'Changer le type de certificat peut couper les terminaux 6xxx et l’OMM en Remote Worker : lire d’abord « Remote Worker via MBG – Manuel de Mise en Œuvre ».',
      ),
      source: 'FR 3.2.1',
      feeds: ['f.proc.cert_change'],
      settledBy: ['f.proc.cert_change'],
      facts: ['certificate'],
    },
    {
      id: 'mbg.one',
      phase: 'limit',
      system: 'mbg',
      ask: text(
        'For Remote Worker one MBG serves one MiVoice 5000 only.',
        'Pour le Remote Worker, un MBG ne sert qu’un seul MiVoice 5000.',
      ),
      source: 'FR 3.5.1',
      feeds: ['f.proc.mbg_shared'],
      settledBy: ['f.proc.mbg_shared'],
      facts: ['mbgSystems'],
    },
  ],
});
