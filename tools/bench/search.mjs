/**
 * Search in everything, in the built app, beside `grep -c` over the same bytes unpacked, interleaved, best of 3.
 *   npm run -s bench:search -- [--small] [--json]
 * A tar.xz of 300 MB of logs is open; a text that thousands of lines hold, one that none holds, and an expression are
 * searched. The page tells its own times: from Enter to the first hit and to the end.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureChromium } from '../chromium.mjs';
import { serve } from '../serve.mjs';
import { builtApp, dist } from './app.mjs';
import { cache, launch, logsArchive } from './browser.mjs';

const args = process.argv.slice(2);
const json = args.includes('--json');
const searches = [
  { name: 'text, many', text: 'refresh failed', regex: false, grep: ['-rciF'] },
  { name: 'text, none', text: 'no-such-text-anywhere', regex: false, grep: ['-rciF'] },
  { name: 'expression', text: 'user=41\\d\\d .*corr=00', regex: true, grep: ['-rciP'] },
];

ensureChromium();
await builtApp();
const archive = logsArchive(args.includes('--small') ? 0.1 : 1);
const folder = mkdtempSync(path.join(tmpdir(), 'psiscope-search-'));
execFileSync('tar', ['-xJf', archive, '-C', folder]);
const server = await serve({ dir: dist, port: 0 });
const { browser, close } = await launch();
const report = [];
try {
  const page = await browser.newPage({ locale: 'en-GB', viewport: { width: 1366, height: 768 } });
  await page.goto(server.url);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open files', exact: true }).click();
  await (await chooser).setFiles(archive);
  await page.locator('.reading').waitFor();
  await page.locator('.reading').waitFor({ state: 'detached', timeout: 600_000 });
  await page.evaluate(() => void (location.hash = '#/search'));
  const field = page.getByLabel('Search in every file');
  const done = page.locator('main [data-took]');
  for (const { name, text, regex, grep } of searches) {
    await page.getByRole('button', { name: regex ? 'Regular expression' : 'Text', exact: true }).click();
    const ours = [];
    const peers = [];
    let lines = 0;
    for (let round = 0; round < 3; round++) {
      await field.fill('');
      await field.fill(text);
      await page.keyboard.press('Enter');
      await page.waitForTimeout(50);
      await done.waitFor({ timeout: 120_000 });
      const { took, first, lines: found } = await done.evaluate(({ dataset }) => ({ ...dataset }));
      ours.push({ took: Number(took), first: Number(first) });
      lines = Number(found);
      const start = performance.now();
      const { stdout } = spawnSync('grep', [...grep, text, folder], { encoding: 'utf8', env: { LC_ALL: 'C.UTF-8' } });
      peers.push(performance.now() - start);
      const counted = stdout.split('\n').reduce((sum, line) => sum + Number(line.split(':').at(-1) || 0), 0);
      if (counted !== lines) throw new Error(`${name}: ${lines} lines here, ${counted} with grep`);
    }
    const best = Math.min(...ours.map(({ took }) => took));
    const row = {
      name,
      ms: Math.round(best),
      firstMs: Math.round(Math.min(...ours.map(({ first }) => first))),
      grepMs: Math.round(Math.min(...peers)),
      ratio: Number((Math.min(...peers) / best).toFixed(2)),
      lines,
    };
    report.push(row);
    if (!json)
      console.log(
        `${name.padEnd(12)} ${row.ms} ms, first hit ${row.firstMs} ms, grep -c ${row.grepMs} ms, ratio ${row.ratio}, ${lines} lines`,
      );
  }
} finally {
  await close();
  await server.stop();
  rmSync(folder, { recursive: true });
}
if (json) console.log(JSON.stringify(report, undefined, 2));
writeFileSync(path.join(cache, 'search.json'), JSON.stringify(report, undefined, 2));
