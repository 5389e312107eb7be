import { describe, expect, it } from 'vitest';
import kind from '../../src/artifacts/ntp-status';
import { readAs } from '../build/reading';

const read = (...lines: readonly string[]) => readAs(kind, `${lines.join('\n')}\n`);
const facts = (...lines: readonly string[]): string[] =>
  read(...lines).facts.map(({ key, value }) => `${key}: ${value}`);

const peers = (...rows: readonly string[]): string[] => [
  '     remote           refid      st t when poll reach   delay   offset  jitter',
  '==============================================================================',
  ...rows,
];

describe('clock status', () => {
  it('is read from each command, of new and old versions', () => {
    expect(facts('System clock synchronized: yes')).toEqual(['ntp: synchronised by timedatectl']);
    expect(facts('     NTP enabled: yes', 'NTP synchronized: no')).toEqual(['ntp: unsynchronised by timedatectl']);
    expect(facts('System time     : 7.500000000 seconds fast of NTP time', 'Leap status     : Normal')).toEqual([
      'ntp: synchronised offset=7.5 by chronyc',
    ]);
    expect(
      facts('System time     : 0.000000001 seconds slow of NTP time', 'Leap status     : Not synchronised'),
    ).toEqual(['ntp: unsynchronised offset=-0.000000001 by chronyc']);
    expect(
      facts(
        ...peers(
          '+10.0.0.2   .GPS.  1 u  33  64  377  0.5  0.9  0.1',
          '*10.0.0.1   .GPS.  1 u  33  64  377  0.5  -250.0  0.1',
        ),
      ),
    ).toEqual(['ntp: synchronised offset=0.25 by ntpq']);
    expect(facts(...peers(' 10.0.0.1   .INIT.  16 u  -  64  0  0.0  0.0  0.0'))).toEqual([
      'ntp: unsynchronised by ntpq',
    ]);
    expect(facts('unsynchronised')).toEqual(['ntp: unsynchronised by ntpstat']);
  });

  it('says which line it stands on, and whose clock it is', () => {
    const found = read(
      '[root@sbc1 ~]# timedatectl',
      '  Universal time: Thu 2026-11-12 08:00:01 UTC',
      'System clock synchronized: no',
    );
    expect(found.facts).toMatchObject([{ offset: 73, length: 29 }]);
    expect(found.reading).toMatchObject({
      host: 'sbc1',
      clock: 'zoned',
      first: Date.UTC(2026, 10, 12, 8, 0, 1) * 1000,
    });
  });

  it('is not seen in a log that speaks of it', () => {
    const log = '2026-11-12 08:00:00 INFO System clock synchronized: yes\n';
    expect(kind.sniff(new TextEncoder().encode(log), 'unknown').certainty).toBe(0);
  });
});
