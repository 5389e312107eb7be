import { describe, expect, it } from 'vitest';
import { caseForms, missingFields, renderCase } from '../../src/checklists/case-forms';

const phone = caseForms.find(({ id }) => id === 'zf.phone')!;

describe('case forms', () => {
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
    expect(missing.map(({ field }) => field.id)).toEqual([
      'accountNumber',
      'time',
      'dialedInto',
      'dialedOutFrom',
      'issue',
      'reproducible',
      'scope',
    ]);
  });

  it('ask for digits in the account number and for a zone in a time', () => {
    const faults = (time: string): string[] =>
      missingFields(phone, { accountNumber: '12 34', time }).flatMap(({ field: { id }, fault }) =>
        id === 'accountNumber' || id === 'time' ? [`${id} ${fault}`] : [],
      );
    expect(faults('2026-11-12 09:30')).toEqual(['accountNumber digits', 'time zone']);
    for (const zoned of [
      '09:30 Europe/Paris (UTC+1)',
      '09:30 CET',
      '09:30–10:15 UTC',
      '2026-11-12T09:30+01:00',
      '08:30Z',
    ]) {
      expect(faults(zoned), zoned).toEqual(['accountNumber digits']);
    }
  });

  it('ask for what another answer makes necessary', () => {
    const asked = (id: string, values: Record<string, string>): string[] =>
      missingFields(
        caseForms.find((form) => form.id === id)!,
        values,
      ).map(({ field }) => field.id);
    expect(asked('zf.cc', {})).toContain('dateTimeUser');
    expect(asked('zf.cc', { engagementId: '77' })).not.toContain('dateTimeUser');
    expect(asked('zf.sso', { samlOrScim: 'SAML' })).toContain('samlLogs');
    expect(asked('zf.sso', { samlOrScim: 'SCIM' })).not.toContain('samlLogs');
    expect(asked('zf.sso', { samlOrScim: 'SCIM' })).toContain('scimLogs');
  });
});
