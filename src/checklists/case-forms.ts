/**
 * The forms of a vendor's support case: the PSI data of the guide (EN 5.1) and Zoom's “Case Submission Minimum Data
 * Set” (EN 4.1.1), five products. A filled form renders to plain text with its subject line.
 */
import { same, say, text, type Locale, type Text } from '../text/text';

/** Evidence or facts from which a field is filled in. */
export type Prefill =
  | 'users'
  | 'incident'
  | 'incidentDate'
  | 'incidentTime'
  | 'calledNumber'
  | 'callingNumber'
  | 'errors'
  | 'findings'
  | 'stepsDone'
  | 'pieces'
  | 'accountNumber'
  | 'userCount'
  | 'trackingId';

export interface CaseField {
  readonly id: string;
  readonly label: Text;
  /** `conditional`: needed only where `when` says so. */
  readonly need: 'required' | 'conditional';
  readonly when?: Text;
  readonly prefill?: Prefill;
  readonly hint?: Text;
  /** What its value must hold: digits only, or a time zone. */
  readonly form?: 'digits' | 'zoned';
  /** A conditional field that is needed where another one reads so. */
  readonly neededIf?: { readonly field: string; readonly is: RegExp };
}

export interface CaseForm {
  readonly id: string;
  /** As printed: it stands in the subject line. */
  readonly product: string;
  readonly title: Text;
  readonly fields: readonly CaseField[];
  readonly notes: readonly Text[];
  readonly source: string;
}

const field = (id: string, label: Text, prefill?: Prefill, more: Partial<CaseField> = {}): CaseField => ({
  id,
  label,
  need: 'required',
  ...(prefill ? { prefill } : {}),
  ...more,
});

/** Fields of the subject line, common to all forms. */
export const subjectFields: readonly CaseField[] = [
  field('accountNumber', text('Customer account number', 'Numéro de compte client'), 'accountNumber', {
    hint: text('Digits only', 'Chiffres uniquement'),
    form: 'digits',
  }),
  field('summary', text('Issue in a few words', 'Problème en quelques mots')),
];

const issue = (id = 'issue'): CaseField => field(id, text('Issue', 'Problème'));

export const caseForms: readonly CaseForm[] = [
  {
    id: 'psi',
    product: 'Zoom PSI',
    title: text('Zoom PSI (to Mitel)', 'Zoom PSI (à Mitel)'),
    fields: [
      field('psi.data.01', text('Users affected', 'Utilisateurs touchés'), 'users'),
      field('psi.data.02', text('Date and time of the incident', 'Date et heure de l’incident'), 'incident', {
        hint: text('With the time zone', 'Avec le fuseau horaire'),
        form: 'zoned',
      }),
      field('psi.data.03', text('What exactly goes wrong', 'Ce qui ne va pas, précisément'), 'findings'),
      field('psi.data.04', text('Can it be reproduced?', 'Est-ce reproductible ?')),
      field('psi.data.05', text('Only once, or seen before?', 'Une seule fois, ou déjà vu ?')),
      field('psi.data.06', text('Errors shown', 'Erreurs affichées'), 'errors'),
      field('psi.data.07', text('Troubleshooting steps taken', 'Étapes de diagnostic déjà faites'), 'stepsDone'),
      field('psi.data.08', text('Results gathered', 'Résultats déjà obtenus'), 'pieces'),
      field(
        'psi.data.09',
        text('Packet capture and network diagram', 'Capture de paquets et schéma du réseau'),
        undefined,
        {
          need: 'conditional',
          when: text('if the network is suspected', 'si le réseau est suspecté'),
        },
      ),
    ],
    notes: [],
    source: 'EN 5.1',
  },
  {
    id: 'zf.mtg',
    product: 'Zoom Meetings',
    title: text('Zoom Meetings (Includes Rooms)', 'Zoom Meetings (salles Rooms comprises)'),
    fields: [
      field('meetingId', text('Meeting ID', 'ID de réunion')),
      field('dateTime', text('Date & time', 'Date et heure'), 'incident', {
        hint: text('With the time zone', 'Avec le fuseau horaire'),
        form: 'zoned',
      }),
      field('audioIssue', text('Audio issue reported', 'Problème audio signalé')),
      field('videoIssue', text('Video issue reported', 'Problème vidéo signalé')),
      issue(),
      field(
        'affected',
        text('Affected user, device or room (name)', 'Utilisateur, équipement ou salle concerné (nom)'),
        'users',
      ),
    ],
    notes: [text('This is not PSI: it goes to Zoom support.', 'Ce n’est pas PSI : à adresser au support Zoom.')],
    source: 'EN 4.1.1, EN 4.2',
  },
  {
    id: 'zf.phone',
    product: 'Zoom Phone',
    title: text('Zoom Phone Issues', 'Problèmes Zoom Phone'),
    fields: [
      field('user', text('Name of the user affected', 'Nom de l’utilisateur concerné'), 'users'),
      field('date', same('Date'), 'incidentDate'),
      field('time', text('Time', 'Heure'), 'incidentTime', {
        hint: text('With the time zone', 'Avec le fuseau horaire'),
        form: 'zoned',
      }),
      field('dialedInto', text('Number dialed into', 'Numéro appelé'), 'calledNumber'),
      field('dialedOutFrom', text('Number dialed out from', 'Numéro appelant'), 'callingNumber'),
      issue(),
      field('site', text('Customer site', 'Site client'), undefined, {
        need: 'conditional',
        when: text('if applicable', 'le cas échéant'),
      }),
      field('reproducible', text('Is it reproducible?', 'Est-ce reproductible ?')),
      field(
        'scope',
        text('Only internal or only external calls?', 'Appels internes seulement, ou externes seulement ?'),
      ),
      field(
        'byocNative',
        text('Are native numbers hit as well?', 'Les numéros natifs sont-ils aussi touchés ?'),
        undefined,
        {
          need: 'conditional',
          when: text('only with BYOC', 'seulement avec BYOC'),
        },
      ),
    ],
    notes: [],
    source: 'EN 4.1.1',
  },
  {
    id: 'zf.cc',
    product: 'Zoom Contact Center',
    title: text('Zoom Contact Center Issues', 'Problèmes Zoom Contact Center'),
    fields: [
      field('userOrQueue', text('User and/or queue affected', 'Utilisateur et/ou file concernés'), 'users'),
      field('engagementId', text('Engagement ID', 'ID d’engagement'), undefined, {
        need: 'conditional',
        when: text(
          'where there is none: date, time and user instead',
          's’il n’y en a pas : date, heure et utilisateur à la place',
        ),
      }),
      field('dateTimeUser', text('Date, time and user', 'Date, heure et utilisateur'), 'incident', {
        need: 'conditional',
        when: text('without an engagement ID', 'sans ID d’engagement'),
        form: 'zoned',
        neededIf: { field: 'engagementId', is: /^$/ },
      }),
      issue(),
    ],
    notes: [
      text(
        'Send a problem report at the moment of the issue, with the user’s e-mail or the engagement ID; it opens no ticket by itself.',
        'Envoyer un rapport de problème au moment des faits, avec l’e-mail de l’utilisateur ou l’ID d’engagement ; à lui seul il n’ouvre pas de ticket.',
      ),
    ],
    source: 'EN 4.1.1',
  },
  {
    id: 'zf.sso',
    product: 'SSO',
    title: same('SSO (SAML, SCIM)'),
    fields: [
      field(
        'description',
        text('Description with the steps to reproduce it', 'Description avec les étapes pour reproduire'),
        'findings',
      ),
      field(
        'newOrChange',
        text(
          'New configuration, or a change to an existing one?',
          'Nouvelle configuration, ou modification d’une existante ?',
        ),
      ),
      field('affectedCount', text('How many users are affected', 'Nombre d’utilisateurs touchés'), 'userCount'),
      field('examples', text('Example users', 'Exemples d’utilisateurs'), 'users'),
      field(
        'samlOrScim',
        text('SAML, or SCIM API / automated provisioning?', 'SAML, ou API SCIM / provisioning automatique ?'),
      ),
      field(
        'samlLogs',
        text(
          'Screenshots of the SAML Response logs of the example users',
          'Captures des SAML Response logs des utilisateurs d’exemple',
        ),
        undefined,
        {
          need: 'conditional',
          when: text('with SAML', 'avec SAML'),
          neededIf: { field: 'samlOrScim', is: /saml/i },
          hint: text(
            'These logs must be on, and live 7 days only',
            'Ces journaux doivent être actifs, et ne vivent que 7 jours',
          ),
        },
      ),
      field(
        'scimLogs',
        text(
          'Call logs of the integration in the Zoom Marketplace, else provisioning logs at the IdP',
          'Journaux d’appels de l’intégration dans la Zoom Marketplace, sinon journaux de provisioning chez l’IdP',
        ),
        undefined,
        {
          need: 'conditional',
          when: text('with SCIM', 'avec SCIM'),
          neededIf: { field: 'samlOrScim', is: /scim/i },
        },
      ),
    ],
    notes: [
      text(
        'With another IdP than Azure, Okta or ADFS: first to the vendor of the IdP.',
        'Avec un autre IdP qu’Azure, Okta ou ADFS : d’abord à l’éditeur de l’IdP.',
      ),
    ],
    source: 'EN 4.1.1',
  },
  {
    id: 'zf.int',
    product: 'Integrations',
    title: text('Integrations', 'Intégrations'),
    fields: [
      field(
        'description',
        text('Description with the steps to reproduce it', 'Description avec les étapes pour reproduire'),
        'findings',
      ),
      field('appName', text('Name of the Marketplace integration', 'Nom de l’intégration Marketplace')),
      field('impactPercent', text('Share of users affected', 'Part des utilisateurs touchés')),
      field('examples', text('Example users', 'Exemples d’utilisateurs'), 'users'),
      field('errors', text('Error messages or screenshots', 'Messages d’erreur ou captures d’écran'), 'errors'),
      field('trackingId', text('Tracking ID', 'Identifiant de suivi (tracking ID)'), 'trackingId', {
        need: 'conditional',
        when: text('if applicable', 'le cas échéant'),
      }),
    ],
    notes: [],
    source: 'EN 4.1.1',
  },
];

export type CaseValues = Readonly<Record<string, string>>;

export const subjectLine = (form: CaseForm, values: CaseValues): string =>
  `Account ${values['accountNumber']?.trim() || '…'} / ${form.product} / ${values['summary']?.trim() || values['issue']?.trim() || '…'}`;

/** UTC, GMT, CET, `Europe/Paris`, +01:00, Z behind a time. */
const zone = /\b(?:UTC|GMT|[A-Z]{2,4}T|[A-Z][a-z]+\/[A-Z][\w/+-]+)\b|[+−-]\d{1,2}(?::?\d\d)?\b|\d(?:Z|h UTC)\b/;

export type Fault = 'empty' | 'digits' | 'zone';

/** What is wrong with a field; undefined where it will do. */
export function faultOf({ id, form, need, neededIf }: CaseField, values: CaseValues): Fault | undefined {
  const own = values[id]?.trim() ?? '';
  const needed = need === 'required' || (neededIf?.is.test(values[neededIf.field]?.trim() ?? '') ?? false);
  if (own === '') return needed ? 'empty' : undefined;
  if (form === 'digits' && !/^\d+$/.test(own)) return 'digits';
  // a date that leads, 2026-11-12, is no offset
  if (form === 'zoned' && !zone.test(own.replace(/\d{4}-\d\d-\d\d/g, ''))) return 'zone';
  return undefined;
}

export interface Missing {
  readonly field: CaseField;
  readonly fault: Fault;
}

/** Fields that must be filled and are not, or whose value lacks what it must hold. */
export const missingFields = (form: CaseForm, values: CaseValues): readonly Missing[] =>
  [...subjectFields, ...form.fields].flatMap((field) => {
    const fault = faultOf(field, values);
    return fault === undefined ? [] : [{ field, fault }];
  });

/** Plain text to paste: subject, then a line for each field; empty fields stay visible, empty conditional ones do not. */
export function renderCase(form: CaseForm, values: CaseValues, locale: Locale): string {
  const lines = form.fields.flatMap(({ id, label, need }) => {
    const value = values[id]?.trim() ?? '';
    if (value === '' && need === 'conditional') return [];
    const name = say(label, locale);
    const colon = /[?]$/.test(name) ? ' ' : locale === 'fr' ? '\u00a0: ' : ': ';
    const shown = value.includes('\n') ? `\n${value.replace(/^/gm, '  ')}` : value || '…';
    return [`${name}${colon}${shown}`];
  });
  return `${subjectLine(form, values)}\n\n${lines.join('\n')}\n`;
}
