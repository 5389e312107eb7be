/**
 * Session B: what an engineer gets from a customer with OpenScape Voice behind an SBC, all synthetic.
 *
 * Three daemon bundles (two OSV nodes and the SBC): node 1 writes UTC, node 2 writes Europe/Paris without a zone, the
 * SBC's clock runs 95 s ahead. Two captures of the same call from both sides of the border, one rotated into three
 * files, one pcapng. One report that French Excel saved.
 */
import { daemonLogIn } from './log';
import { pcap, pcapng, type DrawnPacket } from './pcap';
import { reportIn } from './report';
import { drawPackets } from './ladder';
import { tar } from './tar';
import { xz } from './xz';

export interface SessionFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

const pushes = [
  '1f0c1d52-3a0b-4a52-9d0e-0c5a4c7b1e01',
  '6f1c1d52-3a0b-4a52-9d0e-0c5a4c7b1e02',
  '9a7be3d0-11c5-4b6e-8a53-2f0d4e6c7b03',
];

/** Seconds after 08:00 UTC as a clock of a host that lives `hours` east and runs `ahead` seconds fast. */
const clock = (second: number, hours = 0, ahead = 0): string =>
  new Date(Date.UTC(2026, 10, 12, 8 + hours, 0, 0) + (second + ahead) * 1000).toISOString().slice(11, 23);

const pushLines = (hours: number, ahead: number, word: string): string[] =>
  pushes.map((id, n) => `${clock(60 + n * 120, hours, ahead)} INFO ${word} x-mitel-correlation-id=${id}`);

const bundle = (host: string, log: string, more: readonly { name: string; bytes: string }[] = []): Uint8Array =>
  xz(
    tar([
      { name: `cld-logs-${host}/var/log/cld/cld.log`, bytes: log },
      { name: `cld-logs-${host}/etc/hostname`, bytes: `${host}\n` },
      ...more.map(({ name, bytes }) => ({ name: `cld-logs-${host}/${name}`, bytes })),
    ]),
  );

const node1 = bundle(
  'osv-n1',
  daemonLogIn({}, `${clock(0)} INFO daemon started`, ...pushLines(0, 0, 'notified'), `${clock(900)} INFO idle`),
);
const node2 = bundle(
  'osv-n2',
  daemonLogIn(
    { zone: '' },
    `${clock(0, 1)} INFO daemon started`,
    ...pushLines(1, 0, 'mirrored'),
    `${clock(900, 1)} INFO idle`,
  ),
);
const sbc = bundle(
  'sbc',
  daemonLogIn(
    {},
    `${clock(0, 0, 95)} INFO daemon started`,
    ...pushLines(0, 95, 'sent'),
    ...[30, 200, 400].map((second) => `${clock(second, 0, 95)} ERROR token used before issued`),
    `${clock(900, 0, 95)} INFO idle`,
  ),
  [
    {
      name: 'timedatectl.txt',
      bytes: `               Local time: Thu 2026-11-12 08:16:35 UTC
           Universal time: Thu 2026-11-12 08:16:35 UTC
                 RTC time: Thu 2026-11-12 08:16:35
                Time zone: Etc/UTC (UTC, +0000)
System clock synchronized: no
              NTP service: inactive
          RTC in local TZ: no
`,
    },
  ],
);

/** A client registers with wrong credentials again and again, then a call goes through the border. */
const challenge = (nonce: string): string =>
  `WWW-Authenticate: Digest realm="aster.example", nonce="${nonce}", algorithm=MD5`;
const answer = (nonce: string): string =>
  `Authorization: Digest username="4104", realm="aster.example", nonce="${nonce}", uri="sip:aster.example", response="00"`;
const users = { '': ['4101', '4102'], r: ['4104', '4104'] } as const;
const clientSide: DrawnPacket[] = drawPackets({
  hosts: { zoom: '203.0.113.24', sbc: '198.51.100.10' },
  users,
  with: {
    ...Object.fromEntries([1, 2, 3, 4].map((n) => [`401-${n}r`, [challenge(`n${n}`)]])),
    ...Object.fromEntries([2, 3, 4].map((n) => [`REGISTER-${n}r`, [answer(`n${n - 1}`)]])),
  },
  drawn: `
          zoom            sbc
 100.000 |-REGISTER-1r->|
 100.020 |<----401-1r----|
 100.040 |-REGISTER-2r->|
 100.060 |<----401-2r----|
 101.040 |-REGISTER-3r->|
 101.060 |<----401-3r----|
 102.040 |-REGISTER-4r->|
 102.060 |<----401-4r----|
 200.000 |---INVITE-1--->|
 200.010 |<----100-1-----|
 200.900 |<----180-1-----|
 203.000 |<----200-1-----|
 203.010 |-----ACK-1---->|
 240.000 |-----BYE-2---->|
 240.020 |<----200-2-----|
 300.000 |              |`,
});
const pbxSide: DrawnPacket[] = drawPackets({
  hosts: { sbc: '192.0.2.10', osv: '192.0.2.20' },
  users,
  drawn: `
          sbc             osv
 200.004 |---INVITE-1--->|
 200.008 |<----100-1-----|
 200.890 |<----180-1-----|
 202.990 |<----200-1-----|
 203.014 |-----ACK-1---->|
 240.004 |-----BYE-2---->|
 240.016 |<----200-2-----|
 300.000 |              |`,
});

const third = Math.ceil(clientSide.length / 3);
const rotated = [0, 1, 2].map((n) => pcap(clientSide.slice(n * third, (n + 1) * third)));

/** Excel in French: semicolons, Windows-1252, long numbers in scientific notation. */
const excel = Uint8Array.from(
  [
    ...reportIn(
      { delimiter: ';' },
      'amelie@aster.example | Amélie Ballard | zmSipPhoneNumber=4101',
      'bastien@aster.example | Bastien Corre | ZoomSipPhoneNotFound',
      'chloe@aster.example | Chloé Denis | ZoomSipPhoneNotFound',
      'dylan@aster.example | Dylan Estrada | zmUserId=1,23457E+15 | zmSipPhoneNumber=4104',
    ),
  ].map((sign) => sign.charCodeAt(0) & 0xff),
);

export const sessionB = {
  node1: { path: 'osv-n1/cld-logs-osv-n1.tar.xz', bytes: node1 },
  node2: { path: 'osv-n2/cld-logs-osv-n2.tar.xz', bytes: node2 },
  sbc: { path: 'cld-logs-sbc.tar.xz', bytes: sbc },
  /** The same bundle again, under the name of a second download. */
  again: { path: 'cld-logs-sbc (1).tar.xz', bytes: sbc },
  client0: { path: 'client.pcap0', bytes: rotated[0]! },
  client1: { path: 'client.pcap1', bytes: rotated[1]! },
  client2: { path: 'client.pcap2', bytes: rotated[2]! },
  pbx: { path: 'osv-side.pcapng', bytes: pcapng(pbxSide) },
  report: { path: 'rapport.csv', bytes: excel },
} as const satisfies Record<string, SessionFile>;
