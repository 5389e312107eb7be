/**
 * The decoder alone in Chromium workers beside `xz -dc`, interleaved, the best of N; content is discarded. With HELPERS
 * blocks are decoded by as many further workers and handed over in order, beside `xz -dc -T1` and `-T0`.
 * HELPERS may be `javascript`: one worker without WebAssembly.
 *   node tools/xz/bench-browser.mjs FILE [RUNS] [HELPERS]
 */
import { spawnSync } from 'node:child_process';
import { launch, megabytes, memoryWatch } from '../bench/browser.mjs';
import { serveBenchPage } from './bench-page.mjs';

const [file, runs = '5', helpers = '0'] = process.argv.slice(2);
const server = await serveBenchPage();
const { browser, pid, close } = await launch();
const page = await browser.newPage();
await page.goto(server.url);
await page.setInputFiles('#file', file);
await page.waitForTimeout(300);
const empty = megabytes(pid);
const ours = [];
const others = Number(helpers) || 0;
const mode = helpers === 'javascript' ? helpers : others > 0 ? 'blocks' : 'order';
const peers = { '-T1': [], ...(others > 0 ? { '-T0': [] } : {}) };
let content = 0;
for (let run = 0; run < Number(runs); run++) {
  const { ms, bytes } = await page.evaluate((args) => window.unpack(...args), [mode, others]);
  content = bytes;
  ours.push(ms);
  for (const [threads, times] of Object.entries(peers)) {
    const start = performance.now();
    spawnSync('sh', ['-c', `xz -dc ${threads} "${file}" > /dev/null`]);
    times.push(performance.now() - start);
  }
}
const watch = memoryWatch(pid, empty);
await page.evaluate((args) => window.unpack(...args), [mode, others]);
const { peak, by } = watch.stop();
await close();
await server.stop();
const speed = (ms) => Math.round(content / ms / 1000);
const best = (list) => Math.min(...list);
console.log(`${speed(best(ours))} MB/s, +${peak} MB (${by}; ${ours.map(speed).join(' ')})`);
for (const [threads, times] of Object.entries(peers)) {
  const ratio = (best(times) / best(ours)).toFixed(3);
  console.log(`xz -dc ${threads} ${speed(best(times))} MB/s, ratio ${ratio} (${times.map(speed).join(' ')})`);
}
