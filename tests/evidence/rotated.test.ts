import { expect, it } from 'vitest';
import { logOf, logsOf } from '../../src/evidence/rotated';

it.each([
  ['cld.log', 'cld.log'],
  ['cld.log.1', 'cld.log'],
  ['b.tar.xz!/var/log/cld/cld.log.2.gz!/cld.log.2', 'b.tar.xz!/var/log/cld/cld.log'],
  ['var/log/messages-20261112.gz', 'var/log/messages'],
  ['cld.log.2026-11-12', 'cld.log'],
  ['push.2026-11-12.log', 'push.log'],
  ['app.3.log', 'app.log'],
  ['syslog.old', 'syslog'],
  // captures
  ['mbg/sip.pcap', 'mbg/sip.pcap'],
  ['mbg/sip.pcap0', 'mbg/sip.pcap'],
  ['mbg/sip.pcap12.gz!/sip.pcap12', 'mbg/sip.pcap'],
  ['x_00001_20261112093000.pcap', 'x.pcap'],
  ['x_20261112093000_00012.pcapng', 'x.pcapng'],
  ['x.pcap.1', 'x.pcap'],
  // no rotation
  ['capture-2.pcap', 'capture-2.pcap'],
  ['report-2026.csv', 'report-2026.csv'],
  ['cld-logs-sbc1.tar.xz!/etc/hostname', 'cld-logs-sbc1.tar.xz!/etc/hostname'],
  ['20261112', '20261112'],
  ['var/log/1', 'var/log/1'],
])('%s is of %s', (path, log) => {
  expect(logOf(path)).toBe(log);
});

it('takes files for one log where there are at least two of it', () => {
  expect(logsOf(['a/cld.log', 'a/cld.log.1', 'b/cld.log.1', 'x.pcap'])).toEqual([
    'a/cld.log',
    'a/cld.log',
    'b/cld.log.1',
    'x.pcap',
  ]);
});
