/** How the issue codes of a report read in the table and in the work list; what to do stands in their rules. */
import { issueOf } from '../../facts/issues';
import { rules } from '../../rules';
import type { Rule, Severity } from '../../rules/rule';
import { same, text, type Text } from '../../text/text';

export interface IssueWords {
  readonly name: Text;
  /** For chips. */
  readonly short: Text;
  /** Undefined where the guides have no such code. */
  readonly cause: Text | undefined;
  readonly severity: Severity;
  readonly rule: Rule | undefined;
}

const known: ReadonlyMap<string, { readonly rule: string; readonly short: Text }> = new Map([
  ['NoClZoomPsiLicense', { rule: 'psi-license-missing', short: text('no ZoomPSI licence', 'sans licence ZoomPSI') }],
  [
    'CloudLinkUserNotFound',
    { rule: 'cloudlink-user-missing', short: text('absent from CloudLink', 'absent de CloudLink') },
  ],
  ['ZoomUserNotFound', { rule: 'zoom-user-missing', short: text('absent from Zoom', 'absent de Zoom') }],
  ['ZoomSipPhoneNotFound', { rule: 'zoom-phone-missing', short: text('no SIP phone', 'sans téléphone SIP') }],
  ['ZoomUserStatusInactive', { rule: 'zoom-user-inactive', short: text('inactive', 'inactif') }],
  [
    'ZoomUserStatusPending',
    { rule: 'zoom-activation-pending', short: text('activation pending', 'activation en attente') },
  ],
]);

const ruleOf = (id: string): Rule | undefined => rules.find(({ rule }) => rule.id === id)?.rule;

const made = new Map<string, IssueWords>();

/** `code` is the canonical code, or the report's own where the guides have none. */
export function issueWords(code: string): IssueWords {
  let words = made.get(code);
  if (!words) made.set(code, (words = wordsOf(code)));
  return words;
}

function wordsOf(code: string): IssueWords {
  const words = known.get(code);
  const issue = issueOf(code);
  const rule = ruleOf(words?.rule ?? 'issue-code-unknown');
  return {
    name: issue?.title ?? same(code),
    short: words?.short ?? same(code),
    cause: issue?.cause,
    severity: rule?.severity ?? 'warning',
    rule,
  };
}

export const licenseIssue = 'NoClZoomPsiLicense';

/** The filter term of an issue, and the issue that a filter of one such term asks for. */
export const issueTerm = (code: string): string =>
  /[\s"]/.test(code) ? `issue:"${code.replaceAll('"', '')}"` : `issue:${code}`;
export function issueOfFilter(filter: string): string | undefined {
  const [, quoted, plain] = /^issue:(?:"([^"]*)"|(\S+))$/.exec(filter.trim()) ?? [];
  return quoted ?? plain;
}
