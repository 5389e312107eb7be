/**
 * The lab: each scene has an Ethernet of its own (a bridge in a network namespace) with a host (a namespace too) for every
 * address that it asks for, 10.77.N.x and fd77:N::x in scene N. Scenes run side by side and their captures do not mix.
 */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

// what waits for others must not hold up the scenes beside it
const execFileLater = promisify(execFile);
const run = (command, ...args) => execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
const ip = (text) => run('ip', ...text.split(' '));
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
export const ended = (child) =>
  child.exitCode === null && child.signalCode === null
    ? new Promise((resolve) => child.once('exit', resolve))
    : Promise.resolve(child.exitCode);

function addSpace(name) {
  dropSpace(name);
  ip(`netns add ${name}`);
  ip(`-n ${name} link set lo up`);
}
function dropSpace(name) {
  try {
    ip(`netns del ${name}`);
  } catch {
    // there was none
  }
}

/** One scene's part of the lab: `number` is its net. */
export function openScene(name, number, out) {
  const scratch = mkdtempSync(path.join(os.tmpdir(), `lab-${name}-`));
  const children = [];
  const wire = `psl${number}`;
  const hosts = [];
  /** Address → the host that has it. */
  const known = new Map();
  let count = 0;
  addSpace(wire);
  ip(`-n ${wire} link add br0 type bridge`);
  ip(`-n ${wire} link set br0 up`);

  function hostNamed(name) {
    const space = `${wire}-${name}`;
    if (hosts.includes(space)) return space;
    hosts.push(space);
    addSpace(space);
    ip(`-n ${wire} link add v${hosts.length} type veth peer name eth0 netns ${space}`);
    ip(`-n ${wire} link set v${hosts.length} master br0 up`);
    // segments as they are on a wire, not as a network card would cut them later
    ip(`-n ${space} link set eth0 gso_max_segs 1 up`);
    for (const family of ['-4', '-6']) ip(`-n ${space} ${family} route add default dev eth0`);
    return space;
  }
  /** The host of an address is made when the address is first named; `on` = the name of a host, for a second address. */
  function own(address, on = address.replace(/[.:]/g, '')) {
    if (known.has(address)) return address;
    const space = hostNamed(on);
    known.set(address, space);
    const isSix = address.includes(':');
    ip(
      `-n ${space} addr add ${address}/${isSix ? '128 nodad' : '32'} dev eth0`.replace(
        /(\/128) nodad (.*)/,
        '$1 $2 nodad',
      ),
    );
    return address;
  }
  const at = (host, on = host) => own(`10.77.${number}.${host}`, `${on}`);
  const at6 = (host, on = host) => own(`fd77:${number}::${host}`, `${on}`);
  /** `timed`: records of its log begin with the time at which they came, as `ts` and container engines do. */
  function spawned(space, command, args, { log = `${path.basename(command)}-${++count}.log`, timed } = {}) {
    const output = openSync(path.join(scratch, log), 'w');
    const child = spawn('ip', ['netns', 'exec', space, command, ...args], {
      stdio: ['ignore', output, timed ? 'pipe' : output],
      cwd: scratch,
    });
    child.stderr?.on('data', (data) => {
      writeSync(output, String(data).replace(timed, `${new Date().toISOString()} $&`));
    });
    children.push(child);
    return child;
  }
  const inside = (here, ...rest) => spawned(known.get(here), ...rest);
  /** Pulls the cable of a host for some milliseconds. */
  async function unplug(here, ms) {
    const port = `v${hosts.indexOf(known.get(here)) + 1}`;
    ip(`-n ${wire} link set ${port} down`);
    await pause(ms);
    ip(`-n ${wire} link set ${port} up`);
  }
  const file = (label, content) => {
    const target = path.join(scratch, label);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, content);
    return target;
  };

  /** A sipp process that plays `flow` once; resolves with its exit code, 0 = all went as written. */
  function sipp(flow, { here, peer, port = 5060, args = [], tag = '', seconds = 25, calls = 1 }) {
    const label = `sipp-${++count}`;
    // sipp takes a variable that is never read for a mistake
    const kept = flow.includes('assign_to=') ? '<Reference variables="whole,peer"/>\n' : '';
    const scenario = file(
      `${label}.xml`,
      `<?xml version="1.0" encoding="UTF-8"?>\n<scenario>\n${flow}\n${kept}</scenario>\n`,
    );
    const host = here.includes(':') ? `[${here}]` : here;
    const child = inside(
      here,
      'sipp',
      [
        ...(peer ? [peer] : []),
        ...[
          '-sf',
          scenario,
          '-i',
          host,
          '-p',
          String(port),
          '-m',
          String(calls),
          '-nostdin',
          '-timeout',
          String(seconds),
          '-timeout_error',
        ],
        ...[
          '-trace_err',
          '-error_file',
          path.join(scratch, `${label}.err`),
          '-cid_str',
          `${tag || `c${count}`}-%u-%p@%s`,
        ],
        ...['-mi', here, '-mp', String(16_000 + count * 200), ...args],
      ],
      { log: `${label}.log` },
    );
    return ended(child);
  }

  /** A baresip user agent; `order('dial', 'sip:…')` is what its user would type. */
  async function baresip({ here, port = 5060, account, modules = [], config = [], args = [] }) {
    const label = `baresip-${++count}`;
    const control = 14_000 + number * 20 + count;
    const folder = path.join(scratch, label);
    const voice = file('voice.wav', wav(20));
    const host = here.includes(':') ? `[${here}]` : here;
    file(`${label}/accounts`, `${account}\n`);
    file(`${label}/contacts`, '');
    file(
      `${label}/config`,
      [
        'poll_method epoll',
        `sip_listen ${host}:${port}`,
        'call_local_timeout 120',
        'call_max_calls 4',
        `audio_source aufile,${voice}`,
        'audio_player aubridge,nil',
        'audio_alert aubridge,nil',
        'ausrc_srate 8000',
        'auplay_srate 8000',
        'ausrc_channels 1',
        'auplay_channels 1',
        'rtp_tos 184',
        `rtp_ports ${20_000 + count * 100}-${20_050 + count * 100}`,
        'module_path /usr/lib/baresip/modules',
        ...['account', 'menu', 'contact', 'ctrl_tcp', 'gsm', 'g711', 'aufile', 'aubridge', ...modules].map((module) =>
          /^(account|menu|contact|ctrl_tcp|mwi|presence)$/.test(module)
            ? `module_app ${module}.so`
            : `module ${module}.so`,
        ),
        `ctrl_tcp_listen 127.0.0.1:${control}`,
        ...config,
        '',
      ].join('\n'),
    );
    const child = inside(here, 'baresip', ['-f', folder, ...(here.includes(':') ? ['-6'] : ['-4']), ...args], {
      log: `${label}.log`,
    });
    await pause(1500);
    const order = (command, params = '') =>
      execFileLater('ip', [
        ...['netns', 'exec', known.get(here), process.execPath, new URL('order.mjs', import.meta.url).pathname],
        ...['127.0.0.1', String(control), command, params],
      ]);
    return { order, stop: async () => (await order('quit'), ended(child)), log: path.join(scratch, `${label}.log`) };
  }

  /** A Kamailio of few processes at the host of `here`, with `lines` as its configuration. */
  async function kamailio(here, lines) {
    const label = `kamailio-${++count}`;
    const config = file(`${label}.cfg`, lines);
    const log = `${label}.log`;
    const child = inside(
      here,
      'kamailio',
      ['-f', config, '-DD', '-E', '-Y', scratch, '-m', '16', '-M', '4', '-P', path.join(scratch, `${label}.pid`)],
      { log, timed: /^ *\d+\(\d+\) [A-Z]+: /gm },
    );
    await pause(2500);
    return { stop: () => (child.kill('SIGTERM'), ended(child)), log: path.join(scratch, log) };
  }

  /** Puts a file beside the captures. */
  const keep = (from, label) => copyFileSync(from, path.join(out, label));

  /** Captures what passes until the function that it gives is called; the file is `target`, `parts` lie beside it. */
  async function capture(target, { filter = `net 10.77.${number}.0/24 or net fd77:${number}::/64`, parts = {} }) {
    const raw = path.join(scratch, 'capture.pcap');
    const child = spawned(wire, 'tcpdump', [
      ...['-i', 'br0', '--immediate-mode', '-U', '-s', '0', '-w', raw],
      ...filter.split(' '),
    ]);
    await pause(700);
    return async () => {
      await pause(600);
      child.kill('SIGINT');
      await ended(child);
      // written anew by the reader, so that no half record is left at the end
      run('tcpdump', '-r', raw, '-w', target);
      for (const [part, filter] of Object.entries(parts)) {
        run('tcpdump', '-r', target, '-w', path.join(path.dirname(target), `${part}.pcap`), ...filter.split(' '));
      }
    };
  }

  function close(isKept) {
    for (const child of children) if (child.exitCode === null) child.kill('SIGKILL');
    for (const space of [...hosts, wire]) dropSpace(space);
    if (!isKept) rmSync(scratch, { recursive: true, force: true });
  }
  return { name, number, scratch, at, at6, own, unplug, file, inside, sipp, baresip, kamailio, capture, keep, close };
}

/** Some seconds of a tone as PCM of 8 kHz. */
function wav(seconds) {
  const samples = Buffer.alloc(seconds * 16_000);
  for (let at = 0; at < samples.length; at += 2) samples.writeInt16LE(Math.round(8000 * Math.sin(at / 5)), at);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(16_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}
