/** The one list of facts: how each is asked for, what it is called and where a person finds it. */
import { same, text, type Text } from '../text/text';
import type { Border, FactId, FactValues, HostRole, Pbx, Product, Trouble } from './facts';

/** What a form shows for a fact. */
export type FactForm =
  | { readonly type: 'choice'; readonly options: Readonly<Record<string, Text>> }
  | { readonly type: 'text'; readonly form?: RegExp; readonly example?: string }
  | { readonly type: 'list'; readonly of: 'email' | 'number' | 'range' | 'name'; readonly example: string }
  | { readonly type: 'parts'; readonly parts: Readonly<Record<string, FactPart>> }
  | { readonly type: 'flag' }
  | { readonly type: 'window' }
  | { readonly type: 'hosts'; readonly roles: Readonly<Record<HostRole, Text>> }
  /** One value a source, by path. */
  | { readonly type: 'zones' }
  | { readonly type: 'times' }
  | { readonly type: 'offsets' };

export interface FactPart {
  readonly label: Text;
  readonly where: Text;
  readonly form:
    | { readonly type: 'text'; readonly example?: string }
    | { readonly type: 'choice'; readonly options: Readonly<Record<string, Text>> };
}

export interface FactDefinition {
  readonly id: FactId;
  readonly label: Text;
  readonly where: Text;
  readonly form: FactForm;
}

const pbxOptions: Readonly<Record<Pbx, Text>> = {
  mivb: same('MiVB'),
  mv5000: same('MiVoice 5000'),
  os4k: same('OpenScape 4000'),
  osv: same('OpenScape Voice'),
};
const borderOptions: Readonly<Record<Border, Text>> = { mbg: same('MBG'), ossbc: same('OpenScape SBC') };
const troubleOptions: Readonly<Record<Trouble, Text>> = {
  call: text('Calls fail or sound bad', 'Appels en échec ou de mauvaise qualité'),
  registration: text('The phone does not register', 'Le téléphone ne s’enregistre pas'),
  push: text('The mobile does not ring', 'Le mobile ne sonne pas'),
  provisioning: text('Users are missing or incomplete', 'Utilisateurs absents ou incomplets'),
  noncall: text('Call log, do not disturb, forwarding', 'Journal d’appels, ne pas déranger, renvois'),
  connectivity: text('CloudLink is not reached', 'CloudLink n’est pas joint'),
};
const roleOptions: Readonly<Record<HostRole, Text>> = {
  'zoom-client': text('Zoom client', 'Client Zoom'),
  border: text('Border (MBG or SBC)', 'Bordure (MBG ou SBC)'),
  pbx: same('PBX'),
  cloudlink: text('CloudLink host', 'Hôte CloudLink'),
  proxy: text('Proxy', 'Proxy'),
  other: text('Other', 'Autre'),
};
const productOptions: Readonly<Record<Product, Text>> = {
  psi: text('Calls through the Mitel system (PSI)', 'Appels par le système Mitel (PSI)'),
  phone: same('Zoom Phone'),
  meetings: same('Zoom Meetings'),
  chat: same('Zoom Team Chat'),
  whiteboard: same('Zoom Whiteboard'),
  cc: same('Zoom Contact Center'),
  sso: same('SSO'),
  integrations: text('Another integration', 'Autre intégration'),
};
const yesNo: FactPart['form'] = { type: 'choice', options: { yes: text('yes', 'oui'), no: text('no', 'non') } };
const statuses = (...words: readonly string[]): FactPart['form'] => ({
  type: 'choice',
  options: Object.fromEntries(words.map((word) => [word, same(word)])),
});
const statusPage = text(
  'Mitel Administration, Support > Zoom, tab Status: press Refresh first',
  'Mitel Administration, Support > Zoom, onglet Status : appuyer d’abord sur Refresh',
);
const daemonPage = text(
  'Server manager of the host of the daemon: Configuration > CloudLink',
  'Server manager de l’hôte du démon : Configuration > CloudLink',
);

const gatewayPage = text(
  'Server manager of its host: Applications > CloudLink Gateway',
  'Server manager de son hôte : Applications > CloudLink Gateway',
);
const zoomPsiPage = text(
  'OpenScape 4000 Assistant, Configuration Management -> Zoom PSI',
  'OpenScape 4000 Assistant, Configuration Management -> Zoom PSI (gestion de la configuration)',
);
const integratedUsers = text(
  'Zoom portal, Gestion de compte > Intégration du système téléphonique, tab Utilisateurs intégrés',
  'Portail Zoom, Gestion de compte > Intégration du système téléphonique, onglet Utilisateurs intégrés',
);

const definitions: { readonly [Id in FactId]: Omit<FactDefinition, 'id'> } = {
  pbx: {
    label: text('Phone system', 'Système téléphonique'),
    where: text('The customer, or the integration’s page', 'Le client, ou la page de l’intégration'),
    form: { type: 'choice', options: pbxOptions },
  },
  border: {
    label: text('Border', 'Bordure'),
    where: text(
      'What Zoom clients register through from outside',
      'Ce par quoi les clients Zoom s’enregistrent de l’extérieur',
    ),
    form: { type: 'choice', options: borderOptions },
  },
  trouble: {
    label: text('Trouble', 'Problème'),
    where: text('What the user complains of', 'Ce dont l’utilisateur se plaint'),
    form: { type: 'choice', options: troubleOptions },
  },
  incident: {
    label: text('Incident', 'Incident'),
    where: text('When it happened, and in which time zone', 'Quand il a eu lieu, et dans quel fuseau horaire'),
    form: { type: 'window' },
  },
  users: {
    label: text('Users affected', 'Utilisateurs touchés'),
    where: text('E-mails as in the comparison report', 'E-mails comme dans le rapport de comparaison'),
    form: { type: 'list', of: 'email', example: 'alice@example.com' },
  },
  numbers: {
    label: text('Numbers affected', 'Numéros touchés'),
    where: text('Extensions or numbers, as dialled', 'Postes ou numéros, tels que composés'),
    form: { type: 'list', of: 'number', example: '4001' },
  },
  hosts: {
    label: text('Hosts', 'Hôtes'),
    where: text('Network diagram, or the lanes of a ladder', 'Schéma réseau, ou les colonnes d’un diagramme'),
    form: { type: 'hosts', roles: roleOptions },
  },
  zones: {
    label: text('Time zone of a source', 'Fuseau horaire d’une source'),
    where: text('On its host: timedatectl, or date +%Z', 'Sur son hôte : timedatectl, ou date +%Z'),
    form: { type: 'zones' },
  },
  clockOffsets: {
    label: text('Clock offset of a source', 'Décalage d’horloge d’une source'),
    where: text('Seconds to add to its times', 'Secondes à ajouter à ses heures'),
    form: { type: 'offsets' },
  },
  reportTimes: {
    label: text('Time of a comparison report', 'Heure d’un rapport de comparaison'),
    where: text(
      'When it was generated: a report does not say so itself',
      'Quand il a été généré : un rapport ne le dit pas lui-même',
    ),
    form: { type: 'times' },
  },
  lastChange: {
    label: text('Last change', 'Dernière modification'),
    where: text(
      'When users, licences or the integration were last changed, in the zone of the incident',
      'Quand utilisateurs, licences ou intégration ont été modifiés en dernier, dans le fuseau de l’incident',
    ),
    form: {
      type: 'text',
      form: /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?$/,
      example: '2026-11-12T08:30',
    },
  },
  versions: {
    label: text('Versions', 'Versions'),
    where: text('About pages of each system', 'Pages « à propos » de chaque système'),
    form: {
      type: 'parts',
      parts: {
        zoom: {
          label: same('Zoom Workplace'),
          where: text('Profile picture > About', 'Photo de profil > À propos'),
          form: { type: 'text', example: '6.6.0' },
        },
        mv5000: {
          label: same('MiVoice 5000'),
          where: text('Welcome page of the web administration', 'Page d’accueil de l’administration web'),
          form: { type: 'text', example: '8.3' },
        },
        mbg: {
          label: same('MBG'),
          where: text(
            'Server manager, Applications > MiVoice Border Gateway; never the number in SIP',
            'Server manager, Applications > MiVoice Border Gateway ; jamais le numéro vu en SIP',
          ),
          form: { type: 'text', example: '12.2.0.72' },
        },
        cld: { label: same('CloudLink Daemon'), where: daemonPage, form: { type: 'text', example: '1.14.2' } },
        gateway: {
          label: same('CloudLink Gateway'),
          where: gatewayPage,
          form: { type: 'text' },
        },
      },
    },
  },
  status: {
    label: text('Integration status', 'Statut de l’intégration'),
    where: statusPage,
    form: {
      type: 'parts',
      parts: {
        integration: {
          label: same('Integration status'),
          where: statusPage,
          form: statuses('Connected', 'Error', 'Pending'),
        },
        oauth: { label: same('OAuth status'), where: statusPage, form: statuses('Authorized', 'Failed') },
        sync: { label: same('Sync status'), where: statusPage, form: { type: 'text' } },
        lastSync: {
          label: same('Last successful sync'),
          where: statusPage,
          form: { type: 'text', example: '2026-11-12T08:00Z' },
        },
        error: {
          label: text('Error text', 'Texte de l’erreur'),
          where: text(
            'The latest text below OAuth status or Sync status',
            'Le dernier texte sous OAuth status ou Sync status',
          ),
          form: { type: 'text' },
        },
      },
    },
  },
  tunnels: {
    label: text('Tunnels', 'Tunnels'),
    where: text(
      'Server manager, Configuration > CloudLink: Tunnels',
      'Server manager, Configuration > CloudLink : Tunnels',
    ),
    form: { type: 'text' },
  },
  pushService: {
    label: text('Push service ticked on the SBC', 'Service push coché sur le SBC'),
    where: text(
      'OpenScape SBC, Administration > Features: Enable Push Notification Services',
      'OpenScape SBC, Administration > Features : Enable Push Notification Services',
    ),
    form: yesNo,
  },
  cstaProxy: {
    label: same('CloudLink_CSTAProxy'),
    where: text(
      'OpenScape 4000 Assistant, connectivity adapter: state of the application',
      'OpenScape 4000 Assistant, connectivity adapter : état de l’application',
    ),
    form: { type: 'text', example: 'ConnectedAndActive' },
  },
  cstaProfile: {
    label: text('Profile of CloudLink_CSTAProxy', 'Profil de CloudLink_CSTAProxy'),
    where: text(
      'OpenScape 4000 Assistant, Expert -> CSTA, column Profile',
      'OpenScape 4000 Assistant, Expert -> CSTA, colonne Profile',
    ),
    form: { type: 'text', example: 'CloudLink' },
  },
  zoomPsi: {
    label: text('Zoom PSI on OpenScape 4000', 'Zoom PSI sur OpenScape 4000'),
    where: zoomPsiPage,
    form: {
      type: 'parts',
      parts: {
        icon: {
          label: text('Zoom PSI icon', 'Icône Zoom PSI'),
          where: zoomPsiPage,
          form: { type: 'choice', options: { Green: same('Green'), other: text('another colour', 'autre couleur') } },
        },
        cloudlink: {
          label: same('CloudLink reachable'),
          where: zoomPsiPage,
          form: yesNo,
        },
      },
    },
  },
  sipCredentials: {
    label: text('SIP credentials pending', 'Identifiants SIP en attente'),
    where: integratedUsers,
    form: {
      type: 'parts',
      parts: {
        pending: {
          label: text('SIP credentials pending', 'Identifiants SIP en attente'),
          where: integratedUsers,
          form: {
            type: 'choice',
            options: {
              none: text('for nobody', 'pour personne'),
              some: text('for some users', 'pour des utilisateurs'),
            },
          },
        },
        users: {
          label: text('For whom', 'Pour qui'),
          where: text('E-mails, with commas between them', 'E-mails, séparés par des virgules'),
          form: { type: 'text', example: 'alice@example.com, bob@example.com' },
        },
      },
    },
  },
  usersToAdd: {
    label: text('Users to add to the integration', 'Utilisateurs à ajouter à l’intégration'),
    where: text('E-mails, at most 50 are taken at a time', 'E-mails, 50 au plus à la fois'),
    form: { type: 'list', of: 'email', example: 'alice@example.com' },
  },
  accounts: {
    label: text('CloudLink account of each component', 'Compte CloudLink de chaque composant'),
    where: daemonPage,
    form: {
      type: 'parts',
      parts: {
        cldNumber: {
          label: text('Account Number, daemon', 'Account Number du démon'),
          where: daemonPage,
          form: { type: 'text', example: '123456789' },
        },
        cldId: {
          label: text('Account ID, daemon', 'Account ID du démon'),
          where: daemonPage,
          form: { type: 'text' },
        },
        gatewayNumber: {
          label: text('Account Number, gateway', 'Account Number de la gateway'),
          where: gatewayPage,
          form: { type: 'text', example: '123456789' },
        },
        gatewayId: {
          label: text('Account ID, gateway', 'Account ID de la gateway'),
          where: gatewayPage,
          form: { type: 'text' },
        },
      },
    },
  },
  gateways: {
    label: text('CloudLink gateways of the account', 'Gateways CloudLink du compte'),
    where: text(
      'Mitel Administration, System Inventory > Applications',
      'Mitel Administration, System Inventory > Applications (inventaire)',
    ),
    form: { type: 'list', of: 'name', example: 'gateway-paris, gateway-lyon' },
  },
  mbgSystems: {
    label: text('MiVoice 5000 systems on this MBG', 'MiVoice 5000 sur ce MBG'),
    where: text('Those that use it for Remote Worker', 'Ceux qui l’utilisent pour le Remote Worker'),
    form: { type: 'list', of: 'name', example: 'mv5000-paris' },
  },
  certificate: {
    label: text('Change of the MBG certificate', 'Changement du certificat du MBG'),
    where: text('What is planned, and who it would hit', 'Ce qui est prévu, et qui cela toucherait'),
    form: {
      type: 'parts',
      parts: {
        change: {
          label: text('The certificate is to change', 'Le certificat va changer'),
          where: text('MBG, SIP Support: Certificate = Web Server', 'MBG, SIP Support : Certificate = Web Server'),
          form: yesNo,
        },
        remoteWorkers: {
          label: text('6xxx or OMM as Remote Worker', '6xxx ou OMM en Remote Worker'),
          where: text('Terminals that register through this MBG', 'Terminaux enregistrés à travers ce MBG'),
          form: yesNo,
        },
      },
    },
  },
  product: {
    label: text('What is concerned', 'Ce qui est concerné'),
    where: text('In which tab of Zoom the trouble shows', 'Dans quel onglet de Zoom le problème se voit'),
    form: { type: 'choice', options: productOptions },
  },
  ssoMethod: {
    label: text('SSO by', 'SSO par'),
    where: text('Only where SSO is concerned', 'Seulement si le SSO est concerné'),
    form: { type: 'choice', options: { saml: same('SAML'), scim: same('SCIM') } },
  },
  onboarding: {
    label: text('Host linked to a CloudLink account', 'Hôte rattaché à un compte CloudLink'),
    where: text(
      'Server manager, Configuration > CloudLink; OpenScape SBC: its CloudLink page exists and names an account',
      'Server manager, Configuration > CloudLink ; OpenScape SBC : sa page CloudLink existe et nomme un compte',
    ),
    form: { type: 'choice', options: { yes: text('yes', 'oui'), no: text('no', 'non') } },
  },
  rtpRanges: {
    label: text('Open RTP ports', 'Ports RTP ouverts'),
    where: text('Firewall rules in front of the border', 'Règles du pare-feu devant la bordure'),
    form: { type: 'list', of: 'range', example: '20000-31000' },
  },
  correlationHeaders: {
    label: text('Correlation headers', 'En-têtes de corrélation'),
    where: text(
      'SIP headers in which the legs of one call carry the same value',
      'En-têtes SIP dans lesquels les jambes d’un même appel portent la même valeur',
    ),
    form: { type: 'list', of: 'name', example: 'X-CID, P-Asserted-Service' },
  },
  adminEmail: {
    label: text('Dedicated Zoom admin', 'Administrateur Zoom dédié'),
    where: text('The account that authorized the Mitel app', 'Le compte qui a autorisé l’application Mitel'),
    form: { type: 'text', form: /^[^\s@]+@[^\s@]+$/, example: 'psi-admin@example.com' },
  },
  accountNumber: {
    label: same('Account Number'),
    where: daemonPage,
    form: { type: 'text', form: /^\d+$/, example: '123456789' },
  },
  accountId: { label: same('Account ID'), where: daemonPage, form: { type: 'text' } },
  listingComplete: {
    label: text('The listing of registered phones is complete', 'La liste des téléphones enregistrés est complète'),
    where: text('It was copied down to its end', 'Elle a été copiée jusqu’à sa fin'),
    form: { type: 'flag' },
  },
  ntp: {
    label: text('Clock of the host', 'Horloge de l’hôte'),
    where: text(
      'On the host: timedatectl, chronyc tracking or ntpq -p',
      'Sur l’hôte : timedatectl, chronyc tracking ou ntpq -p',
    ),
    form: { type: 'text', example: 'synchronised offset=0.002' },
  },
  proxy: {
    label: text('Proxy of the daemon', 'Proxy du démon'),
    where: text('HTTPS_PROXY in its proxy configuration', 'HTTPS_PROXY dans sa configuration de proxy'),
    form: { type: 'text', example: 'http://proxy.example:3128' },
  },
  hostname: {
    label: text('Host of the daemon', 'Hôte du démon'),
    where: text('hostname on that host', 'hostname sur cet hôte'),
    form: { type: 'text' },
  },
};

export const factList: readonly FactDefinition[] = (Object.keys(definitions) as FactId[]).map((id) => ({
  id,
  ...definitions[id],
}));
export const factIds: readonly FactId[] = factList.map(({ id }) => id);
export const factDefinition = (id: FactId): FactDefinition => ({ id, ...definitions[id] });

/** A fact's value as one line of text for lists and reports; options in words, not in codes. */
export function factText<Id extends FactId>(id: Id, value: FactValues[Id]): readonly Text[] {
  const { form } = factDefinition(id);
  if (form.type === 'choice') return [form.options[value as string] ?? same(String(value))];
  if (form.type === 'parts') {
    return Object.entries(value as Record<string, string>).map(([part, own]) => {
      const known = form.parts[part];
      const label = known?.label ?? same(part);
      const word = known?.form.type === 'choice' ? (known.form.options[own] ?? same(own)) : same(own);
      return { en: `${label.en} ${word.en}`, fr: `${label.fr} ${word.fr}` };
    });
  }
  if (Array.isArray(value)) {
    return (value as readonly unknown[]).map((entry) =>
      same(typeof entry === 'string' ? entry : (entry as { address: string }).address),
    );
  }
  if (typeof value === 'boolean') return [value ? text('yes', 'oui') : text('no', 'non')];
  if (typeof value === 'string') return [same(value)];
  if (id === 'incident') {
    const { from, to, zone } = value as FactValues['incident'];
    return [same(`${from} – ${to} ${zone}`)];
  }
  return Object.entries(value as Record<string, string | number>).map(([path, own]) => same(`${path} ${own}`));
}
