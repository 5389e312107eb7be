/** Writes a comparison report of so many people, and prints what the product takes for it beside Papa Parse alone. */
import { createWriteStream, existsSync } from 'node:fs';
import path from 'node:path';
import { cache, launch, megabytes, memoryWatch } from './browser.mjs';

const codes = [
  'ZoomUserNotFound',
  'ZoomSipPhoneNotFound',
  'CloudLinkUserNotFound',
  'NoClZoomPsiLicense',
  'ZoomUserStatusPending',
];

export async function writeReport(rows) {
  const file = path.join(cache, `report-${rows}.csv`);
  if (existsSync(file)) return file;
  let state = 7;
  const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const hex = (length) => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
  const out = createWriteStream(file);
  out.write(
    'email,name,clUserId,licenses,zmUserId,zmUserStatus,zmSipPhoneId,zmSipPhoneNumber,zmSipPhoneMobileId,zmSipPhoneMobileNumber,issues\r\n',
  );
  for (let n = 0; n < rows; n++) {
    const code = random() < 0.2 ? codes[Math.floor(random() * codes.length)] : '';
    const zoom = code !== 'ZoomUserNotFound' && code !== 'NoClZoomPsiLicense';
    const phone = zoom && code !== 'ZoomSipPhoneNotFound';
    const line = [
      `user${n}@example.org`,
      `User ${n}`,
      code === 'CloudLinkUserNotFound' ? '' : hex(24),
      code === 'NoClZoomPsiLicense' ? '[]' : '"[""ZoomPSI""]"',
      zoom ? hex(22) : '',
      zoom ? (code === 'ZoomUserStatusPending' ? 'pending' : 'active') : '',
      phone ? hex(22) : '',
      phone ? String(400_000 + n) : '',
      phone ? hex(22) : '',
      phone ? String(400_000 + n) : '',
      code ? `"[""${code}""]"` : '[]',
    ].join(',');
    if (!out.write(`${line}\r\n`)) await new Promise((resolve) => out.once('drain', resolve));
  }
  await new Promise((resolve) => out.end(resolve));
  return file;
}

export async function benchUsers(url, scale, json) {
  const file = await writeReport(Math.round(200_000 * scale));
  const measure = async (watched = false) => {
    const { browser, pid, close } = await launch();
    try {
      const page = await browser.newPage();
      await page.goto(url);
      await page.setInputFiles('#file', file);
      await page.waitForTimeout(300);
      const memory = watched && memoryWatch(pid, megabytes(pid));
      const run = await page.evaluate(() => window.runUsers());
      return memory ? memory.stop().peak : run;
    } finally {
      await close();
    }
  };
  const runs = [];
  for (let round = 0; round < 3; round++) runs.push(await measure());
  const least = (pick) => Math.min(...runs.map(pick));
  const papa = least((run) => run.papa);
  const parse = least((run) => run.parse);
  const judged = least((run) => run.rules);
  const { rows, asked } = runs[0];
  const row = {
    name: 'users',
    unit: 'rows/s',
    ours: Math.round((rows / (parse + judged)) * 1000),
    peer: Math.round((rows / papa) * 1000),
    ratio: Number((papa / (parse + judged)).toFixed(2)),
    peerName: 'papaparse alone',
    rows,
    ms: {
      papa: Math.round(papa),
      parse: Math.round(parse),
      rules: Math.round(judged),
      analysis: Math.round(least((run) => run.analysis)),
    },
    totalToParse: Number(((parse + judged) / parse).toFixed(2)),
    totalToPapa: Number(((parse + judged) / papa).toFixed(2)),
    asked: Object.fromEntries(Object.keys(asked).map((name) => [name, Math.round(least((run) => run.asked[name]))])),
    memoryMegabytes: await measure(true),
  };
  if (!json) {
    const { ms } = row;
    console.log(
      `users      ${String(row.ours).padStart(6)} rows/s parsed and judged, papaparse alone ${row.peer}, total/papaparse ${row.totalToPapa}, total/parse ${row.totalToParse} (papaparse ${ms.papa}, parse ${ms.parse}, rules ${ms.rules}, analysis ${ms.analysis} ms), ${Object.entries(
        row.asked,
      )
        .map(([name, value]) => `${name} ${value}`)
        .join(', ')} ms, ${rows} rows, +${row.memoryMegabytes} MB`,
    );
  }
  return row;
}
