/**
 * The ladder in Chromium as a person scrolls it: 1280 × 900, software raster, one call of 10 004 messages.
 *   npm run -s bench:ladder -- [--runs N] [--messages N] [--dist FOLDER] [--json] [--profile] [--paints]
 * wheel: real wheel events, 60 a second, down and up. jump: to a new place every 8th frame. empty: the same wheel over a
 * long page of nothing, in the same run, since a computer that has other work draws late whatever the page does. A frame
 * is the time between two animation frames. Beside them stands the main thread's own work a frame, by its processor
 * time. paint: from choosing a ladder of 1 000 messages in the list of calls to the frame that shows it: the very first
 * one of the session (`first`), others that were never asked for (`asked`, with the question to the analysis worker),
 * and one whose row was selected before it was opened, as a person does (`chosen`). Median and worst; `drawn` is the
 * part of `chosen` after its rows stand in the page. `--paints` measures these alone.
 */
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ensureChromium } from '../chromium.mjs';
import { serve } from '../serve.mjs';
import { builtApp, dist } from './app.mjs';
import { cache, launch } from './browser.mjs';
import { writeLadderCapture } from './ladder-capture.mjs';

const args = process.argv.slice(2);
const option = (name) => args.includes(`--${name}`);
const value = (name, fallback) => (option(name) ? args[args.indexOf(`--${name}`) + 1] : fallback);
const messages = Number(value('messages', 10_004));
const runs = Number(value('runs', 3));

const capture = (count, calls = 1) => {
  const file = path.join(cache, `ladder-${calls}x${count}.pcap`);
  if (!existsSync(file)) writeLadderCapture(file, count, calls);
  return file;
};
/** Ladders opened for the first time, and again. */
const paints = 6;

/** In the page: frame times and long tasks, and jumps that the page does by itself. */
function watchFrames() {
  const seen = { frames: [], tasks: [], on: false };
  let last = 0;
  let count = 0;
  const tick = (now) => {
    if (seen.on) {
      if (last > 0) seen.frames.push(now - last);
      last = now;
      if (seen.jump && ++count % 8 === 0) {
        const box = document.querySelector(seen.jump);
        box.scrollTop = (((count * 7919) % 1000) / 1000) * (box.scrollHeight - box.clientHeight);
      }
    }
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) if (seen.on) seen.tasks.push(duration);
  }).observe({ type: 'longtask' });
  globalThis.frames60 = {
    start(jump) {
      Object.assign(seen, { frames: [], tasks: [], on: true, jump });
      last = count = 0;
    },
    stop() {
      seen.on = false;
      return { frames: seen.frames, tasks: seen.tasks };
    },
  };
}

const at = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
async function measured(page, client, act, jump) {
  const metrics = async () =>
    Object.fromEntries((await client.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]));
  const before = await metrics();
  await page.evaluate((box) => globalThis.frames60.start(box), jump);
  await act();
  const { frames, tasks } = await page.evaluate(() => globalThis.frames60.stop());
  const after = await metrics();
  const sorted = [...frames].sort((a, b) => a - b);
  const part = (name) => ((after[name] - before[name]) * 1000) / frames.length;
  return {
    frames: frames.length,
    p50: at(sorted, 0.5),
    p95: at(sorted, 0.95),
    max: sorted.at(-1) ?? 0,
    over50: tasks.length,
    longest: Math.max(0, ...tasks),
    work: part('TaskDuration'),
    script: part('ScriptDuration'),
    style: part('RecalcStyleDuration'),
    layout: part('LayoutDuration'),
  };
}

async function wheel(page, seconds = 4) {
  await page.mouse.move(600, 560);
  const until = performance.now() + seconds * 1000;
  for (let n = 0; performance.now() < until; n++) {
    await page.mouse.wheel(0, n % 90 < 60 ? 120 : -240);
    await page.waitForTimeout(12);
  }
}

async function openCapture(page, url, file) {
  await page.goto(url);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open files', exact: true }).click();
  await (await chooser).setFiles(file);
  await page.getByRole('region', { name: 'Verdict' }).waitFor({ timeout: 120_000 });
  const stay = page.getByRole('button', { name: /^Only until/ });
  if (await stay.isVisible()) await stay.click();
}

/** Time from choosing to the frame after which the drawing stands, in the page's own clock. */
function firstPaint(page, call) {
  return page.evaluate(
    (row) =>
      new Promise((resolve) => {
        const start = performance.now();
        let rows = NaN;
        const watch = new MutationObserver(() => {
          if (!Number.isNaN(rows) || document.querySelectorAll('main [role=option]').length < 8) return;
          rows = performance.now();
          watch.disconnect();
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => resolve({ open: performance.now() - start, drawn: performance.now() - rows });
            port2.postMessage(0);
          });
        });
        watch.observe(document.body, { childList: true, subtree: true });
        location.hash = `#/ladder?call=${row}`;
      }),
    call,
  );
}

async function paintTimes(page) {
  const list = async () => {
    await page.evaluate(() => void (location.hash = '#/calls'));
    await page.getByRole('grid').waitFor();
    await page.waitForTimeout(500);
  };
  const result = { first: [], asked: [], chosen: [] };
  for (let call = 0; call < paints; call++) {
    await list();
    result[call === 0 ? 'first' : 'asked'].push(await firstPaint(page, call));
  }
  for (let call = 1; call < paints; call++) {
    await list();
    await page
      .getByRole('row')
      .nth(call + 1)
      .click();
    await page.waitForTimeout(200);
    result.chosen.push(await firstPaint(page, call));
  }
  const spread = (times, name) => {
    const sorted = times.map((paint) => paint[name]).sort((a, b) => a - b);
    return { median: at(sorted, 0.5), worst: sorted.at(-1) };
  };
  return {
    first: spread(result.first, 'open'),
    asked: spread(result.asked, 'open'),
    chosen: spread(result.chosen, 'open'),
    drawn: spread(result.chosen, 'drawn'),
  };
}

/** Frames of the long ladder under the wheel and under jumps, beside those of an empty page. */
async function scrollFrames(page, client, url) {
  const result = {};
  // the app's page takes no text as HTML
  await page.goto('about:blank');
  await page.setContent('<main style="height:300000px"></main>');
  await page.evaluate(watchFrames);
  result.empty = await measured(page, client, () => wheel(page, 3));
  await openCapture(page, url, capture(messages));
  await page.evaluate(() => void (location.hash = '#/ladder?call=0'));
  await page.getByRole('listbox').waitFor();
  await page.waitForTimeout(500);
  await page.evaluate(() => {
    document.querySelector('main [role=listbox]').parentElement.id = 'bench-scroll';
  });
  if (option('profile')) {
    await client.send('Profiler.enable');
    await client.send('Profiler.setSamplingInterval', { interval: 200 });
    await client.send('Profiler.start');
  }
  result.wheel = await measured(page, client, () => wheel(page));
  result.jump = await measured(page, client, () => page.waitForTimeout(4000), '#bench-scroll');
  if (option('profile')) {
    const { profile } = await client.send('Profiler.stop');
    writeFileSync(path.join(cache, 'ladder.cpuprofile'), JSON.stringify(profile));
  }
  return result;
}

ensureChromium();
const folder = value('dist', dist);
if (folder === dist) await builtApp();
const server = await serve({ dir: path.resolve(folder), port: 0 });
const report = [];
const say = (line) => option('json') || console.log(line);
const one = (ms) => ms.toFixed(1).padStart(6);
try {
  for (let run = 0; run < runs; run++) {
    const { browser, close } = await launch();
    try {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
      const page = await context.newPage();
      await page.addInitScript(watchFrames);
      const client = await context.newCDPSession(page);
      await client.send('Performance.enable', { timeDomain: 'threadTicks' });
      await openCapture(page, server.url, capture(1000, paints));
      const paint = await paintTimes(page);
      const frames = option('paints') ? {} : await scrollFrames(page, client, server.url);
      report.push({ ...frames, paint });
      say(`run ${run + 1}: ladder of 1 000 messages, ms from choosing to painted (median, worst)`);
      for (const [name, { median, worst }] of Object.entries(paint)) {
        say(`  ${name.padEnd(6)} ${one(median)} ${one(worst)}`);
      }
      for (const [name, result] of Object.entries(frames)) {
        const { p50, p95, max, over50, longest, work, script, style, layout } = result;
        say(
          `  ${name.padEnd(6)} ${String(result.frames).padStart(4)} frames  p50 ${one(p50)}  p95 ${one(p95)}  max ${one(max)} ms  tasks over 50 ms ${over50} (${one(longest)})  ` +
            `work a frame ${one(work)} ms (script ${one(script)}, style ${one(style)}, layout ${one(layout)})`,
        );
      }
    } finally {
      await close();
    }
  }
} finally {
  await server.stop();
}
if (option('json')) console.log(JSON.stringify(report, undefined, 2));
writeFileSync(path.join(cache, 'ladder.json'), JSON.stringify(report, undefined, 2));
