/**
 * Unpacking in Chromium workers beside the native tool and the library alone, on the same logs in the same run,
 * interleaved, the best of N: one block, many blocks (with one more worker), gzip, zip.
 *   node tools/xz/bench-table.mjs [--small] [--runs N]
 * Memory is that of all browser processes above an empty page.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { cache, launch, logsArchive, megabytes, memoryWatch, root } from '../bench/browser.mjs';
import { ensureChromium } from '../chromium.mjs';
import { serve } from '../serve.mjs';
import { xzEngine } from './plugin.mjs';

const args = process.argv.slice(2);
const runs = args.includes('--runs') ? Number(args[args.indexOf('--runs') + 1]) : 5;
const logs = logsArchive(args.includes('--small') ? 0.1 : 1);
const base = logs.replace(/\.xz$/, '');

/** The same tar in another form, made once. */
function other(ending, command) {
  const file = `${base}${ending}`;
  if (!existsSync(file))
    execFileSync('sh', ['-c', `xz -dc "${logs}" | ${command} > "${file}.part" && mv "${file}.part" "${file}"`]);
  return file;
}
const rows = [
  { name: 'one block', file: logs, ours: 'order', native: ['xz -dc -T1'], alone: [] },
  {
    name: 'many blocks',
    file: other('.many.xz', 'xz -6 -T2 --block-size=24MiB'),
    ours: 'blocks',
    native: ['xz -dc -T1', 'xz -dc -T0'],
    alone: ['order'],
  },
  { name: 'gzip', file: other('.gz', 'gzip -6'), ours: 'intake', native: ['gzip -dc'], alone: ['stream', 'fflate'] },
  { name: 'zip', file: other('.zip', 'zip -q -6 - -'), ours: 'intake', native: ['unzip -p'], alone: ['fflate'] },
];

ensureChromium();
const dir = path.join(cache, 'xz-page');
await build({
  root: path.join(root, 'tools/xz/page'),
  base: './',
  logLevel: 'error',
  configFile: false,
  plugins: [xzEngine()],
  worker: { format: 'es', plugins: () => [xzEngine()] },
  build: { outDir: dir, emptyOutDir: true, target: 'chrome109', modulePreload: { polyfill: false } },
});
const server = await serve({ dir, port: 0 });
const best = (list) => Math.min(...list);
for (const { name, file, ours, native, alone } of rows) {
  const { browser, pid, close } = await launch();
  const page = await browser.newPage();
  await page.goto(server.url);
  await page.setInputFiles('#file', file);
  await page.waitForTimeout(300);
  const times = {};
  const note = (key, ms) => (times[key] ??= []).push(ms);
  let bytes = 0;
  let memory = Infinity;
  for (let run = 0; run < runs; run++) {
    const watch = memoryWatch(pid, megabytes(pid));
    const result = await page.evaluate((mode) => window.unpack(mode), ours);
    memory = Math.min(memory, watch.stop().peak);
    bytes = result.bytes;
    note('ours', result.ms);
    for (const mode of alone) note(mode, (await page.evaluate((own) => window.unpack(own), mode)).ms);
    for (const command of native) {
      const start = performance.now();
      spawnSync('sh', ['-c', `${command} "${file}" > /dev/null`]);
      note(command, performance.now() - start);
    }
  }
  await close();
  const speed = (ms) => Math.round(bytes / ms / 1000);
  const others = [...alone, ...native].map((key) => {
    const ms = best(times[key]);
    return `${key} ${speed(ms)} (${(ms / best(times.ours)).toFixed(2)} ×)`;
  });
  console.log(`${name.padEnd(12)} ${speed(best(times.ours))} MB/s, at most +${memory} MB; ${others.join(', ')}`);
}
await server.stop();
