import { describe, expect, it } from 'vitest';
import { caseForms, missingFields, renderCase, subjectFields } from '../../src/checklists/case-forms';

const phone = caseForms.find(({ id }) => id === 'zf.phone')!;

describe('case forms', () => {
  it('hold every field of the guide', () => {
    expect(Object.fromEntries(caseForms.map(({ id, fields }) => [id, fields.map((field) => field.id)]))).toEqual({
      psi: Array.from({ length: 9 }, (_, n) => `psi.data.0${n + 1}`),
      'zf.mtg': ['meetingId', 'dateTime', 'audioIssue', 'videoIssue', 'issue', 'affected'],
      'zf.phone': [
        'user',
        'date',
        'time',
        'dialedInto',
        'dialedOutFrom',
        'issue',
        'site',
        'reproducible',
        'scope',
        'byocNative',
      ],
      'zf.cc': ['userOrQueue', 'engagementId', 'dateTimeUser', 'issue'],
      'zf.sso': ['description', 'newOrChange', 'affectedCount', 'examples', 'samlOrScim', 'samlLogs', 'scimLogs'],
      'zf.int': ['description', 'appName', 'impactPercent', 'examples', 'errors', 'trackingId'],
    });
  });

  it('render to text with the subject line; what is empty stays visible', () => {
    const values = {
      accountNumber: '123456789',
      summary: 'Call Drops',
      user: 'Anna Martin',
      issue: 'Calls end\nafter 32 s',
    };
    const lines = renderCase(phone, values, 'en').split('\n');
    expect(lines[0]).toBe('Account 123456789 / Zoom Phone / Call Drops');
    expect(lines).toContain('Name of the user affected: Anna Martin');
    expect(lines).toContain('Number dialed into: …');
    expect(lines).toContain('  after 32 s');
    expect(lines.join()).not.toContain('Customer site');
    expect(renderCase(phone, values, 'fr')).toContain('Nom de l’utilisateur concerné\u00a0: Anna Martin');
  });

  it('know what is missing: an account number is digits, conditional fields are not asked', () => {
    const missing = missingFields(phone, { accountNumber: '12 34', summary: 'x', user: 'a', date: 'd', time: 't' });
    expect(missing.map(({ id }) => id)).toEqual([
      'accountNumber',
      'dialedInto',
      'dialedOutFrom',
      'issue',
      'reproducible',
      'scope',
    ]);
  });

  it('are in two languages', () => {
    for (const form of caseForms) {
      for (const { label, when, hint } of [...subjectFields, ...form.fields]) {
        for (const one of [label, when, hint]) if (one) expect(one.fr).not.toBe(one.en);
      }
      expect(form.title.fr).not.toBe(form.title.en);
    }
  });
});
