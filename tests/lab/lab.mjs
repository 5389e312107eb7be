/**
 * The lab: a network namespace whose loopback has every address that a scene asks for, and the peers that talk in it.
 * Each scene has a net of its own (10.77.N.0/24, fd77:N::/64), so scenes run side by side and captures do not mix.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const space = 'psiscope-lab';
const run = (command, ...args) => execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
export const ended = (child) =>
  child.exitCode === null && child.signalCode === null
    ? new Promise((resolve) => child.once('exit', resolve))
    : Promise.resolve(child.exitCode);

export function openSpace() {
  closeSpace();
  run('ip', 'netns', 'add', space);
  // what leaves an Ethernet host is cut at 1500 bytes: so is what the lab sends
  run('ip', '-n', space, 'link', 'set', 'lo', 'mtu', '1500', 'up');
}

export function closeSpace() {
  try {
    run('ip', 'netns', 'del', space);
  } catch {
    // there was none
  }
}

/** One scene's part of the lab: `number` is its net. */
export function openScene(name, number) {
  const scratch = mkdtempSync(path.join(os.tmpdir(), `lab-${name}-`));
  const children = [];
  const known = new Set();
  let count = 0;

  function inside(command, args, { log = `${path.basename(command)}-${++count}.log`, cwd = scratch } = {}) {
    const file = openSync(path.join(scratch, log), 'w');
    const child = spawn('ip', ['netns', 'exec', space, command, ...args], { stdio: ['ignore', file, file], cwd });
    children.push(child);
    return child;
  }
  /** Any address that a scene names is there from then on. */
  function own(address) {
    if (known.has(address) || address.startsWith('127.')) return address;
    known.add(address);
    const isSix = address.includes(':');
    run('ip', '-n', space, 'addr', 'add', `${address}/${isSix ? 128 : 32}`, 'dev', 'lo', ...(isSix ? ['nodad'] : []));
    return address;
  }
  const at = (host) => own(`10.77.${number}.${host}`);
  const at6 = (host) => own(`fd77:${number}::${host}`);
  const file = (label, content) => {
    const target = path.join(scratch, label);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, content);
    return target;
  };

  /** A sipp process that plays `flow` once; resolves with its exit code, 0 = all went as written. */
  function sipp(flow, { here, peer, port = 5060, args = [], tag = '', seconds = 25 }) {
    const label = `sipp-${++count}`;
    const scenario = file(`${label}.xml`, `<?xml version="1.0" encoding="UTF-8"?>\n<scenario>\n${flow}\n</scenario>\n`);
    const host = here.includes(':') ? `[${here}]` : here;
    const child = inside(
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
          '1',
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
  async function baresip({ here, port = 5060, account, modules = [], config = [] }) {
    const label = `baresip-${++count}`;
    const control = 14_000 + number * 20 + count;
    const folder = path.join(scratch, label);
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
        'audio_source ausine,440',
        'audio_player aubridge,nil',
        'audio_alert aubridge,nil',
        'ausrc_srate 8000',
        'auplay_srate 8000',
        'ausrc_channels 1',
        'auplay_channels 1',
        'rtp_tos 184',
        `rtp_ports ${20_000 + count * 100}-${20_050 + count * 100}`,
        'module_path /usr/lib/baresip/modules',
        ...['account', 'menu', 'contact', 'ctrl_tcp', 'gsm', 'g711', 'ausine', 'aubridge', ...modules].map((module) =>
          /^(account|menu|contact|ctrl_tcp|mwi|presence)$/.test(module)
            ? `module_app ${module}.so`
            : `module ${module}.so`,
        ),
        `ctrl_tcp_listen ${own('127.0.0.1')}:${control}`,
        ...config,
        '',
      ].join('\n'),
    );
    const child = inside('baresip', ['-f', folder, ...(here.includes(':') ? ['-6'] : ['-4']), '-v'], {
      log: `${label}.log`,
    });
    await pause(1500);
    const order = (command, params = '') =>
      execFileSync('ip', [
        ...['netns', 'exec', space, process.execPath, new URL('order.mjs', import.meta.url).pathname],
        ...['127.0.0.1', String(control), command, params],
      ]);
    return { order, stop: async () => (order('quit'), ended(child)), log: path.join(scratch, `${label}.log`) };
  }

  /** A Kamailio of one process group with `lines` as its configuration. */
  async function kamailio(lines) {
    const label = `kamailio-${++count}`;
    const config = file(`${label}.cfg`, lines);
    const log = `${label}.log`;
    const child = inside(
      'kamailio',
      ['-f', config, '-DD', '-E', '-Y', scratch, '-m', '16', '-M', '4', '-P', path.join(scratch, `${label}.pid`)],
      { log },
    );
    await pause(2500);
    return { stop: () => (child.kill('SIGTERM'), ended(child)), log: path.join(scratch, log) };
  }

  /** Captures the scene's net until the function that it gives is called; the file is `target`, `parts` lie beside it. */
  async function capture(target, { filter = `net 10.77.${number}.0/24 or net fd77:${number}::/64`, parts = {} }) {
    const raw = path.join(scratch, 'capture.pcap');
    const child = inside('tcpdump', ['-i', 'lo', '--immediate-mode', '-U', '-s', '0', '-w', raw, ...filter.split(' ')]);
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

  function close(keep) {
    for (const child of children) if (child.exitCode === null) child.kill('SIGKILL');
    if (!keep) rmSync(scratch, { recursive: true, force: true });
  }
  return { name, number, scratch, at, at6, own, file, inside, sipp, baresip, kamailio, capture, close };
}
