/**
 * Unpacking in Chromium workers beside the native tools and the libraries alone, on the same logs in the same run,
 * interleaved, the best of N: one block, many blocks (with one more worker), gzip, zip. Part of `npm run -s bench`; alone:
 *   node tools/xz/bench-table.mjs [--small] [--runs N]
 * Memory is that of all browser processes above an empty page, each in a browser of its own.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launch, logsArchive, megabytes, memoryWatch } from '../bench/browser.mjs';
import { serveBenchPage } from './bench-page.mjs';

const best = (list) => Math.min(...list);

/** The same tar in another form, made once. */
function other(logs, ending, command) {
  const file = `${logs.replace(/\.xz$/, '')}${ending}`;
  if (!existsSync(file))
    execFileSync('sh', ['-c', `xz -dc "${logs}" | ${command} > "${file}.part" && mv "${file}.part" "${file}"`]);
  return file;
}

const rowsOf = (logs) => [
  { name: 'one block', file: logs, ours: 'order', native: ['xz -dc -T1'], alone: ['xz-decompress'] },
  {
    name: 'many blocks',
    file: other(logs, '.many.xz', 'xz -6 -T2 --block-size=24MiB'),
    ours: 'blocks',
    native: ['xz -dc -T1', 'xz -dc -T0'],
    alone: ['order', 'xz-decompress'],
  },
  {
    name: 'gzip',
    file: other(logs, '.gz', 'gzip -6'),
    ours: 'intake',
    native: ['gzip -dc'],
    alone: ['DecompressionStream', 'fflate'],
  },
  {
    name: 'zip',
    file: other(logs, '.zip', 'zip -q -6 - -'),
    ours: 'intake',
    native: ['unzip -p'],
    alone: ['fflate', 'zip.js'],
  },
];

/** A browser for one way of unpacking one file, open as long as its runs last: the first run warms it up. */
async function open(url, file, mode) {
  const { browser, pid, close } = await launch();
  const page = await browser.newPage();
  await page.goto(url);
  await page.setInputFiles('#file', file);
  await page.waitForTimeout(300);
  const empty = megabytes(pid);
  return {
    close,
    run: () => page.evaluate((own) => window.unpack(own), mode),
    async memory() {
      const watch = memoryWatch(pid, empty);
      await page.evaluate((own) => window.unpack(own), mode);
      return watch.stop().peak;
    },
  };
}

/** A row for each form: ours, the libraries alone and the native tools in MB/s of content, with ratio and memory. */
export async function unpackTable({ scale = 1, runs = 3, say = () => undefined }) {
  const server = await serveBenchPage();
  const table = [];
  for (const { name, file, ours, native, alone } of rowsOf(logsArchive(scale))) {
    const times = {};
    const memory = {};
    let bytes = 0;
    const ways = new Map();
    for (const mode of [ours, ...alone]) ways.set(mode, await open(server.url, file, mode));
    for (let run = 0; run < runs; run++) {
      for (const [mode, way] of ways) {
        const result = await way.run();
        if (mode === ours) bytes = result.bytes;
        (times[mode] ??= []).push(result.ms);
      }
      for (const command of native) {
        const start = performance.now();
        if (spawnSync('sh', ['-c', `${command} "${file}" > /dev/null`]).status !== 0) continue;
        (times[command] ??= []).push(performance.now() - start);
      }
    }
    for (const [mode, way] of ways) {
      memory[mode] = await way.memory();
      await way.close();
    }
    const one = (key) => ({
      name: key,
      speed: Math.round(bytes / best(times[key]) / 1000),
      ratio: Number((best(times[key]) / best(times[ours])).toFixed(2)),
      ...(key in memory ? { memoryMegabytes: memory[key] } : {}),
    });
    const row = {
      name: `unpack, ${name}`,
      unit: 'MB/s of content',
      ours: one(ours),
      alone: alone.map(one),
      native: native.filter((command) => times[command]).map(one),
    };
    table.push(row);
    const peers = [...row.alone, ...row.native].map(
      (peer) =>
        `${peer.name} ${peer.speed} (${peer.ratio.toFixed(2)} ×${'memoryMegabytes' in peer ? `, +${peer.memoryMegabytes} MB` : ''})`,
    );
    say(`${row.name.padEnd(20)} ${row.ours.speed} MB/s, +${row.ours.memoryMegabytes} MB; ${peers.join(', ')}`);
  }
  await server.stop();
  return table;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const args = process.argv.slice(2);
  const runs = args.includes('--runs') ? Number(args[args.indexOf('--runs') + 1]) : 5;
  await unpackTable({ scale: args.includes('--small') ? 0.1 : 1, runs, say: (line) => console.log(line) });
}
