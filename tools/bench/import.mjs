/**
 * The built app in Chromium, as a person meets it: how long from file to findings, how long the page is ever busy, how
 * much memory. A person types in a filter and scrolls a table all the while.
 *   npm run -s bench:import -- [sample] [start] [logs] [kept] [folder] [capture] [--small|--large] [--json] [--runs N] [--profile] [--trace]
 * sample: click to findings, 5 runs. logs: a tar.xz of 300 MB of logs, beside the open sample. start: the same from the
 * empty Start page, nobody at work. kept: as logs, stored in the browser, then opened again. folder: 5 000 small logs.
 * capture: a capture of a million packets. `--small` takes a tenth, `--large` 1 GB of logs. Memory is above an empty page.
 * `--profile` adds where the main thread spent its time. Tasks are those of the page's main thread by wall clock, as a person feels them;
 * on a computer that has other work as well they come out longer than they are: `--trace` tells processor time beside
 * them, and costs memory.
 */
import { statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ensureChromium } from '../chromium.mjs';
import { serve } from '../serve.mjs';
import { builtApp, dist } from './app.mjs';
import { cache, launch, logsArchive, logsFolder, megabytes, memoryWatch, mixCapture } from './browser.mjs';

const args = process.argv.slice(2);
const option = (name) => args.includes(`--${name}`);
const value = (name, fallback) => (option(name) ? Number(args[args.indexOf(`--${name}`) + 1]) : fallback);
const names = args.filter((arg) => /^[a-z]/.test(arg));
const scale = option('small') ? 0.1 : option('large') ? 10 / 3 : 1;
const runs = value('runs', 1);
const wanted = (name) => names.length === 0 || names.includes(name);

/** In the page: every task of the main thread above 50 ms, and the longest stretch without a turn for a timer. */
function watchTasks() {
  const seen = { tasks: [], frames: [], gap: 0 };
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    seen.gap = Math.max(seen.gap, now - last);
    last = now;
  }, 5);
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) seen.tasks.push({ at: startTime, ms: duration });
  }).observe({ type: 'longtask', buffered: true });
  if (PerformanceObserver.supportedEntryTypes.includes('long-animation-frame')) {
    new PerformanceObserver((list) => {
      for (const { startTime, duration, scripts } of list.getEntries()) {
        const by = [...scripts]
          .sort((a, b) => b.duration - a.duration)
          .slice(0, 2)
          .map(
            ({ duration: ms, invoker, sourceFunctionName, sourceURL, sourceCharPosition }) =>
              `${Math.round(ms)} ms ${invoker} ${sourceFunctionName || '?'} ${sourceURL.split('/').at(-1)}:${sourceCharPosition}`,
          );
        seen.frames.push({ at: startTime, until: startTime + duration, by });
      }
    }).observe({ type: 'long-animation-frame', buffered: true });
  }
  globalThis.watched = {
    reset() {
      Object.assign(seen, { tasks: [], frames: [], gap: 0 });
      last = performance.now();
      performance.mark('reset');
    },
    read: () => seen,
  };
}

/** Of the tasks since the last reset: the longest, and the five longest with who caused them. */
async function tasksOf(page) {
  const { tasks, frames, gap } = await page.evaluate(() => globalThis.watched.read());
  const longest = [...tasks]
    .sort((a, b) => b.ms - a.ms)
    .slice(0, 5)
    .map(({ at, ms }) => {
      const frame = frames.find(({ at: start, until }) => start <= at + 1 && at < until);
      return { ms: Math.round(ms), by: frame?.by ?? [] };
    });
  return { longest: longest[0]?.ms ?? 0, over50: tasks.length, gap: Math.round(gap), tasks: longest };
}

/** Processor time in ms of the longest tasks of the page's main thread, from Chromium's own trace. */
async function traced(browser, page, act) {
  if (!option('trace')) return [await act(), undefined];
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
  const result = await act();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const main = new Set(
    traceEvents
      .filter(({ name, args: about }) => name === 'thread_name' && about.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const times = traceEvents
    .filter(({ name, ph, pid, tid }) => ph === 'X' && /RunTask$/.test(name) && main.has(`${pid} ${tid}`))
    .map(({ tdur = 0 }) => tdur / 1000)
    .sort((a, b) => b - a);
  return [result, times.slice(0, 5).map(Math.round)];
}

async function profiled(page, name, act) {
  if (!option('profile')) return act();
  const client = await page.context().newCDPSession(page);
  await client.send('Profiler.enable');
  await client.send('Profiler.setSamplingInterval', { interval: 500 });
  await client.send('Profiler.start');
  const result = await act();
  const { profile } = await client.send('Profiler.stop');
  writeFileSync(path.join(cache, `${name}.cpuprofile`), JSON.stringify(profile));
  return result;
}

const verdict = (page) => page.getByRole('region', { name: 'Verdict' });
async function openSample(page) {
  const sample = page.getByRole('button', { name: /^MiVB/ }).last();
  await sample.waitFor();
  const start = performance.now();
  await sample.click();
  await verdict(page).waitFor();
  return performance.now() - start;
}
async function addFiles(page, file) {
  await page.getByRole('button', { name: 'Session', exact: true }).click();
  const chooser = page.waitForEvent('filechooser');
  const folder = statSync(file).isDirectory();
  await page.getByRole('menuitem', { name: folder ? 'Add a folder' : 'Add files' }).click();
  await (await chooser).setFiles(file);
}
const go = (page, view) => page.evaluate((hash) => void (location.hash = hash), `#/${view}`);

/** Types, deletes and scrolls in the open view until `until` settles; at least `least` rounds. */
async function useTable(page, until, least = 0) {
  let ended = false;
  const end = until.finally(() => (ended = true));
  const field = page.locator('main input:not([type=checkbox]):not([type=radio])').first();
  const grid = page.locator('main [role=grid]').first();
  let rounds = 0;
  while (!ended || rounds < least) {
    rounds++;
    await field.click();
    await field.pressSequentially('err', { delay: 40 });
    await grid.hover({ force: true }).catch(() => undefined);
    for (let n = 0; n < 6; n++) {
      await page.mouse.wheel(0, n < 4 ? 1400 : -900);
      await page.waitForTimeout(50);
    }
    await field.fill('');
    await page.waitForTimeout(250);
  }
  await end;
  return rounds;
}
const rowsShown = (page) => page.getByRole('grid').first().getAttribute('aria-rowcount').then(Number);

async function withPage(work) {
  const { browser, pid, close } = await launch();
  try {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'en-GB' });
    const page = await context.newPage();
    const faults = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await page.addInitScript(watchTasks);
    await page.goto('about:blank');
    await page.waitForTimeout(500);
    const empty = megabytes(pid);
    const result = await work(page, pid, empty, browser);
    if (faults.length > 0) throw new Error(`the page reports: ${faults.join('; ')}`);
    return result;
  } finally {
    await close();
  }
}

async function sampleRun() {
  return withPage(async (page) => {
    await page.goto(server.url);
    await page.waitForTimeout(500);
    await page.evaluate(() => globalThis.watched.reset());
    const ms = await openSample(page);
    return { seconds: ms / 1000, ...(await tasksOf(page)) };
  });
}

/** Waits for findings, or says what the page says instead; gives the seconds until a first look stood there. */
async function readOrTold(page) {
  const start = performance.now();
  const said = page.getByRole('alert');
  await verdict(page).or(said).first().waitFor({ timeout: 600_000 });
  const firstLook = (performance.now() - start) / 1000;
  await page.locator('.reading').waitFor({ state: 'detached', timeout: 600_000 });
  if (!(await verdict(page).isVisible())) throw new Error((await said.allTextContents()).join('; '));
  return firstLook;
}

/**
 * Imports `file` into the open sample, in `view`, a person at work in its table: once for the times, once more for the
 * memory.
 */
async function importRun(file, view, how = {}) {
  const timed = await importOnce(file, view, how);
  return { ...timed, ...(await importOnce(file, view, { ...how, watched: true })) };
}

async function importOnce(file, view, { keep = false, fresh = false, watched = false }) {
  return withPage(async (page, pid, empty, browser) => {
    await page.goto(server.url);
    if (fresh) await page.locator('main .btn.primary').first().waitFor();
    else {
      await openSample(page);
      await page
        .getByRole('button', { name: keep ? 'Keep on this computer' : /^Only until/ })
        .first()
        .click();
      if (keep) await page.waitForURL(/s=/);
      await go(page, view);
      await page.getByRole('grid').first().waitFor();
    }
    await page.waitForTimeout(fresh ? 2000 : 500);
    const opened = megabytes(pid);
    const memory = watched ? memoryWatch(pid, empty) : undefined;
    await page.evaluate(() => globalThis.watched.reset());
    const act = async () => {
      const start = performance.now();
      if (fresh) {
        const chooser = page.waitForEvent('filechooser');
        await page.locator('main .btn.primary').first().click();
        await (await chooser).setFiles(file);
      } else await addFiles(page, file);
      // asked seldom and cheaply: a question is work for the thread that is measured
      const when = (test) =>
        page.waitForFunction(test, undefined, { polling: 100, timeout: 600_000 }).then(() => performance.now() - start);
      if (fresh) {
        const firstLook = await readOrTold(page);
        return { seconds: (performance.now() - start) / 1000, firstLook, afterReading: 0, rounds: 0 };
      }
      await when(() => document.querySelector('.reading') !== null);
      const read = when(() => /Analysing/.test(document.querySelector('.reading')?.textContent ?? 'Analysing'));
      const done = when(() => document.querySelector('.reading') === null);
      const rounds = await useTable(page, done);
      return { seconds: (await done) / 1000, afterReading: ((await done) - (await read)) / 1000, rounds };
    };
    const [result, processor] = await profiled(page, `import-${view}`, () => traced(browser, page, act));
    const during = { ...(await tasksOf(page)), processor };
    if (memory) return { memory: { ...memory.stop(), opened: Math.round(opened.all - empty.all) } };
    if (fresh) {
      await go(page, view);
      await page.getByRole('grid').first().waitFor();
    }
    await page.evaluate(() => globalThis.watched.reset());
    const [rows, processorUsing] = await traced(browser, page, async () => {
      await useTable(page, Promise.resolve(), 3);
      for (const other of ['overview', 'evidence', 'calls', view]) {
        await go(page, other);
        await page.waitForTimeout(1500);
      }
      return rowsShown(page);
    });
    const using = { ...(await tasksOf(page)), processor: processorUsing };
    const failed = await page.getByRole('alert').allTextContents();
    if (failed.length > 0) throw new Error(failed.join('; '));
    let reopened;
    if (keep) reopened = await reopen(page, view);
    return {
      ...result,
      during,
      using,
      rows,
      ...(reopened ? { reopened } : {}),
    };
  });
}

/** The kept session, by a reload of its address, to its findings. */
async function reopen(page, view) {
  await go(page, 'overview');
  await verdict(page).waitFor();
  const start = performance.now();
  await page.reload();
  await verdict(page).waitFor({ timeout: 300_000 });
  const seconds = (performance.now() - start) / 1000;
  const tasks = await tasksOf(page);
  await go(page, view);
  await page.getByRole('grid').first().waitFor();
  return { seconds, rows: await rowsShown(page), ...tasks };
}

ensureChromium();
await builtApp();
const server = await serve({ dir: dist, port: 0 });
const report = {};
const say = (line) => {
  if (!option('json')) console.log(line);
};
const one = (ms) => (ms === undefined ? '-' : ms.toFixed(1));
const tell = (label, { longest, over50, gap, tasks, processor }) => {
  say(`  ${label}: longest task ${longest} ms, ${over50} over 50 ms, longest wait of a timer ${gap} ms`);
  if (processor) say(`    by processor time ${processor.join(', ')} ms`);
  for (const { ms, by } of tasks) say(`    ${String(ms).padStart(5)} ms  ${by.join(' | ') || '-'}`);
};

try {
  if (wanted('sample')) {
    const all = [];
    for (let run = 0; run < 5; run++) all.push(await sampleRun());
    report.sample = all;
    say(`sample     click to findings ${all.map(({ seconds }) => one(seconds)).join(', ')} s`);
    tell(
      'worst run',
      all.reduce((a, b) => (b.longest > a.longest ? b : a)),
    );
  }
  const parts = [
    ['start', () => importRun(logsArchive(scale), 'logs', { fresh: true })],
    ['logs', () => importRun(logsArchive(scale), 'logs')],
    ['kept', () => importRun(logsArchive(scale), 'logs', { keep: true })],
    ['folder', () => importRun(logsFolder(Math.min(1, scale)), 'logs')],
    ['capture', () => importRun(mixCapture(scale), 'calls')],
  ];
  for (const [name, run] of parts) {
    if (!wanted(name)) continue;
    report[name] = [];
    for (let n = 0; n < runs; n++) {
      const result = await run();
      report[name].push(result);
      const { seconds, firstLook, afterReading, memory, during, using, rows, reopened } = result;
      say(
        `${name.padEnd(10)} file to findings ${one(seconds)} s (${firstLook === undefined ? `${one(afterReading)} s after the last byte` : `first look after ${one(firstLook)} s`}), ${rows} rows in the table, ` +
          `memory above an empty page at most +${memory.peak} MB (${memory.by}), +${memory.last} MB after; ` +
          `+${memory.opened} MB before, so the file takes ${memory.peak - memory.opened} MB`,
      );
      tell('while it was read', during);
      tell('afterwards', using);
      if (reopened) {
        say(`  opened again in ${one(reopened.seconds)} s, ${reopened.rows} rows`);
        tell('while it was opened', reopened);
      }
    }
  }
} finally {
  await server.stop();
}
if (option('json')) console.log(JSON.stringify(report, undefined, 2));
writeFileSync(path.join(cache, 'import.json'), JSON.stringify(report, undefined, 2));
