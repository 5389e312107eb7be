import { text } from '../../text/text';
import { checklist } from '../checklist';

export default checklist({
  id: 'general',
  title: text('Every case', 'Tous les dossiers'),
  form: 'phases',
  steps: [
    {
      id: 'psi.data.01',
      phase: 'collect',
      system: 'psi',
      ask: text('Users who are affected', 'Utilisateurs touchés'),
      source: 'EN 5.1',
      facts: ['users'],
    },
    {
      id: 'psi.data.02',
      phase: 'collect',
      system: 'psi',
      ask: text(
        'Date and time of the incident, with the time zone',
        'Date et heure de l’incident, avec le fuseau horaire',
      ),
      source: 'EN 5.1',
      feeds: ['f.cld.not_covered', 'f.pcap.late'],
      facts: ['incident'],
    },
    {
      id: 'psi.data.03',
      phase: 'collect',
      system: 'psi',
      ask: text('What exactly goes wrong', 'Ce qui ne va pas, précisément'),
      source: 'EN 5.1',
    },
    {
      id: 'psi.data.04',
      phase: 'collect',
      system: 'psi',
      ask: text('Can it be reproduced?', 'Est-ce reproductible ?'),
      source: 'EN 5.1',
    },
    {
      id: 'psi.data.05',
      phase: 'collect',
      system: 'psi',
      ask: text('Only once, or has it happened before?', 'Une seule fois, ou déjà vu auparavant ?'),
      source: 'EN 5.1',
    },
    {
      id: 'psi.data.06',
      phase: 'collect',
      system: 'psi',
      ask: text('Screenshot or text of every error shown', 'Capture d’écran ou texte de chaque erreur affichée'),
      source: 'EN 5.1',
      yields: ['art.screens'],
    },
    {
      id: 'psi.data.07',
      phase: 'collect',
      system: 'psi',
      ask: text('Every troubleshooting step taken so far', 'Chaque étape de diagnostic déjà faite'),
      source: 'EN 5.1',
    },
    {
      id: 'psi.data.08',
      phase: 'collect',
      system: 'psi',
      ask: text('Every result gathered so far', 'Chaque résultat déjà obtenu'),
      source: 'EN 5.1',
    },
    {
      id: 'psi.data.09',
      phase: 'collect',
      system: 'network',
      ask: text(
        'If the network is suspected: take a packet capture and look at it; if the case stays open, hand it over with a network diagram.',
        'Si le réseau est suspecté : faire une capture de paquets et l’examiner ; si le dossier reste ouvert, la fournir avec un schéma du réseau.',
      ),
      source: 'EN 5.1',
      yields: ['art.pcap.any'],
    },
    {
      id: 'gen.zoom.01',
      phase: 'collect',
      system: 'zoom',
      ask: text(
        'Find out which Zoom account the user is signed in to, who owns it and which licence is used (Zoom article KB0060684).',
        'Déterminer à quel compte Zoom l’utilisateur est connecté, qui en est titulaire et quelle licence il utilise (article Zoom KB0060684).',
      ),
      source: 'EN 4.1.2',
    },
    {
      id: 'psi.data.10',
      phase: 'note',
      system: 'psi',
      ask: text(
        'In this order: the general PSI data, the CloudLink logs, then the data of the phone system.',
        'Dans cet ordre : les données PSI générales, les journaux CloudLink, puis les données du PBX.',
      ),
      source: 'EN 5.1',
    },
    {
      id: 'gen.route.01',
      phase: 'note',
      system: 'zoom',
      ask: text(
        'A customer with a direct Zoom contract takes what is not PSI to Zoom.',
        'Un client sous contrat direct avec Zoom adresse à Zoom ce qui n’est pas PSI.',
      ),
      source: 'EN 2.1, inc.en.05',
      feeds: ['f.zoom.route'],
      facts: ['product'],
    },
    {
      id: 'gen.route.02',
      phase: 'note',
      system: 'meetings',
      ask: text(
        'Meetings: Zoom’s category page (kb_category=fdb2be128720391089a37408dabb3589) says what to try and to collect before a case is opened.',
        'Réunions (Meetings) : la page de catégorie Zoom (kb_category=fdb2be128720391089a37408dabb3589) dit quoi essayer et réunir avant d’ouvrir un dossier.',
      ),
      source: 'EN 4.2',
      feeds: ['f.zoom.route'],
    },
    {
      id: 'gen.route.03',
      phase: 'note',
      system: 'chat',
      ask: text(
        'Team Chat: Zoom’s category page kb_category=70f6f61a8720391089a37408dabb359a says what to try and to collect.',
        'Messagerie (Team Chat) : la page de catégorie Zoom kb_category=70f6f61a8720391089a37408dabb359a dit quoi essayer et réunir.',
      ),
      source: 'EN 4.3, inc.en.06',
      feeds: ['f.zoom.route'],
    },
    {
      id: 'gen.route.04',
      phase: 'note',
      system: 'whiteboard',
      ask: text(
        'Whiteboard: Zoom’s category page kb_category=28687e5a8720391089a37408dabb352d says what to try and to collect.',
        'Tableau blanc (Whiteboard) : la page de catégorie Zoom kb_category=28687e5a8720391089a37408dabb352d dit quoi essayer et réunir.',
      ),
      source: 'EN 4.4, inc.en.06',
      feeds: ['f.zoom.route'],
    },
    {
      id: 'gen.zoom.02',
      phase: 'note',
      system: 'zoom',
      ask: text(
        'Zoom’s deployment guide with the links for each phone system is article KB0079172.',
        'Le guide de déploiement Zoom, avec les liens par PBX, est l’article KB0079172.',
      ),
      source: 'EN 4.1',
    },
  ],
});
