/**
 * Records the lab's captures from real SIP peers: sipp (clients and PBX) and Kamailio (border), all from Debian, on
 * addresses of a network namespace of their own; nothing leaves the machine. Needs root.
 *   apt-get install sip-tester kamailio tcpdump iproute2 && node tests/lab/record.mjs
 * Writes tests/lab/captures/*.pcap. Provenance: recorded by this script; numbers, names and addresses are made up
 * (RFC 5737 ranges).
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import './make-scenarios.mjs';

const here = path.dirname(new URL(import.meta.url).pathname);
const out = path.join(here, 'captures');
mkdirSync(out, { recursive: true });
const space = 'psiscope-lab';
const addresses = ['203.0.113.24', '203.0.113.25', '203.0.113.26', '198.51.100.10', '192.0.2.10', '192.0.2.20'];
const scratch = mkdtempSync(path.join(os.tmpdir(), 'lab-'));

const run = (command, ...args) => execFileSync(command, args, { stdio: 'ignore' });
const inside = (command, args) =>
  spawn('ip', ['netns', 'exec', space, command, ...args], { stdio: 'ignore', cwd: scratch });
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const ended = (child) =>
  child.exitCode === null ? new Promise((resolve) => child.once('exit', resolve)) : child.exitCode;

try {
  run('ip', 'netns', 'del', space);
} catch {
  // first run
}
run('ip', 'netns', 'add', space);
run('ip', '-n', space, 'link', 'set', 'lo', 'up');
for (const address of addresses) run('ip', '-n', space, 'addr', 'add', `${address}/32`, 'dev', 'lo');

let count = 0;
function sipp(
  scenario,
  address,
  port,
  { user = '0', service = '4142', password, peer = '198.51.100.10:5060', calls = 1 } = {},
) {
  const list = path.join(scratch, `users-${++count}.csv`);
  writeFileSync(list, `SEQUENTIAL\n${user};[authentication username=${user} password=${password ?? 'lab-secret'}];\n`);
  return inside('sipp', [
    peer,
    '-sf',
    path.join(here, 'sipp', `${scenario}.xml`),
    '-inf',
    list,
    '-i',
    address,
    '-p',
    String(port),
    '-s',
    service,
    '-m',
    String(calls),
    '-mp',
    String(20000 + count * 10),
    '-nostdin',
    '-timeout',
    '45',
    '-timeout_error',
    '-trace_err',
    '-cid_str',
    `%u-${count}-%p@%s`,
  ]);
}

const capture = inside('tcpdump', ['-i', 'lo', '-U', '-s', '0', '-w', path.join(scratch, 'border.pcap'), 'udp']);
const border = inside('kamailio', ['-f', path.join(here, 'border.cfg'), '-DD', '-E', '-Y', scratch]);
await wait(2500);

const results = {};
const step = async (name, child) => (results[name] = await ended(child));

await step('options', sipp('options', '192.0.2.20', 5060, { user: 'ping', service: 'ping', peer: '192.0.2.10:5060' }));
await step('4142 registers', sipp('register-ok', '203.0.113.24', 5062, { user: '4142' }));
await wait(400);
{
  const callee = sipp('callee-answers', '203.0.113.24', 5062);
  await wait(300);
  await step(
    '4150 calls 4142',
    sipp('caller-answered', '192.0.2.20', 5060, { user: '4150', service: '4142', peer: '192.0.2.10:5060' }),
  );
  results['4142 answers'] = await ended(callee);
}
await step('4169 refused', sipp('register-refused', '203.0.113.25', 5064, { user: '4169', password: 'wrong' }));
await step('4188 forbidden', sipp('register-forbidden', '203.0.113.26', 5068, { user: '4188' }));
await step(
  '4150 calls 4169',
  sipp('caller-unavailable', '192.0.2.20', 5060, { user: '4150', service: '4169', peer: '192.0.2.10:5060' }),
);
{
  const callee = sipp('callee-refuses-media', '192.0.2.20', 5060);
  await wait(300);
  await step(
    '4151 calls 4160 with SRTP',
    sipp('caller-srtp-refused', '203.0.113.24', 5066, { user: '4151', service: '4160' }),
  );
  results['4160 refuses'] = await ended(callee);
}
{
  const callee = sipp('callee-without-ack', '192.0.2.20', 5060);
  await wait(300);
  await step(
    '4163 calls 4160 without ACK',
    sipp('caller-without-ack', '203.0.113.26', 5070, { user: '4163', service: '4160' }),
  );
  results['4160 gives up'] = await ended(callee);
}
await step(
  'options again',
  sipp('options', '192.0.2.20', 5060, { user: 'ping', service: 'ping', peer: '192.0.2.10:5060' }),
);
await wait(33_000);
await step(
  'options, last',
  sipp('options', '192.0.2.20', 5060, { user: 'ping', service: 'ping', peer: '192.0.2.10:5060' }),
);
await wait(1000);
capture.kill('SIGINT');
border.kill('SIGTERM');
await Promise.all([ended(capture), wait(500)]);

const split = (name, filter) =>
  run('tcpdump', '-r', path.join(scratch, 'border.pcap'), '-w', path.join(out, name), ...filter.split(' '));
split('border.pcap', 'udp');
split('pbx-side.pcap', 'host 192.0.2.20');
split('client-side.pcap', 'net 203.0.113.0/24');
run('ip', 'netns', 'del', space);
for (const [name, code] of Object.entries(results)) console.log(String(code).padStart(4), name);
console.log(`scratch: ${scratch}`);
