/**
 * The issue codes of the User Comparison Report with their texts (EN 6.4.5.2, FR 5.2.2). Codes and spellings:
 * `evidence/issue-codes.ts`.
 */
import { issueCodes, knownIssue, type IssueCode } from '../evidence/issue-codes';
import { text, type Text } from '../text/text';

export interface Issue {
  readonly code: IssueCode;
  /** Other spellings that occur; case never counts. */
  readonly aliases: readonly string[];
  /** What is wrong, in a few words. */
  readonly title: Text;
  readonly cause: Text;
  readonly resolution: Text;
  /** The other checks of the row were not run: its empty columns and missing codes prove nothing. */
  readonly stopsChecks: boolean;
}

const all: Readonly<Record<IssueCode, Omit<Issue, 'code'>>> = {
  NoClZoomPsiLicense: {
    aliases: ['NoCIZoomPsiLicense', 'NoC1ZoomPsiLicense'],
    title: text('No ZoomPSI licence', 'Pas de licence ZoomPSI'),
    cause: text(
      'The user has no ZoomPSI licence in CloudLink. The report stops there: nothing else was checked for this user.',
      'L’utilisateur n’a pas de licence ZoomPSI dans CloudLink. Le rapport s’arrête là : rien d’autre n’a été contrôlé pour lui.',
    ),
    resolution: text(
      'Assign the ZoomPSI licence, then generate the report again.',
      'Attribuer la licence ZoomPSI, puis générer à nouveau le rapport.',
    ),
    stopsChecks: true,
  },
  CloudLinkUserNotFound: {
    aliases: [],
    title: text('Absent from CloudLink', 'Absent de CloudLink'),
    cause: text(
      'No CloudLink user has this e-mail, spelled exactly so, letter case included.',
      'Aucun utilisateur CloudLink n’a cet e-mail, écrit exactement ainsi, casse comprise.',
    ),
    resolution: text(
      'Provision the user in CloudLink, or correct the e-mail there.',
      'Provisionner l’utilisateur dans CloudLink, ou y corriger l’e-mail.',
    ),
    stopsChecks: false,
  },
  ZoomUserNotFound: {
    aliases: [],
    title: text('Absent from Zoom', 'Absent de Zoom'),
    cause: text(
      'No user of the Zoom tenant has this e-mail, spelled exactly so, letter case included.',
      'Aucun utilisateur du tenant Zoom n’a cet e-mail, écrit exactement ainsi, casse comprise.',
    ),
    resolution: text(
      'Add the user to the Zoom tenant, or correct the e-mail there.',
      'Ajouter l’utilisateur au tenant Zoom, ou y corriger l’e-mail.',
    ),
    stopsChecks: false,
  },
  ZoomSipPhoneNotFound: {
    aliases: [],
    title: text('No Zoom SIP phone', 'Pas de téléphone SIP Zoom'),
    cause: text(
      'The Zoom user exists, but no SIP phone is assigned to it: it was not added to the integration, or is still pending there.',
      'L’utilisateur Zoom existe, mais aucun téléphone SIP ne lui est attribué : il n’a pas été ajouté à l’intégration, ou y est encore en attente.',
    ),
    resolution: text(
      'Assign a SIP phone to the user in the Zoom Admin Portal.',
      'Attribuer un téléphone SIP à l’utilisateur dans le portail administrateur Zoom.',
    ),
    stopsChecks: false,
  },
  ZoomUserStatusInactive: {
    aliases: [],
    title: text('Zoom user inactive', 'Utilisateur Zoom inactif'),
    cause: text('The Zoom user was deactivated.', 'L’utilisateur Zoom a été désactivé.'),
    resolution: text(
      'Reactivate the user in the Zoom Admin Portal.',
      'Réactiver l’utilisateur dans le portail administrateur Zoom.',
    ),
    stopsChecks: false,
  },
  ZoomUserStatusPending: {
    aliases: [],
    title: text('Zoom activation not finished', 'Activation Zoom non terminée'),
    cause: text(
      'The user was invited to Zoom and has not finished the activation.',
      'L’utilisateur a été invité dans Zoom et n’a pas terminé l’activation.',
    ),
    resolution: text(
      'The user finishes the activation from the invitation mail; it may be in the spam folder.',
      'L’utilisateur termine l’activation depuis le mail d’invitation ; il peut être dans les spams.',
    ),
    stopsChecks: false,
  },
};

export const issues: readonly Issue[] = issueCodes.map((code) => ({ code, ...all[code] }));

/** The issue of a code in any spelling; undefined where the guides do not describe it. */
export function issueOf(code: string): Issue | undefined {
  const known = knownIssue(code);
  return known === '' ? undefined : { code: known, ...all[known] };
}
