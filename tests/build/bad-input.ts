/** Files as people drop them and as attackers would: each faulty in one way, and one good capture. */
import { daemonLog } from './log';
import { drawPackets } from './ladder';
import { pcap } from './pcap';
import { reportIn } from './report';
import { sessionFile } from './session';
import { joined, tar, toBytes } from './tar';
import { xz } from './xz';

export const goodCapture = pcap(
  drawPackets({
    hosts: { zoom: '203.0.113.24', sbc: '198.51.100.10' },
    drawn: `
          zoom            sbc
   1.000 |---INVITE-1--->|
   1.010 |<----100-1-----|
   2.000 |<----488-1-----|
   2.010 |-----ACK-1---->|`,
  }),
);

const log = daemonLog(
  ...Array.from({ length: 2000 }, (_, n) => `08:${String(10 + (n % 50))}:00 INFO heartbeat sequence=${n}`),
);
const bundle = xz(
  tar([
    { name: 'site/cld.log', bytes: log },
    { name: 'site/last.log', bytes: log },
  ]),
  {
    blockSize: 65_536,
  },
);

/** A byte in the middle turned. */
function corrupted(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  copy[copy.length >> 1]! ^= 0xff;
  return copy;
}

/** A picture of one dot. */
const png = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='),
  (sign) => sign.charCodeAt(0),
);

/** What a spreadsheet saves as «Unicode text»: UTF-16 with a mark at its start, semicolons; two columns are missing. */
const csv = joined(
  new Uint8Array([0xff, 0xfe]),
  new Uint8Array(
    Uint16Array.from(
      reportIn(
        {
          delimiter: ';',
          columns: [
            'email',
            'name',
            'clUserId',
            'licenses',
            'zmUserId',
            'zmUserStatus',
            'zmSipPhoneId',
            'zmSipPhoneNumber',
            'issues',
          ],
        },
        'bob@aster.example | Bob | ZoomSipPhoneNotFound',
        'eve@aster.example | Ève',
      ),
      (sign) => sign.charCodeAt(0),
    ).buffer,
  ),
);

const session = sessionFile({ format: 'psiscope-session', version: 1 }, {});

export const badInput = {
  'cut.tar.xz': bundle.subarray(0, bundle.length * 0.6),
  'corrupt.tar.xz': corrupted(bundle),
  'empty.pcap': new Uint8Array(0),
  'picture.pcap': png,
  'long-line.log': toBytes(
    daemonLog('08:00:00 ERROR before', `08:00:01 INFO ${'x'.repeat(5_000_000)}`, '08:00:02 ERROR after'),
  ),
  'names.tar': tar([
    { name: '../../etc/passwd', bytes: 'root:x:0:0\n' },
    { name: 'nul\u0000byte.log', longName: 'nul\u0000byte.log', bytes: '2026-11-12 08:00:00 INFO nul\n' },
    { name: 'bidi-\u202egol.exe', bytes: '2026-11-12 08:00:00 INFO bidi\n' },
    { name: '__proto__', bytes: '2026-11-12 08:00:00 INFO proto\n' },
    { name: 'link', type: '2', target: '/etc/shadow' },
  ]),
  'utf16.csv': csv,
  'damaged.psiscope': session.subarray(0, session.length - 30),
  'newer.psiscope': sessionFile({ format: 'psiscope-session', version: 7, later: true }, {}),
  'good.pcap': goodCapture,
} as const satisfies Record<string, Uint8Array>;
