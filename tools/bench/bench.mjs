/**
 * Benchmarks in real Chromium workers, each beside a named peer on the same file in the same run, interleaved, best of 3.
 *   npm run -s bench -- [NAME...] [--json] [--small] [--growth] [--once]
 * Names: unpack (300 MB of logs → bytes, from xz of one block and of many, gzip, zip; native tools and libraries alone),
 * import (tar.xz of the same → log lines in tables with one more worker; `xz -dc`),
 * capture (three million packets → calls, streams, findings; `tshark -Y sip -T fields` runs once), users (report of
 * 200 000 people → findings; Papa Parse alone). `--small` takes a tenth of the input. `--growth` adds to the capture
 * sngrep, and what becomes of time and memory with the size of the file; `--once` runs it once instead of three times.
 * Memory is that of all browser processes above an empty page. Never part of the test command.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';
import { ensureChromium } from '../chromium.mjs';
import { serve } from '../serve.mjs';
import { unpackTable } from '../xz/bench-table.mjs';
import { xzEngine } from '../xz/plugin.mjs';
import { benchUsers } from './users.mjs';
import { cache, launch, logsArchive, megabytes, memoryWatch, root } from './browser.mjs';
import { benchCapture } from './capture.mjs';

const args = process.argv.slice(2);
const json = args.includes('--json');
const small = args.includes('--small');
const names = args.filter((arg) => !arg.startsWith('--'));
const scale = small ? 0.1 : 1;

const has = (command) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
const shell = (line) => {
  const start = performance.now();
  const { status } = spawnSync('sh', ['-c', line], { stdio: 'ignore' });
  if (status !== 0) throw new Error(`${line}: exit ${status}`);
  return performance.now() - start;
};

const benches = {
  import: {
    file: logsArchive,
    mode: 'intake',
    peer: ['xz', 'xz -dc', (file) => `xz -dc "${file}" > /dev/null`],
    unit: 'MB/s of content',
  },
};

ensureChromium();
await build({
  root: path.join(root, 'tools/bench'),
  base: './',
  logLevel: 'error',
  configFile: false,
  plugins: [svelte(), xzEngine()],
  worker: { format: 'es', plugins: () => [xzEngine()] },
  build: {
    outDir: path.join(cache, 'page'),
    emptyOutDir: true,
    target: 'chrome109',
    modulePreload: { polyfill: false },
  },
});
const server = await serve({ dir: path.join(cache, 'page'), port: 0 });

async function measure(bench, file, watched = false) {
  const { browser, pid, close } = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.setInputFiles('#file', file);
    await page.waitForTimeout(300);
    const memory = watched && memoryWatch(pid, megabytes(pid));
    const result = await page.evaluate((mode) => window.run(mode), bench.mode);
    return memory ? memory.stop().peak : result;
  } finally {
    await close();
  }
}

const table = [];
for (const [name, bench] of Object.entries(benches)) {
  if (names.length > 0 && !names.includes(name)) continue;
  const [command, title, line] = bench.peer;
  const file = bench.file(scale);
  const ours = [];
  const peers = [];
  for (let round = 0; round < 3; round++) {
    ours.push(await measure(bench, file));
    if (has(command)) peers.push(shell(line(file)));
  }
  const best = ours.reduce((a, b) => (b.ms < a.ms ? b : a));
  const size = best.bytes;
  const row = {
    name,
    unit: bench.unit,
    ours: Math.round(size / best.ms / 1000),
    ...(peers.length > 0
      ? { peer: Math.round(size / Math.min(...peers) / 1000), ratio: Number((Math.min(...peers) / best.ms).toFixed(2)) }
      : {}),
    peerName: title,
    rows: best.rows,
    memoryMegabytes: await measure(bench, file, true),
  };
  table.push(row);
  if (!json) {
    console.log(
      `${name.padEnd(10)} ${String(row.ours).padStart(6)} ${row.unit}, ${title} ${row.peer ?? 'absent'}, ratio ${row.ratio ?? '-'}, ${row.rows} rows, +${row.memoryMegabytes} MB`,
    );
  }
}
if (names.length === 0 || names.includes('unpack')) {
  table.push(...(await unpackTable({ scale, say: (line) => json || console.log(line) })));
}
if (names.length === 0 || names.includes('capture')) {
  const growth = args.includes('--growth') ? 'all' : args.find((arg) => arg.startsWith('--growth='))?.slice(9);
  table.push(await benchCapture(server.url, { scale, rounds: args.includes('--once') ? 1 : 3, json, growth }));
}
if (names.length === 0 || names.includes('users')) table.push(await benchUsers(server.url, scale, json));
await server.stop();
if (json) console.log(JSON.stringify(table, undefined, 2));
writeFileSync(path.join(cache, 'last.json'), JSON.stringify(table, undefined, 2));
