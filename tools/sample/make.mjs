/**
 * Writes the sample: one synthetic incident at the invented Aster Clinic, told by four files.
 *   node tools/sample/make.mjs        (needs tar and xz; the capture comes from tests/lab/captures)
 *
 * The story, 12 November 2026, Europe/Paris: NTP is closed, the border's clock runs 432 s ahead, CloudLink refuses the
 * daemon's tokens and mobiles are not woken. Beside it: Karim Laurent's client has a wrong SIP password and his Zoom
 * activation is pending; Hanna Ivarsson has no ZoomPSI licence and is forbidden to register; Farah Guenoun's client
 * offers SRTP only and is refused; Idris Jalloh's client never acknowledges an answered call. A dozen users have no SIP
 * phone. Numbers, names, addresses are made up (RFC 5737, example domains).
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(path.dirname(new URL(import.meta.url).pathname), '../..');
const out = path.join(root, 'samples/mivb');
const ahead = 432;
const day = (time) => Date.parse(`2026-11-12T${time}+01:00`);

let seed = 20261112;
const random = () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
};
const pick = (list) => list[Math.floor(random() * list.length)];
const hex = (length) => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
const uuid = () => `${hex(8)}-${hex(4)}-4${hex(3)}-9${hex(3)}-${hex(12)}`;

mkdirSync(out, { recursive: true });

// --- the capture: recorded from real peers, moved to the day of the story
const captureStart = day('09:46:50');
function moved(file) {
  const bytes = readFileSync(file);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const first = view.getUint32(24, true);
  for (let at = 24; at + 16 <= bytes.length; at += 16 + view.getUint32(at + 8, true)) {
    view.setUint32(at, view.getUint32(at, true) - first + captureStart / 1000, true);
  }
  return bytes;
}
writeFileSync(path.join(out, 'mbg-signalling.pcap'), moved(path.join(root, 'tests/lab/captures/border.pcap')));

// --- the daemon's bundle; its clock is ahead, and it writes its local time with zone
const stamp = (time) => {
  const shifted = time + ahead * 1000;
  return `${new Date(shifted + 3_600_000).toISOString().slice(0, -1)}+01:00`;
};
const correlation = { refused: '6f1c2b7e-40d3-4c1a-9e55-0b8f2a7713cd', again: 'b07d91ae-5c52-4b1f-8f04-2d6e0c9a7714' };
const records = [];
const log = (time, level, msg, fields = '') =>
  records.push([time, `time=${stamp(time)} level=${level} msg="${msg}"${fields && ` ${fields}`}`]);
for (let time = day('09:00:00'); time < day('10:55:00'); time += 1500 + random() * 3000) {
  const silent = time > day('09:56:00') && time < day('10:02:00');
  if (silent) continue;
  const kind = random();
  if (kind < 0.55) log(time, 'INFO', 'keepalive ok', `tunnel=zoom-psi rtt=${Math.round(30 + random() * 30)}ms`);
  else if (kind < 0.8) log(time, 'DEBUG', 'poll', `queue=push depth=${Math.floor(random() * 3)} corr=${uuid()}`);
  else if (kind < 0.9)
    log(time, 'INFO', 'inventory item', `name=${pick(['mbg', 'msl', 'cld', 'gateway'])} state=running`);
  else
    log(
      time,
      'INFO',
      'container healthy',
      `name=${pick(['csta-proxy', 'notifications', 'sync'])} uptime=${Math.round(time / 1e6)}s`,
    );
}
log(day('09:00:00.120'), 'INFO', 'cloudlink daemon started', 'version=1.24.3 account_number=123456789 host=aster-mbg1');
log(day('09:00:00.840'), 'INFO', 'proxy configured', 'https_proxy=http://proxy.aster.example:3128 no_proxy=localhost');
for (let time = day('09:31:07'); time < day('10:40:00'); time += 40_000 + random() * 90_000) {
  log(time, 'WARN', 'ntp: no peer in use', 'since=2026-11-11T21:06:40Z');
}
for (let time = day('09:40:12'); time < day('10:12:00'); time += 20_000 + random() * 60_000) {
  if (time > day('09:56:00') && time < day('10:02:00')) continue;
  log(
    time,
    'ERROR',
    'token used before issued',
    `skew=${ahead}s host=${pick(['authentication', 'admin', 'notifications'])}.api.mitel.io status=401`,
  );
  if (random() < 0.4)
    log(time + 1, 'ERROR', 'notification dropped: unauthorized', `queue=push depth=${Math.ceil(random() * 4)}`);
}
log(day('09:47:06.645'), 'ERROR', 'push refused', `status=401 user=4142 x-mitel-correlation-id=${correlation.refused}`);
log(day('09:48:02.815'), 'ERROR', 'push refused', `status=401 user=4169 x-mitel-correlation-id=${correlation.again}`);
for (const time of ['10:02:04', '10:02:19', '10:02:41', '10:03:10']) {
  log(
    day(time),
    'ERROR',
    'dial failed',
    'url=https://director.api.mitel.io:443/ err="dial tcp 203.0.113.200:443: i/o timeout"',
  );
}
log(day('10:03:30'), 'INFO', 'tunnel connected', 'tunnel=zoom-psi');
records.sort((a, b) => a[0] - b[0]);
const half = records.findIndex(([time]) => time > day('09:30:00'));
const lines = (list) => list.map(([, line]) => `${line}\n`).join('');

const scratch = mkdtempSync(path.join(os.tmpdir(), 'sample-'));
const bundle = 'cld-logs-aster-mbg1-20261112';
const write = (name, text) => {
  const file = path.join(scratch, bundle, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
};
write('var/log/cld/cld.log.1', lines(records.slice(0, half)));
write('var/log/cld/cld.log', lines(records.slice(half)));
write('etc/hostname', 'aster-mbg1\n');
write('etc/cld/proxy.env', 'HTTPS_PROXY=http://proxy.aster.example:3128\nNO_PROXY=localhost,127.0.0.1\n');
write(
  'status/timedatectl.txt',
  `               Local time: Thu 2026-11-12 10:46:42 CET
           Universal time: Thu 2026-11-12 09:46:42 UTC
                 RTC time: Thu 2026-11-12 09:46:42
                Time zone: Europe/Paris (CET, +0100)
System clock synchronized: no
              NTP service: active
          RTC in local TZ: no
`,
);
write(
  'inventory/inventory.json',
  `${JSON.stringify({ synthetic: true, host: 'aster-mbg1', product: 'MiVoice Border Gateway', version: '12.2.0.72', cld: { version: '1.24.3', accountNumber: '123456789' }, tunnels: [{ name: 'zoom-psi', state: 'connected' }] }, undefined, 2)}\n`,
);
write(
  'README-synthetic.txt',
  'Synthetic sample of psiscope. No customer, no real host; all names and numbers are made up.\n',
);
const archive = path.join(out, `${bundle}.tar.xz`);
rmSync(archive, { force: true });
execFileSync('sh', [
  '-c',
  `tar --sort=name --mtime=2026-11-12T09:55:00Z --owner=0 --group=0 --numeric-owner -C "${scratch}" -cf - ${bundle} | xz -9 -T1 > "${archive}"`,
]);

// --- the comparison report
const names =
  `Amélie Ballard;Bastien Corre;Camille Durand;Dylan Estrada;Elena Fischer;Farah Guenoun;Georges Huet;Hanna Ivarsson;Idris Jalloh;Jeanne Kerr;Karim Laurent;Lucie Meyer;Marek Novak;Nora Olsen;Oscar Perrin;Paula Quinn;Quentin Roy;Rosa Silva;Samir Tran;Tess Urban;Ugo Valette;Vera Weiss;Will Xu;Yara Zeller;Alice Bonnet;Bruno Carré;Chloé Denis;David Evrard;Emma Faure;Fabien Girard;Gaëlle Henry;Hugo Imbert;Inès Joly;Julien Klein;Karine Leroy;Louis Martin;Marion Noël;Nicolas Oudin;Olivia Petit;Paul Rivière;Romane Simon;Simon Thomas`.split(
    ';',
  );
const plain = (text) =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
const number = {
  'Camille Durand': 4142,
  'Farah Guenoun': 4151,
  'Idris Jalloh': 4163,
  'Karim Laurent': 4169,
  'Hanna Ivarsson': 4188,
  'Oscar Perrin': 4160,
};
const issue = {
  'Hanna Ivarsson': 'NoClZoomPsiLicense',
  'Marek Novak': 'NoClZoomPsiLicense',
  'Dylan Estrada': 'NoClZoomPsiLicense',
  'Karim Laurent': 'ZoomUserStatusPending',
  'Elena Fischer': 'ZoomUserStatusPending',
  'Ugo Valette': 'ZoomUserStatusInactive',
  'Paula Quinn': 'CloudLinkUserNotFound',
  'Quentin Roy': 'ZoomUserNotFound',
};
const noPhone = new Set(
  'Amélie Ballard;Bastien Corre;Georges Huet;Jeanne Kerr;Lucie Meyer;Rosa Silva;Samir Tran;Tess Urban;Vera Weiss;Will Xu;Yara Zeller;Alice Bonnet'.split(
    ';',
  ),
);
let next = 4200;
const header =
  'email,name,clUserId,licenses,zmUserId,zmUserStatus,zmSipPhoneId,zmSipPhoneNumber,zmSipPhoneMobileId,zmSipPhoneMobileNumber,issues';
const quote = (value) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
const rows = names.map((name) => {
  const code = issue[name] ?? (noPhone.has(name) ? 'ZoomSipPhoneNotFound' : '');
  const phone = String(number[name] ?? next++);
  const licensed = code !== 'NoClZoomPsiLicense';
  const zoom = licensed && code !== 'ZoomUserNotFound';
  const hasPhone = zoom && code !== 'ZoomSipPhoneNotFound';
  const email = `${plain(name).replace(' ', '.')}@aster.example`;
  return [
    email,
    name,
    code === 'CloudLinkUserNotFound' ? '' : uuid(),
    licensed ? '["ZoomPSI"]' : '[]',
    zoom ? hex(22) : '',
    zoom ? ({ ZoomUserStatusPending: 'pending', ZoomUserStatusInactive: 'inactive' }[code] ?? 'active') : '',
    hasPhone ? hex(22) : '',
    hasPhone ? phone : name === 'Hanna Ivarsson' ? phone : '',
    hasPhone && code !== 'ZoomUserStatusPending' ? hex(22) : '',
    hasPhone && code !== 'ZoomUserStatusPending' ? phone : '',
    code ? `["${code}"]` : '[]',
  ]
    .map(quote)
    .join(',');
});
// the same person, spelled with capitals on the CloudLink side
rows.push(
  [`Nora.Olsen@aster.example`, 'Nora Olsen', uuid(), '["ZoomPSI"]', '', '', '', '', '', '', '["ZoomUserNotFound"]']
    .map(quote)
    .join(','),
);
const nora = rows.findIndex((row) => row.startsWith('nora.olsen@'));
rows[nora] = rows[nora]
  .replace(/^([^,]+,[^,]+),[^,]+,"\[""ZoomPSI""\]"/, '$1,,"[""ZoomPSI""]"')
  .replace(/\[\]$/, '"[""CloudLinkUserNotFound""]"');
writeFileSync(path.join(out, 'user-comparison-report.csv'), `${[header, ...rows].join('\n')}\n`);

// --- the event history
const events = [
  ['08:58:11', 'UserUpdated', 'admin@aster.example', 'nora.olsen@aster.example', 'email: Nora.Olsen@aster.example'],
  ['09:12:40', 'LicenseRemoved', 'admin@aster.example', 'hanna.ivarsson@aster.example', 'license: ZoomPSI'],
  ['09:31:02', 'UserAdded', 'zoom-sync', 'karim.laurent@aster.example', 'status: pending'],
  [
    '09:47:07',
    'NotificationFailed',
    'notifications',
    'camille.durand@aster.example',
    `status: 401; x-mitel-correlation-id: ${correlation.refused}`,
  ],
  [
    '09:48:03',
    'NotificationFailed',
    'notifications',
    'karim.laurent@aster.example',
    `status: 401; x-mitel-correlation-id: ${correlation.again}`,
  ],
  ['10:20:15', 'SyncFinished', 'zoom-sync', 'account', 'users: 43; errors: 24'],
];
writeFileSync(
  path.join(out, 'event-history.csv'),
  `EVENT ID,EVENT DATE,EVENT NAME,ACTOR NAME,TARGET,EXTRA DETAILS\n${events
    .map(([time, name, actor, target, extra]) =>
      [uuid(), new Date(day(time)).toISOString(), name, actor, target, extra].map(quote).join(','),
    )
    .join('\n')}\n`,
);
console.log(execFileSync('ls', ['-l', out]).toString());
