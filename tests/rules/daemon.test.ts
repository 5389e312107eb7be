import { describe, expect, it } from 'vitest';
import { evaluate, type Finding } from '../../src/rules/evaluate';
import type { GroundsSpec } from '../../src/rules/example';
import { rules } from '../../src/rules/index';
import { contextOf, grounds } from '../build/grounds';

const ours = rules.filter(({ layer }) => layer === 'daemon');

function findings(spec: GroundsSpec): Finding[] {
  const given = grounds(spec);
  return evaluate(ours, given, contextOf(given)).filter(({ outcome }) => outcome === 'found');
}
const of = (list: readonly Finding[], rule: string): Finding[] => list.filter((finding) => finding.rule === rule);

const incident = { from: '2026-11-12T09:00', to: '2026-11-12T09:30', zone: 'Europe/Paris' };
const refused = 'err="dial tcp 192.0.2.7:443: connect: connection refused" url=https://director.api.mitel.io/x';

describe('errors of the daemon', () => {
  const log = ['08:10:00 ERROR request 17 failed', '08:50:00 ERROR request 18 failed', '08:51:00 ERROR disk full'];

  it('are grouped by what stays when numbers are masked', () => {
    const list = of(findings({ log }), 'daemon-errors');
    expect(list.map(({ count, severity }) => [count, severity])).toEqual([
      [1, 'warning'],
      [2, 'warning'],
    ]);
  });

  it('rise to an error where a line of the group lies in the incident, and show it first', () => {
    // 08:10 UTC is 09:10 in Paris
    const list = of(findings({ log, facts: { incident } }), 'daemon-errors');
    expect(list.map(({ count, severity }) => [count, severity])).toEqual([
      [2, 'error'],
      [1, 'warning'],
    ]);
    expect(list[0]!.at[0]).toMatchObject({ line: 1 });
  });

  it('drop one severity and say so where the zone of the log is assumed', () => {
    const logs = { 'cld/cld.log': { zone: '', lines: ['09:10:00 ERROR request 17 failed'] } };
    expect(of(findings({ logs, facts: { incident } }), 'daemon-errors')).toMatchObject([
      { severity: 'warning', clockAssumed: true },
    ]);
  });

  it('beyond forty groups are one more finding', () => {
    const word = (n: number): string => 'abcdefghij'[Math.floor(n / 10)]! + 'abcdefghij'[n % 10]!;
    const many = Array.from({ length: 45 }, (_, n) => `08:10:00 ERROR fault ${word(n)}`);
    const list = of(findings({ log: many }), 'daemon-errors');
    expect(list).toHaveLength(41);
    expect(list.find(({ subject }) => subject === '+5')?.count).toBe(5);
  });

  it('carry no secret', () => {
    const list = findings({
      log: [
        '08:10:00 ERROR login as svc password=Zq9Secret refused',
        '08:10:01 WARN proxy http://svc:Zq9Secret@proxy:3128 slow',
      ],
    });
    expect(list).toHaveLength(2);
    expect(JSON.stringify(list)).not.toContain('Zq9Secret');
  });
});

describe('a cause in the log text', () => {
  it('folds the group of errors that it explains whole', () => {
    const list = findings({
      log: ['08:00:00 ERROR refresh failed err="token is expired"', '08:01:00 ERROR disk full'],
    });
    expect(list.map(({ rule, under }) => [rule, under])).toEqual([
      ['token-refused-by-clock', undefined],
      ['daemon-errors', 0],
      ['daemon-errors', undefined],
    ]);
  });

  it('leaves a group alone of which some lines have another cause', () => {
    const list = findings({
      log: ['08:00:00 ERROR refresh failed err="token is expired"', '08:01:00 ERROR refresh failed err="EOF"'],
    });
    expect(of(list, 'daemon-errors')[0]).not.toHaveProperty('under');
  });

  it('is likely only, as log text is no proof', () => {
    const log = [
      '08:00:00 ERROR x err="Proxy Authentication Required"',
      '08:00:01 ERROR y err="x509: certificate signed by unknown authority"',
    ];
    const list = findings({ log }).filter(({ rule }) => rule !== 'daemon-errors');
    expect(list.map(({ rule, severity, confidence }) => [rule, severity, confidence])).toEqual([
      ['proxy-wants-credentials', 'blocker', 'likely'],
      ['tls-intercepted', 'error', 'likely'],
    ]);
  });
});

describe('CloudLink unreachable', () => {
  const failing = ['08:00:00', '08:04:00', '08:09:00'].map((time) => `${time} ERROR get failed ${refused}`);
  const severity = (...more: string[]): (string | undefined)[] =>
    of(findings({ log: [...failing, ...more] }), 'cloudlink-unreachable').map((finding) => finding.severity);

  it('is a blocker while it lasts, a warning once a later line tells of a connection', () => {
    expect(severity()).toEqual(['blocker']);
    expect(severity('08:20:00 INFO connection established peer=director.api.mitel.io')).toEqual(['warning']);
    expect(
      severity('08:20:00 INFO tunnel not connected', '08:21:00 INFO disconnected from director.api.mitel.io'),
    ).toEqual(['blocker']);
  });

  it('names the host whatever its place in the line, and no look-alike', () => {
    const lines = (text: string): string[] =>
      ['08:00:00', '08:01:00', '08:02:00'].map((time) => `${time} ERROR ${text}`);
    const subjects = (text: string): string[] =>
      of(findings({ log: lines(text) }), 'cloudlink-unreachable').map(({ subject }) => subject);
    expect(subjects('Get https://admin.api.mitel.io/users: context deadline exceeded')).toEqual(['admin.api.mitel.io']);
    expect(subjects('i/o timeout for admin.api.mitel.io:443')).toEqual(['admin.api.mitel.io']);
    expect(subjects('i/o timeout for notmitel.io:443')).toEqual([]);
    expect(subjects('i/o timeout for mitel.io.example.net:443')).toEqual([]);
  });
});

describe('what the logs cover', () => {
  it('is judged host by host', () => {
    const line = (host: string, hour: string): string =>
      `Nov 12 ${hour}:00:00 ${host} cld[7]: time=2026-11-12T${hour}:00:00Z level=INFO msg=up`;
    const files = {
      'a/var/log/cld/cld.log': [line('sbc1', '07'), line('sbc1', '09')],
      'b/var/log/cld/cld.log': [line('osv1', '10'), line('osv1', '11')],
    };
    const list = of(findings({ files, facts: { incident } }), 'daemon-log-elsewhen');
    expect(list.map(({ subject }) => subject)).toEqual(['osv1']);
  });

  it('joins rotated files of one host', () => {
    const line = (hour: string): string =>
      `Nov 12 ${hour}:00 sbc1 cld[7]: time=2026-11-12T${hour}:00Z level=INFO msg=up`;
    const files = {
      'var/log/cld/cld.log.1': [line('07:00'), line('07:50')],
      'var/log/cld/cld.log': [line('08:10'), line('09:00')],
    };
    const at = (from: string) =>
      of(findings({ files, facts: { incident: { from, to: '', zone: 'UTC' } } }), 'daemon-log-elsewhen');
    expect(at('2026-11-12T08:00')).toEqual([]);
    expect(at('2026-11-12T10:00')).toMatchObject([{ subject: 'sbc1', count: 2 }]);
  });
});
