import { describe, expect, it } from 'vitest';
import { clockSettings, resolveFacts } from '../../src/facts/resolve';
import { factDefinition, factIds, factText } from '../../src/facts/list';
import { issueOf, issues } from '../../src/facts/issues';
import { clockState } from '../../src/facts/ntp';
import type { Declared } from '../../src/facts/facts';
import { grounds } from '../build/grounds';

const log = [
  '08:00:00 INFO starting cld version=1.14.2 hostname=sbc1 account_id=a-17',
  '08:00:01 INFO tunnel state tunnel=littlemole state=up',
  '08:00:02 INFO dependency loaded version=9.9 package=yaml',
  '09:00:01 WARN tunnel state tunnel=littlemole state=down',
];
const resolved = (declared: Declared = {}) => resolveFacts(grounds({ log }).evidence, declared);

describe('facts', () => {
  it('come from evidence, the last word of each', () => {
    const facts = resolved();
    expect(facts.versions).toEqual({ value: { cld: '1.14.2' }, origin: 'evidence', artifact: 0 });
    expect(facts.tunnels?.value).toBe('littlemole: down');
    expect(facts.hostname?.value).toBe('sbc1');
    expect(facts.accountId?.value).toBe('a-17');
    expect(facts.pbx).toBeUndefined();
  });

  it('are won by hand, and keep what evidence says against it', () => {
    const facts = resolved({ hostname: 'sbc2', versions: { cld: '1.15.0', zoom: '6.6.1' }, accountId: ' A-17 ' });
    expect(facts.hostname).toEqual({ value: 'sbc2', origin: 'declared', conflict: { value: 'sbc1', artifact: 0 } });
    expect(facts.versions).toEqual({
      value: { cld: '1.15.0', zoom: '6.6.1' },
      origin: 'declared',
      conflict: { value: { cld: '1.14.2' }, artifact: 0 },
    });
    expect(facts.accountId?.conflict).toBeUndefined();
  });

  it('take an emptied field for no answer', () => {
    expect(resolved({ hostname: ' ', versions: { cld: '' }, users: [] })).toEqual(resolved());
  });

  it('name a system only where the traffic shows it beyond doubt', () => {
    const ladder = (agent: string) =>
      resolveFacts(
        grounds({
          ladder: {
            drawn: '      zoom        edge\n0.000 |--INVITE-1-->|',
            with: { 'INVITE-1': [`User-Agent: ${agent}`] },
          },
        }).evidence,
        {},
      );
    expect(ladder('Mitel Border GW/4.11.0.163-01').border).toMatchObject({ value: 'mbg', origin: 'evidence' });
    expect(ladder('Mitel-3300-ICP 9.1').pbx).toBeUndefined();
  });

  it('give the clock zones that exist', () => {
    const facts = resolved({
      zones: { 'a.log': 'Europe/Paris', 'b.log': 'Mars/Base' },
      clockOffsets: { 'a.log': -95 },
      incident: { from: '2026-11-12T09:00', to: '', zone: 'Nowhere' },
    });
    expect(clockSettings(facts, 'Europe/London')).toEqual({
      zones: { 'a.log': 'Europe/Paris' },
      offsets: { 'a.log': -95 },
      computerZone: 'Europe/London',
    });
  });

  it('all have words and a form', () => {
    for (const id of factIds) {
      const { label, where, form } = factDefinition(id);
      expect(
        [label.en, label.fr, where.en, where.fr].every((words) => words.length > 2),
        id,
      ).toBe(true);
      expect(form.type).not.toBe('');
    }
    expect(factText('pbx', 'mv5000')).toEqual([{ en: 'MiVoice 5000', fr: 'MiVoice 5000' }]);
    expect(factText('versions', { cld: '1.2' })[0]?.en).toBe('CloudLink Daemon 1.2');
  });
});

describe('issues', () => {
  it('are found in any spelling that occurs', () => {
    for (const { code, aliases } of issues) {
      for (const spelling of [code, code.toUpperCase(), ...aliases]) expect(issueOf(spelling)?.code).toBe(code);
    }
    expect(issueOf('ZoomUserNotFound')?.code).toBe('ZoomUserNotFound');
    expect(issueOf('NoSuchThing')).toBeUndefined();
  });
});

describe('clock state', () => {
  it.each([
    ['synchronised offset=-0.000012 by chronyc', true, -0.000012],
    ['unsynchronised offset=7.5 by ntpq', false, 7.5],
    ['Not synchronised', false, NaN],
    ['yes, offset 12 ms', true, 0.012],
    ['', undefined, NaN],
  ])('%s', (value, synchronised, ahead) => expect(clockState(value)).toEqual({ synchronised, ahead }));
});
