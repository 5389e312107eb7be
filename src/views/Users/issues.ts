/** How the issue codes of a report read in the table and in the work list; why and what to do stand in their rules. */
import { rules } from '../../rules';
import type { Rule, Severity } from '../../rules/rule';
import { same, text, type Text } from '../../text/text';

export interface IssueWords {
  readonly name: Text;
  /** For chips. */
  readonly short: Text;
  readonly severity: Severity;
  readonly rule: Rule | undefined;
}

const known: ReadonlyMap<string, { readonly rule: string; readonly name: Text; readonly short: Text }> = new Map([
  [
    'NoClZoomPsiLicense',
    {
      rule: 'psi-license-missing',
      name: text('ZoomPSI licence missing', 'Licence ZoomPSI absente'),
      short: text('no ZoomPSI licence', 'sans licence ZoomPSI'),
    },
  ],
  [
    'CloudLinkUserNotFound',
    {
      rule: 'cloudlink-user-missing',
      name: text('Absent from CloudLink', 'Absent de CloudLink'),
      short: text('absent from CloudLink', 'absent de CloudLink'),
    },
  ],
  [
    'ZoomUserNotFound',
    {
      rule: 'zoom-user-missing',
      name: text('Absent from Zoom', 'Absent de Zoom'),
      short: text('absent from Zoom', 'absent de Zoom'),
    },
  ],
  [
    'ZoomSipPhoneNotFound',
    {
      rule: 'zoom-phone-missing',
      name: text('No Zoom SIP phone assigned', 'Aucun téléphone SIP Zoom'),
      short: text('no SIP phone', 'sans téléphone SIP'),
    },
  ],
  [
    'ZoomUserStatusInactive',
    {
      rule: 'zoom-user-inactive',
      name: text('Zoom user inactive', 'Utilisateur Zoom inactif'),
      short: text('inactive', 'inactif'),
    },
  ],
  [
    'ZoomUserStatusPending',
    {
      rule: 'zoom-activation-pending',
      name: text('Zoom activation not finished', 'Activation Zoom non terminée'),
      short: text('activation pending', 'activation en attente'),
    },
  ],
]);

const ruleOf = (id: string): Rule | undefined => rules.find(({ rule }) => rule.id === id)?.rule;

/** `code` is the canonical code, or the report's own where the guides have none. */
export function issueWords(code: string): IssueWords {
  const words = known.get(code);
  const rule = ruleOf(words?.rule ?? 'issue-code-unknown');
  return {
    name: words?.name ?? same(code),
    short: words?.short ?? same(code),
    severity: rule?.severity ?? 'warning',
    rule,
  };
}

export const licenseIssue = 'NoClZoomPsiLicense';
