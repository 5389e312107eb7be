/**
 * The decoder alone in a Chromium worker beside `xz -dc -T1`, interleaved, the best of N; content is discarded.
 *   node tools/xz/bench-browser.mjs FILE [RUNS]
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { build } from 'vite';
import { cache, launch, megabytes, memoryWatch, root } from '../bench/browser.mjs';
import { ensureChromium } from '../chromium.mjs';
import { serve } from '../serve.mjs';
import { xzEngine } from './plugin.mjs';

const [file, runs = '5'] = process.argv.slice(2);
ensureChromium();
const dir = path.join(cache, 'xz-page');
await build({
  root: path.join(root, 'tools/xz/page'),
  base: './',
  logLevel: 'error',
  configFile: false,
  worker: { format: 'es', plugins: () => [xzEngine()] },
  build: { outDir: dir, emptyOutDir: true, target: 'chrome109', modulePreload: { polyfill: false } },
});
const server = await serve({ dir, port: 0 });
const { browser, pid, close } = await launch();
const page = await browser.newPage();
await page.goto(server.url);
await page.setInputFiles('#file', file);
await page.waitForTimeout(300);
const watch = memoryWatch(pid, megabytes(pid));
const ours = [];
const native = [];
let content = 0;
for (let run = 0; run < Number(runs); run++) {
  const { ms, bytes } = await page.evaluate(() => window.unpack());
  content = bytes;
  ours.push(ms);
  const start = performance.now();
  spawnSync('sh', ['-c', `xz -dc -T1 "${file}" > /dev/null`]);
  native.push(performance.now() - start);
}
const { peak } = watch.stop();
await close();
await server.stop();
const speed = (ms) => Math.round(content / ms / 1000);
const [mine, peer] = [ours, native].map((list) => Math.min(...list));
console.log(
  `${speed(mine)} MB/s, xz -dc -T1 ${speed(peer)} MB/s, ratio ${(peer / mine).toFixed(3)}, +${peak} MB`,
  `(${ours.map(speed).join(' ')} | ${native.map(speed).join(' ')})`,
);
