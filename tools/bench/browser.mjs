/** What the benchmarks share: the input files, a browser to measure in, and the memory that it takes. */
import { chromium } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { chromiumPath } from '../chromium.mjs';
import { writeLogs } from './logs.mjs';
import { writeMix } from './mix.mjs';

export const root = path.resolve(path.dirname(new URL(import.meta.url).pathname), '../..');
export const cache = path.join(root, '.cache/bench');
mkdirSync(cache, { recursive: true });

/** A tar.xz that holds 24 logs of 300 MB altogether, in one block; above that in many, which takes minutes less to make. */
export function logsArchive(scale = 1) {
  const size = Math.round(300e6 * scale);
  const file = path.join(cache, `logs-${size}.tar.xz`);
  if (!existsSync(file)) {
    const folder = path.join(cache, `logs-${process.pid}`);
    writeLogs(folder, size);
    execFileSync('sh', [
      '-c',
      `tar --sort=name -C "${folder}" -cf - . | xz ${scale > 1 ? '-3 -T0' : '-6 -T1'} > "${file}.part" && mv "${file}.part" "${file}"`,
    ]);
    rmSync(folder, { recursive: true });
  }
  return file;
}

/** A folder of 5 000 small logs. */
export function logsFolder(scale = 1) {
  const files = Math.round(5000 * scale);
  const folder = path.join(cache, `folder-${files}`);
  if (!existsSync(folder)) {
    writeLogs(`${folder}.part`, files * 4000, files);
    renameSync(`${folder}.part`, folder);
  }
  return folder;
}

/** A capture of a million packets, a fifth of them SIP. */
export function mixCapture(scale = 1) {
  const packets = Math.round(1_000_000 * scale);
  const file = path.join(cache, `mix-${packets}.pcap`);
  if (!existsSync(file)) writeMix(file, packets);
  return file;
}

/** Launched, not served: a served browser is sent every byte of a file through a socket before it opens it. */
export async function launch() {
  const before = children(process.pid);
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
    ],
  });
  const pid = children(process.pid).find((id) => !before.includes(id));
  return { browser, pid, close: () => browser.close() };
}

const children = (pid) =>
  readdirSync('/proc').filter(
    (entry) => /^\d+$/.test(entry) && read(`/proc/${entry}/status`, /^PPid:\s+(\d+)/m) === String(pid),
  );

/**
 * Megabytes of the process and all its descendants by their type; what several of them share counts once. Pages of
 * program files are left out: how much of them is counted here depends on how many other browsers run.
 */
export function megabytes(pid) {
  const children = new Map();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const parent = read(`/proc/${entry}/status`, /^PPid:\s+(\d+)/m);
    children.set(parent, [...(children.get(parent) ?? []), entry]);
  }
  const by = {};
  const count = (id) => {
    const [own, shared] = ['Anon', 'Shmem'].map((kind) =>
      read(`/proc/${id}/smaps_rollup`, new RegExp(`^Pss_${kind}:\\s+(\\d+)`, 'm')),
    );
    const kilobytes =
      own === undefined ? read(`/proc/${id}/status`, /^RssAnon:\s+(\d+)/m) : Number(own) + Number(shared);
    const type = read(`/proc/${id}/cmdline`, /--type=([a-z]+)/) ?? 'browser';
    by[type] = (by[type] ?? 0) + Number(kilobytes ?? 0) / 1024;
    for (const child of children.get(id) ?? []) count(child);
  };
  count(String(pid));
  return { all: Object.values(by).reduce((sum, one) => sum + one, 0), by };
}

function read(file, pattern) {
  try {
    return pattern.exec(readFileSync(file, 'utf8'))?.[1];
  } catch {
    // ended between the listing and the reading
    return undefined;
  }
}

/**
 * Samples the memory until `stop`, which gives the highest and the last value, above `empty`. A look walks the page tables
 * of the browser and holds them meanwhile, 80 ms at 500 MB: nothing is timed in a run that is watched.
 */
export function memoryWatch(pid, empty) {
  let peak = empty;
  const look = () => {
    const now = megabytes(pid);
    if (now.all > peak.all) peak = now;
    return now;
  };
  const timer = setInterval(look, 100);
  return {
    stop() {
      clearInterval(timer);
      const last = look();
      const by = Object.entries(peak.by)
        .map(([type, size]) => `${type} +${Math.round(size - (empty.by[type] ?? 0))}`)
        .join(', ');
      return { peak: Math.round(peak.all - empty.all), by, last: Math.round(last.all - empty.all) };
    },
  };
}
