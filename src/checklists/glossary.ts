/** Acronyms and words of the guides and of this trade (FR 1.3 and what both guides use without saying). */
import { text, type Text } from '../text/text';

export interface Term {
  readonly term: string;
  /** What the letters stand for, in the language in which they do. */
  readonly long?: string;
  readonly means: Text;
}

const term = (name: string, long: string, en: string, fr: string): Term => ({
  term: name,
  ...(long ? { long } : {}),
  means: text(en, fr as never) as Text,
});

export const glossary: readonly Term[] = [
  term(
    'ADFS',
    'Active Directory Federation Services',
    'SSO service of Windows Server.',
    'Service SSO de Windows Server.',
  ),
  term(
    'API',
    'Application Programming Interface',
    'Way by which programs talk to a service.',
    'Façon dont des programmes parlent à un service.',
  ),
  term(
    'AOR',
    'Address of Record',
    'SIP address under which a user registers.',
    'Adresse SIP sous laquelle un utilisateur s’enregistre.',
  ),
  term(
    'BYOC',
    'Bring Your Own Carrier',
    'Zoom Phone with the customer’s own carrier; its trunk traffic is not PSI.',
    'Zoom Phone avec l’opérateur du client ; le trafic de ce trunk n’est pas du PSI.',
  ),
  term(
    'CCS',
    '',
    'Call control of the MiVB, of which a trace can be taken.',
    'Contrôle d’appel du MiVB, dont on peut prendre une trace.',
  ),
  term(
    'CL',
    'CloudLink',
    'Mitel’s platform between the phone system and cloud applications; it sends the pushes to Zoom.',
    'Plateforme Mitel entre le système téléphonique et les applications cloud ; elle envoie les push à Zoom.',
  ),
  term(
    'CLD',
    'CloudLink Daemon',
    'Agent on the host of the phone system or border; it holds the tunnels to CloudLink.',
    'Agent sur l’hôte du système téléphonique ou de la bordure ; il tient les tunnels vers CloudLink.',
  ),
  term(
    'CLE',
    'Call Log Events',
    'Events of the centralized call log that OpenScape Voice sends.',
    'Événements du journal d’appels centralisé qu’OpenScape Voice émet.',
  ),
  term(
    'CloudLink Gateway',
    '',
    'Connects the phone system to CloudLink; with MiVoice 5000 it is built into the daemon.',
    'Relie le système téléphonique à CloudLink ; avec le MiVoice 5000, elle est intégrée au démon.',
  ),
  term(
    'CMP',
    'Common Management Platform',
    'Web administration of OpenScape Voice; it opens the page of the daemon.',
    'Administration web d’OpenScape Voice ; elle ouvre la page du démon.',
  ),
  term('CF', 'Call Forwarding', 'Forwarding of calls to another number.', 'Renvoi d’appels vers un autre numéro.'),
  term(
    'CSTA',
    'Computer-Supported Telecommunications Applications',
    'Protocol that carries call log, do not disturb and forwarding.',
    'Protocole qui porte journal d’appels, ne pas déranger et renvois.',
  ),
  term(
    'CSV',
    'Comma-Separated Values',
    'Table as text, as the reports are exported.',
    'Tableau en texte, forme d’export des rapports.',
  ),
  term('DN', 'Directory Number', 'Number of an extension.', 'Numéro d’un poste.'),
  term(
    'DND',
    'Do Not Disturb',
    'Calls are refused while it is on; NPD in French.',
    'Les appels sont refusés tant qu’il est actif : NPD (ne pas déranger).',
  ),
  term('DNS', 'Domain Name System', 'Turns names into addresses.', 'Traduit les noms en adresses.'),
  term('FQDN', 'Fully Qualified Domain Name', 'Full name of a host.', 'Nom complet d’un hôte.'),
  term(
    'HTTP',
    'Hypertext Transfer Protocol',
    'Protocol of the web; its status says how a request ended.',
    'Protocole du web ; son statut dit comment une requête a fini.',
  ),
  term(
    'IdP',
    'Identity Provider',
    'System where users sign in with SSO: Entra ID, Okta, ADFS.',
    'Système où les utilisateurs s’authentifient en SSO : Entra ID, Okta, ADFS.',
  ),
  term('IP', 'Internet Protocol', 'Carries packets between networks.', 'Achemine les paquets entre réseaux.'),
  term('JSON', 'JavaScript Object Notation', 'Data as text.', 'Données en texte.'),
  term(
    'MBG',
    'MiVoice Border Gateway',
    'SIP border of MiVB and MiVoice 5000; it emits the pushes.',
    'Bordure SIP du MiVB et du MiVoice 5000 ; il émet les push.',
  ),
  term(
    'MD5',
    'Message Digest 5',
    'Method by which the set side of the MBG checks passwords.',
    'Méthode par laquelle le côté poste du MBG vérifie les mots de passe.',
  ),
  term(
    'MiAccess',
    '',
    'Portal through which partners reach Mitel Administration.',
    'Portail par lequel les partenaires accèdent à Mitel Administration.',
  ),
  term('MiVB', 'MiVoice Business', 'Phone system by Mitel.', 'Système téléphonique Mitel.'),
  term(
    'MiVoice 5000',
    '',
    'Phone system by Mitel; the French guide is about it.',
    'Système téléphonique Mitel, objet du guide en français.',
  ),
  term(
    'Mitel Administration',
    '',
    'Portal of the accounts: integration status, reports, event history, gateway logs.',
    'Portail des comptes : statut d’intégration, rapports, historique, journaux de gateway.',
  ),
  term(
    'MSL',
    'Mitel Standard Linux',
    'System under MiVB and MBG, with the page /server-manager/.',
    'Système sous MiVB et MBG, avec la page /server-manager/.',
  ),
  term(
    'NAT',
    'Network Address Translation',
    'Changes addresses at the edge of a network.',
    'Change les adresses à la limite d’un réseau.',
  ),
  term(
    'NPD',
    'Ne Pas Déranger',
    'French for do not disturb (DND).',
    'Ne pas déranger : les appels sont refusés tant qu’il est actif (DND).',
  ),
  term('NTP', 'Network Time Protocol', 'Keeps clocks right (UDP 123).', 'Tient les horloges à l’heure (UDP 123).'),
  term(
    'OAuth',
    'Open Authorization',
    'Way by which CloudLink is allowed to act at Zoom.',
    'Façon dont CloudLink est autorisé à agir chez Zoom.',
  ),
  term('OMM', 'Open Mobility Manager', 'DECT system of Mitel.', 'Système DECT de Mitel.'),
  term(
    'OS4K',
    'OpenScape 4000',
    'Phone system; its Assistant and Platform Administration are web pages.',
    'Système téléphonique ; son Assistant et Platform Administration sont des pages web.',
  ),
  term(
    'OSSBC',
    'OpenScape SBC',
    'SIP border of OpenScape 4000 and OpenScape Voice; it emits the pushes.',
    'Bordure SIP d’OpenScape 4000 et OpenScape Voice ; il émet les push.',
  ),
  term(
    'OSV',
    'OpenScape Voice',
    'Phone system of the OpenScape family.',
    'Système téléphonique de la famille OpenScape.',
  ),
  term('PBX', 'Private Branch Exchange', 'Phone system of a company.', 'Système téléphonique d’entreprise.'),
  term('PCAP', 'Packet Capture', 'File of captured packets.', 'Fichier de paquets capturés.'),
  term(
    'PSI',
    'Phone System Integration',
    'The Phone tab of Zoom works as a SIP phone of the Mitel system.',
    'L’onglet Téléphone de Zoom fonctionne comme un téléphone SIP du système Mitel.',
  ),
  term(
    'RapidStat',
    '',
    'Collection of logs of an OpenScape SBC, by level.',
    'Collecte de journaux d’un OpenScape SBC, par niveau.',
  ),
  term(
    'Remote Worker',
    '',
    'Terminal that works from outside through the MBG.',
    'Terminal qui travaille de l’extérieur à travers le MBG.',
  ),
  term(
    'RMX',
    'Real-time Multitasking eXecutive',
    'Part of OpenScape 4000 that switches calls; its traces show SIP.',
    'Partie d’OpenScape 4000 qui traite les appels ; ses traces montrent le SIP.',
  ),
  term(
    'RTP',
    'Real-time Transport Protocol',
    'Carries the voice; SRTP is its encrypted form.',
    'Transporte la voix ; SRTP en est la forme chiffrée.',
  ),
  term(
    'RTT',
    'Real Time Trace',
    'Trace of OpenScape Voice (24_7, 24_7_min).',
    'Trace d’OpenScape Voice (24_7, 24_7_min).',
  ),
  term(
    'SAML',
    'Security Assertion Markup Language',
    'Form of SSO between an IdP and Zoom.',
    'Forme de SSO entre un IdP et Zoom.',
  ),
  term(
    'SBC',
    'Session Border Controller',
    'Border through which SIP enters and leaves a network.',
    'Bordure par laquelle le SIP entre dans un réseau et en sort.',
  ),
  term(
    'SCIM',
    'System for Cross-domain Identity Management',
    'Creates users at Zoom from an IdP by itself.',
    'Crée de lui-même des utilisateurs chez Zoom depuis un IdP.',
  ),
  term(
    'SFTP',
    'SSH File Transfer Protocol',
    'Fetches files over ssh, with WinSCP for instance.',
    'Récupère des fichiers par ssh, avec WinSCP par exemple.',
  ),
  term('SIP', 'Session Initiation Protocol', 'Sets up calls and registrations.', 'Établit appels et enregistrements.'),
  term(
    'SOS',
    '',
    'Archive of logs and diagnostic data of an MSL host.',
    'Archive de journaux et de diagnostic d’un hôte MSL.',
  ),
  term('SRTP', 'Secure RTP', 'Encrypted voice.', 'Voix chiffrée.'),
  term(
    'srx',
    '',
    'Account of OpenScape Voice under which traces are taken.',
    'Compte d’OpenScape Voice sous lequel on prend des traces.',
  ),
  term(
    'SSO',
    'Single Sign-On',
    'One sign-in for several services.',
    'Une seule authentification pour plusieurs services.',
  ),
  term(
    'SSP',
    'SIP Service Provider',
    'Tile of the SBC dashboard about the provider’s side.',
    'Vignette du tableau de bord du SBC sur le côté opérateur.',
  ),
  term(
    'TCP',
    'Transmission Control Protocol',
    'Carries data over connections.',
    'Transporte les données par connexions.',
  ),
  term(
    'TLS',
    'Transport Layer Security',
    'Encrypts SIP (port 5061) and HTTPS.',
    'Chiffre le SIP (port 5061) et HTTPS.',
  ),
  term(
    'UDP',
    'User Datagram Protocol',
    'Carries single packets: voice, DNS, NTP, often SIP.',
    'Transporte des paquets isolés : voix, DNS, NTP, souvent SIP.',
  ),
  term('URL', 'Uniform Resource Locator', 'Address of a page or file.', 'Adresse d’une page ou d’un fichier.'),
  term(
    'UCR',
    'User Comparison Report',
    'Report of Mitel Administration that compares the users of CloudLink and Zoom.',
    'Rapport de Mitel Administration qui compare les utilisateurs de CloudLink et de Zoom.',
  ),
  term(
    'WebRTC',
    'Web Real-Time Communication',
    'Calls in a browser or app without a phone.',
    'Appels dans un navigateur ou une appli, sans téléphone.',
  ),
];
