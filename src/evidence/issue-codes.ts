/** The issue codes of the User Comparison Report (EN 6.4.5.2, FR 5.2.2); their texts are in `facts/issues.ts`. */
export const issueCodes = [
  'NoClZoomPsiLicense',
  'CloudLinkUserNotFound',
  'ZoomUserNotFound',
  'ZoomSipPhoneNotFound',
  'ZoomUserStatusInactive',
  'ZoomUserStatusPending',
] as const;
export type IssueCode = (typeof issueCodes)[number];

const byName = new Map(issueCodes.map((code) => [code.toLowerCase(), code]));
// FR 5.2.2 prints a capital i for the l; other copies have a one
const noLicense = /^noc[l1i]zoompsilicen[sc]e$/;

/**
 * The canonical code, empty where the guides have none. FR 5.2.2 prints `ZoomUserNotFound` in the row of the missing
 * telephone; in a report it always means the user, so it is never mapped to another code.
 */
export function knownIssue(code: string): IssueCode | '' {
  const plain = code
    .trim()
    .toLowerCase()
    .replace(/[\s_-]/g, '');
  return byName.get(plain) ?? (noLicense.test(plain) ? 'NoClZoomPsiLicense' : '');
}
