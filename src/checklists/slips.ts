/** Where the two guides disagree or are damaged, and what the product does about it. */
import { text, type Text } from '../text/text';

export interface Slip {
  readonly id: string;
  /** Section as printed. */
  readonly where: string;
  readonly what: Text;
  readonly done: Text;
}

const slip = (id: string, where: string, what: Text, done: Text): Slip => ({ id, where, what, done });

export const slips: readonly Slip[] = [
  slip(
    'inc.en.01',
    'EN 5.2.1.3a, EN 5.2.1.3b',
    text(
      'The number is printed twice: MiVB SIP Trace and MBG SIP Signaling; the table of contents has neither.',
      'Le numéro est imprimé deux fois : MiVB SIP Trace et MBG SIP Signaling ; la table des matières n’a ni l’un ni l’autre.',
    ),
    text('The title stands behind the number wherever it is cited.', 'Le titre suit le numéro partout où il est cité.'),
  ),
  slip(
    'inc.en.02',
    'EN 6.4.5a, EN 6.4.5b',
    text(
      'The number is printed twice: Confirm the client is registered, and CloudLink.',
      'Le numéro est imprimé deux fois : Confirm the client is registered, et CloudLink.',
    ),
    text(
      'Cited with its title; CloudLink has a checklist of its own.',
      'Cité avec son titre ; CloudLink a sa propre liste.',
    ),
  ),
  slip(
    'inc.en.03',
    'EN',
    text('Titles and depth differ from the body.', 'Titres et profondeur diffèrent du corps du texte.'),
    text('The body is cited.', 'C’est le corps du texte qui est cité.'),
  ),
  slip(
    'inc.en.04',
    'EN',
    text('The cover says 07/2025, the history 05/2025.', 'La couverture dit 07/2025, l’historique 05/2025.'),
    text('Cited as 07/2025 (Issue 1).', 'Cité comme 07/2025 (Issue 1).'),
  ),
  slip(
    'inc.en.05',
    'EN 2.1',
    text(
      '“Target audience” holds a rule about where cases go.',
      '« Target audience » contient une règle sur l’adresse des dossiers.',
    ),
    text('Used as a note of routing.', 'Utilisée comme note d’aiguillage.'),
  ),
  slip(
    'inc.en.06',
    'EN 4.3, EN 4.4',
    text(
      'The text says Zoom meetings under Team Chat and whiteboard.',
      'Le texte parle de Zoom meetings sous Team Chat et whiteboard.',
    ),
    text('Worded per product; the addresses are kept.', 'Reformulé par produit ; les adresses sont gardées.'),
  ),
  slip(
    'inc.en.07',
    'EN 6.3.3',
    text(
      'The curl command has lost host and port and holds a blank inside the URL.',
      'La commande curl a perdu hôte et port et contient un espace dans l’URL.',
    ),
    text(
      'Host and port are fields; only the working form is copied.',
      'Hôte et port sont des champs ; seule la forme qui marche est copiée.',
    ),
  ),
  slip(
    'inc.en.08',
    'EN 5.2.3.3',
    text(
      'pidof has lost its backquotes; no command switches the trace off.',
      'pidof a perdu ses accents graves ; aucune commande ne coupe la trace.',
    ),
    text(
      'Copied with $(pidof …), marked as corrected; the step reminds you to reset the trace.',
      'Copiée avec $(pidof …), marquée comme corrigée ; l’étape rappelle de remettre la trace à zéro.',
    ),
  ),
  slip(
    'inc.en.09',
    'EN 5.2.3.3',
    text(
      'A blank inside the target path gives docker cp three operands.',
      'Un espace dans le chemin cible donne trois opérandes à docker cp.',
    ),
    text('Copied with two operands, marked as corrected.', 'Copiée avec deux opérandes, marquée comme corrigée.'),
  ),
  slip(
    'inc.en.10',
    'EN 5.2.1.3 (MiVB SIP Trace)',
    text('root\\vmail is printed with a backslash.', 'root\\vmail est imprimé avec une barre oblique inverse.'),
    text(
      'Shown as printed; any path with /vmail/ is recognised.',
      'Montré tel qu’imprimé ; tout chemin contenant /vmail/ est reconnu.',
    ),
  ),
  slip(
    'inc.en.11',
    'EN 5.2.1.3 (MiVB SIP Trace)',
    text('The menu reads “View logs files”.', 'Le menu s’écrit « View logs files ».'),
    text('Shown as printed; the other spelling is named.', 'Montré tel qu’imprimé ; l’autre orthographe est indiquée.'),
  ),
  slip(
    'inc.en.12',
    'EN 6.4.1',
    text(
      'An unfinished note leaves the error conditions of pushes open.',
      'Une note inachevée laisse ouverts les cas d’erreur des push.',
    ),
    text(
      'Lines that are no success are shown as they are and judged by HTTP status only.',
      'Les lignes sans succès sont montrées telles quelles et jugées au seul statut HTTP.',
    ),
  ),
  slip(
    'inc.en.13',
    'EN 6.4.1',
    text(
      'The screenshots with the sentence of success are missing.',
      'Les captures avec la phrase de succès manquent.',
    ),
    text(
      'Pushes are matched by correlation id and HTTP status, not by a sentence.',
      'Les push sont rapprochés par identifiant de corrélation et statut HTTP, non par une phrase.',
    ),
  ),
  slip(
    'inc.en.14',
    'EN 6.4.1',
    text(
      'Two paths lead to the push log, spelled in two ways.',
      'Deux chemins mènent au journal des push, écrits de deux façons.',
    ),
    text('Both are shown.', 'Les deux sont montrés.'),
  ),
  slip(
    'inc.en.15',
    'EN 6.4.1, EN 6.4.2, EN 6.4.3',
    text(
      'Misspellings: SBS, Deamon, button call, shows then.',
      'Fautes de frappe : SBS, Deamon, button call, shows then.',
    ),
    text('Corrected in the wording.', 'Corrigées dans la formulation.'),
  ),
  slip(
    'inc.en.16',
    'EN 6.4.3',
    text('“XYZ integration guide” is a placeholder.', '« XYZ integration guide » est un texte provisoire.'),
    text('Marked: the reference is missing.', 'Marqué : la référence manque.'),
  ),
  slip(
    'inc.en.17',
    'EN 6.2.3, EN 6.3.5, EN 6.4.5a',
    text(
      'One address is cut, one leads to an internal host.',
      'Une adresse est coupée, une autre mène à un hôte interne.',
    ),
    text(
      'Titles are kept, the addresses are not offered as links.',
      'Les titres sont gardés, les adresses ne sont pas proposées comme liens.',
    ),
  ),
  slip(
    'inc.en.18',
    'EN 5.2.5.2',
    text(
      'The tab is called Comparison Report here, User Comparison Report elsewhere.',
      'L’onglet s’appelle ici Comparison Report, ailleurs User Comparison Report.',
    ),
    text('Both names are accepted.', 'Les deux noms sont acceptés.'),
  ),
  slip(
    'inc.en.19',
    'EN 6.4.5.2, FR 5.2.1',
    text(
      'The column is called issues, issue column and champ Issue.',
      'La colonne s’appelle issues, issue column et champ Issue.',
    ),
    text('The heading is accepted in any of these forms.', 'L’en-tête est accepté sous chacune de ces formes.'),
  ),
  slip(
    'inc.en.20',
    'EN 5.2.4',
    text(
      'OS SBC, SBC, OSSBC and OpenScape SBC name the same system.',
      'OS SBC, SBC, OSSBC et OpenScape SBC désignent le même système.',
    ),
    text('One system with one name.', 'Un système, un nom.'),
  ),
  slip(
    'inc.en.21',
    'EN 5.2.1',
    text(
      'The steps of the MBG stand under MiVB though it fronts MiVoice 5000 as well.',
      'Les étapes du MBG sont sous MiVB alors qu’il sert aussi le MiVoice 5000.',
    ),
    text('The MBG has a list of its own, offered with both.', 'Le MBG a sa propre liste, proposée avec les deux.'),
  ),
  slip(
    'inc.en.22',
    'EN',
    text(
      'No minimum versions and no section on MiVoice 5000.',
      'Pas de versions minimales ni de section sur le MiVoice 5000.',
    ),
    text(
      'Versions are taken from the French guide and say so.',
      'Les versions viennent du guide français, et c’est indiqué.',
    ),
  ),
  slip(
    'inc.fr.01',
    'FR 5.2.2',
    text(
      'Row 3 prints ZoomUserNotFound for a missing SIP phone.',
      'La ligne 3 imprime ZoomUserNotFound pour un téléphone SIP absent.',
    ),
    text(
      'The row is ZoomSipPhoneNotFound; the printed code keeps its own meaning.',
      'La ligne est ZoomSipPhoneNotFound ; le code imprimé garde son propre sens.',
    ),
  ),
  slip(
    'inc.fr.02',
    'FR 5.2.2',
    text('NoCIZoomPsiLicense is printed with a capital I.', 'NoCIZoomPsiLicense est imprimé avec un I majuscule.'),
    text('Accepted as another spelling of NoClZoomPsiLicense.', 'Accepté comme autre écriture de NoClZoomPsiLicense.'),
  ),
  slip(
    'inc.fr.03',
    'FR 1.3',
    text('SSO is defined by TWP and MiCollab.', 'SSO est défini par TWP et MiCollab.'),
    text('The glossary defines it without products.', 'Le glossaire le définit sans produit.'),
  ),
  slip(
    'inc.fr.04',
    'FR 4.1.4',
    text('It refers to a section 3.5.4 that does not exist.', 'Il renvoie à un paragraphe 3.5.4 qui n’existe pas.'),
    text('The step leads to 3.5.3.', 'L’étape mène au 3.5.3.'),
  ),
  slip(
    'inc.fr.05',
    'FR 4.1.2',
    text(
      'It says that CloudLink and the MBG use the same SSO.',
      'Il dit que CloudLink et le MBG utilisent le même SSO.',
    ),
    text(
      'Shown as “same SSO”, with the remark that CloudLink and Zoom are probably meant.',
      'Montré comme « même SSO », avec la remarque qu’il s’agit probablement de CloudLink et Zoom.',
    ),
  ),
  slip(
    'inc.fr.06',
    'FR 5.1, EN 6.4.5.1',
    text(
      'OAuth: the French guide asks for a resynchronisation, the English one for re-authorization.',
      'OAuth : le guide français demande une resynchronisation, l’anglais une nouvelle autorisation.',
    ),
    text(
      'Re-authorization is advised; the difference is named.',
      'Une nouvelle autorisation est conseillée ; la différence est indiquée.',
    ),
  ),
  slip(
    'inc.fr.07',
    'FR 5.3, EN 6.4.5.3',
    text(
      'Events come “up to 24 h” late, or “only after 24 h”.',
      'Les événements arrivent « jusqu’à 24 h » après, ou « seulement après 24 h ».',
    ),
    text('Up to 24 h: nothing is concluded before.', 'Jusqu’à 24 h : rien n’est conclu avant.'),
  ),
  slip(
    'inc.fr.08',
    'FR 5.2.1, EN 6.4.5.2',
    text(
      '“If found” stands at the ids in one guide, at the numbers in the other.',
      '« Si trouvé » est aux identifiants dans un guide, aux numéros dans l’autre.',
    ),
    text('Any of the four columns may be empty.', 'Chacune des quatre colonnes peut être vide.'),
  ),
  slip(
    'inc.fr.09',
    'FR 2, FR 3.1.1, FR 3.2.2',
    text(
      'Where daemon and gateway run is told in three ways.',
      'L’endroit où tournent démon et gateway est dit de trois façons.',
    ),
    text(
      'Account and version of each component are asked for separately.',
      'Compte et version de chaque composant sont demandés séparément.',
    ),
  ),
  slip(
    'inc.fr.10',
    'FR 3.1.1',
    text('Mitel Border Gateway and MiVoice Border Gateway.', 'Mitel Border Gateway ou MiVoice Border Gateway.'),
    text('One system: MiVoice Border Gateway.', 'Un seul système : MiVoice Border Gateway.'),
  ),
  slip(
    'inc.fr.11',
    'FR 3.2.1',
    text(
      'Damaged words: “terminaux 6xxx en et OMM”, “l’options”.',
      'Mots abîmés : « terminaux 6xxx en et OMM », « l’options ».',
    ),
    text('Reworded.', 'Reformulé.'),
  ),
  slip(
    'inc.fr.12',
    'FR 3.1.2',
    text(
      'The sentence on the right to see the PSI tab is broken.',
      'La phrase sur le droit de voir l’onglet PSI est cassée.',
    ),
    text(
      'Split into what the administrator may do and what shows.',
      'Séparée en ce que l’administrateur peut faire et ce qui s’affiche.',
    ),
  ),
  slip(
    'inc.fr.13',
    'FR 5.3',
    text('The click on an event is missing before Copy.', 'Le clic sur un événement manque avant Copier.'),
    text('Taken from the English guide.', 'Repris du guide anglais.'),
  ),
  slip(
    'inc.fr.14',
    'FR 5.2',
    text('That the case of e-mails counts is not said.', 'Il n’est pas dit que la casse des e-mails compte.'),
    text('Kept from the English guide for both languages.', 'Gardé du guide anglais pour les deux langues.'),
  ),
  slip(
    'inc.fr.15',
    'FR 3.3',
    text('https://gomarketplace.zoom.us/ is printed.', 'https://gomarketplace.zoom.us/ est imprimé.'),
    text('Shown as printed; the usual address is named.', 'Montré tel qu’imprimé ; l’adresse habituelle est indiquée.'),
  ),
  slip(
    'inc.x.01',
    'FR 3.3',
    text(
      'The application is called Mitel PSI by the guide, Mitel Connector by Zoom.',
      'L’application s’appelle Mitel PSI dans le guide, Mitel Connector chez Zoom.',
    ),
    text('Both names are given.', 'Les deux noms sont donnés.'),
  ),
  slip(
    'inc.x.02',
    'FR 3.1.1',
    text(
      'Minimum of the Zoom client: 6.6.0 in the guide, 6.3.6 at Zoom for OpenScape.',
      'Minimum du client Zoom : 6.6.0 dans le guide, 6.3.6 chez Zoom pour OpenScape.',
    ),
    text(
      'The minimum follows the phone system, with its source.',
      'Le minimum suit le système téléphonique, avec sa source.',
    ),
  ),
  slip(
    'inc.x.03',
    'EN 6.4.5.2',
    text(
      'The guide adds “including case”; Mitel’s online page does not.',
      'Le guide ajoute « casse comprise » ; la page en ligne de Mitel non.',
    ),
    text('The case counts.', 'La casse compte.'),
  ),
  slip(
    'inc.x.04',
    'EN 6.4.5.3, FR 5.3',
    text(
      'Event History stands under Support > Zoom in the guides, under Support > Event History online.',
      'Event History est sous Support > Zoom dans les guides, sous Support > Event History en ligne.',
    ),
    text('Both paths are shown.', 'Les deux chemins sont montrés.'),
  ),
];

/** Documents that the guides name; titles as printed. */
export interface Document {
  readonly id: string;
  readonly title: string;
  readonly from: string;
  readonly state: 'address' | 'title' | 'cut' | 'placeholder';
}

const paper = (id: string, title: string, from: string, state: Document['state']): Document => ({
  id,
  title,
  from,
  state,
});

export const documents: readonly Document[] = [
  paper(
    'doc.01',
    'Zoom KB0079172, Configuring the Zoom-Mitel PSI integration',
    'EN 4.1, FR 1.4, FR 3.1.2, FR 4.1.4',
    'address',
  ),
  paper('doc.02', 'Zoom KB0060684', 'EN 4.1.2', 'address'),
  paper('doc.03', 'Zoom support, https://support.zoom.com/hc/en', 'EN 4.1, EN 4.2, EN 4.3, EN 4.4', 'address'),
  paper(
    'doc.04',
    'OpenScape 4000, Standard Diagnosis and Troubleshooting Procedure, Service Documentation',
    'EN 6.2.3',
    'cut',
  ),
  paper('doc.05', 'OpenScape Voice troubleshooting', 'EN 6.3.5', 'cut'),
  paper(
    'doc.06',
    'OpenScape SBC V11, OpenScape Branch, Troubleshooting Guide, Service Documentation, Issue 3',
    'EN 6.4.5a',
    'address',
  ),
  paper('doc.07', 'CloudLink Gateway: Introduction and Troubleshooting', 'EN 6.4.5.4', 'address'),
  paper('doc.08', 'CloudLink – Guide de Déploiement avec MiVoice 5000', 'FR 1.4, FR 3.4, FR 3.5.3', 'title'),
  paper('doc.09', 'Remote Worker via MBG – Manuel de Mise en Œuvre', 'FR 3.2.1', 'title'),
  paper('doc.10', 'MiVoice 5000 Solution – List of TCP and UDP Ports', 'FR 3.1.4', 'title'),
  paper(
    'doc.11',
    'Zoom Phone initial setup; Configuring automatic Zoom Phone activation; Creating a shared directory of external contacts',
    'FR 3.1.2, FR 4.1.4',
    'title',
  ),
  paper(
    'doc.12',
    'Prise en main de l’authentification SSO; SSO with Active Directory; Configuring the Microsoft Entra ID contact integration; Settings and Configuration for SSO',
    'FR 4.1.2',
    'title',
  ),
  paper('doc.13', 'XYZ integration guide', 'EN 6.4.3', 'placeholder'),
  paper('doc.14', 'https://download.mitel.io/', 'EN 5.2.5.3', 'address'),
];
export const documentStates: Readonly<Record<Document['state'], Text>> = {
  address: text('the address is printed', 'l’adresse est imprimée'),
  title: text('the title alone is printed', 'seul le titre est imprimé'),
  cut: text('the address is cut or internal', 'l’adresse est coupée ou interne'),
  placeholder: text('a placeholder: it does not exist', 'un texte provisoire : n’existe pas'),
};
