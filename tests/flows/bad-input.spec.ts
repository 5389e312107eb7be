import { writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { badInput, goodCapture } from '../build/bad-input';
import { drawPackets } from '../build/ladder';
import { daemonLog } from '../build/log';
import { pcap } from '../build/pcap';
import { reportColumns } from '../build/report';
import { tar, toBytes } from '../build/tar';
import { xz } from '../build/xz';
import { asUpload, expect, findings, go, openFiles, settled, stored, test, views, watch } from './app';

const speak = (page: Page, language: 'EN' | 'FR'): Promise<void> =>
  page.getByRole('button', { name: language, exact: true }).click();

/** What the list of problems says: file by file. */
async function told(page: Page): Promise<string[]> {
  const list = page.locator('main section').filter({ has: page.getByRole('heading', { name: /^Problem|^Problèmes/ }) });
  const items = await list.getByRole('listitem').all();
  const lines = await Promise.all(
    items.map(
      async (item) => `${await item.getByRole('link').innerText()}: ${await item.getByRole('paragraph').innerText()}`,
    ),
  );
  return lines.map((line) => line.replace(/\s/g, ' '));
}

/** File → what must be said about it: what happened, what was kept, what to do. */
const messages: Readonly<Record<string, readonly [en: RegExp, fr: RegExp]>> = {
  'cut.tar.xz': [
    /ends early: what lies before .* kept\. Collect it again/,
    /s’arrête trop tôt : ce qui précède .* gardé\. La collecter/,
  ],
  'corrupt.tar.xz': [/damaged at byte .* kept\. Collect it again/, /endommagé à l’octet .* gardés\. La collecter/],
  'empty.pcap': [/empty: .* Collect it again/, /vide : .* Le collecter/],
  'picture.pcap': [
    /ends in \.pcap, but its content is something else: .* not read\. Drop/,
    /se termine par \.pcap, .* pas été lu\. Déposer/,
  ],
  'long-line.log': [
    /longer than the limit .* the lines around it were read/,
    /plus longue que la limite .* autour ont été lues/,
  ],
  passwd: [/unusual name \(\.\.\).* never used as a path/, /nom inhabituel \(\.\.\)/],
  'bidi-‹202E›gol.exe': [/unusual name \(bidirectional/, /nom inhabituel \(caractère bidirectionnel/],
  __proto__: [/unusual name \(reserved word\)/, /nom inhabituel \(mot réservé\)/],
  link: [/not followed \(\/etc\/shadow\)/, /pas suivi \(\/etc\/shadow\)/],
  'utf16.csv': [
    /missing: zmSipPhoneMobileId.* kept\. Download it again/,
    /manque : zmSipPhoneMobileId.* gardé\. Le télécharger/,
  ],
};
const notices = [
  [
    /^damaged\.psiscope is a damaged session file \(it ends too early\)\. .*nothing was changed\. .*export/,
    /^damaged\.psiscope est un fichier de session endommagé/,
  ],
  [
    /^newer\.psiscope was written by a newer psiscope \(format 7\)\. Nothing was changed\. Update/,
    /^newer\.psiscope a été écrit par une version plus récente/,
  ],
  [
    /^Not read in full: .*corrupt\.tar\.xz.*empty\.pcap.* What could be read is kept\. Evidence says/,
    /^Lecture incomplète.*corrupt\.tar\.xz/,
  ],
] as const;

test('bad files of every sort, dropped with a good one, are each told; the good one is read', async ({
  page,
  server,
}) => {
  const seen = watch(page, server.url);
  await page.goto(server.url);
  await openFiles(page, [asUpload('kept.pcap', goodCapture)]);
  await settled(page);
  await page.getByRole('button', { name: 'Keep on this computer' }).click();
  await expect(page).toHaveURL(/s=/);
  await expect.poll(async () => (await stored(page)).parts.length).toBe(1);
  await page.getByRole('button', { name: 'Session', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Close the session' }).click();
  const before = await stored(page);

  await openFiles(
    page,
    Object.entries(badInput).map(([name, bytes]) => asUpload(name, bytes)),
  );
  await settled(page);
  for (const [n, language] of (['EN', 'FR'] as const).entries()) {
    await speak(page, language);
    for (const notice of notices) await expect(page.getByRole('status').filter({ hasText: notice[n] })).toBeVisible();
    await go(page, 'evidence');
    await expect(page.locator('main section').getByRole('listitem').first()).toBeVisible();
    const lines = await told(page);
    for (const [file, texts] of Object.entries(messages)) {
      expect(
        lines.some((line) => line.startsWith(`${file}: `) && texts[n]!.test(line)),
        `${file} in ${language}`,
      ).toBe(true);
    }
  }
  await speak(page, 'EN');
  await go(page, 'calls');
  await expect(page.getByText('488').first()).toBeVisible();
  await go(page, 'users');
  await expect(page.getByText('bob@aster.example').first()).toBeVisible();
  // what stands before and behind the line of 5 MB was read
  await go(page, 'logs');
  await expect(page.getByText(/\bbefore\b/).first()).toBeVisible();
  await expect(page.getByText(/\bafter\b/).first()).toBeVisible();
  expect(await stored(page)).toEqual(before);
  expect(seen).toEqual({ foreign: [], errors: [] });
});

test('a session in memory is not replaced by a session file that is dropped on it', async ({ page, server }, info) => {
  await page.goto(server.url);
  await openFiles(page, [asUpload('good.pcap', goodCapture)]);
  await settled(page);
  await page.getByRole('button', { name: /^Only until/ }).click();
  await page.getByRole('button', { name: 'Session', exact: true }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /Export/ }).click();
  const file = info.outputPath('other.psiscope');
  await (await download).saveAs(file);
  await page.getByRole('button', { name: 'Session', exact: true }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('menuitem', { name: 'Add files' }).click();
  await (await chooser).setFiles(file);
  await expect(page.getByText('other.psiscope was not opened: it would replace the open session')).toBeVisible();
  await go(page, 'calls');
  await expect(page.getByText('488').first()).toBeVisible();
});

test('cancelling a large import leaves nothing behind', async ({ page, server }, info) => {
  const seen = watch(page, server.url);
  const line = daemonLog(
    ...Array.from(
      { length: 10_000 },
      (_, n) => `08:${String(n % 60).padStart(2, '0')}:00 INFO heartbeat sequence=${n}`,
    ),
  );
  const file = info.outputPath('large.tar.xz');
  writeFileSync(
    file,
    xz(tar([{ name: 'site/cld.log', bytes: line.repeat(255) }]), { check: 'none', blockSize: 2 ** 20 }),
  );
  await page.goto(server.url);
  await openFiles(page, file);
  const bar = page.getByRole('group', { name: 'Reading of files' });
  await expect(bar.getByRole('progressbar')).toBeVisible();
  const idle = await bar.getByRole('button', { name: 'Cancel' }).evaluate(async (button: HTMLElement) => {
    const start = performance.now();
    button.click();
    while (button.isConnected) await new Promise(requestAnimationFrame);
    await new Promise((resolve) => setTimeout(resolve, 0));
    return performance.now() - start;
  });
  info.annotations.push({ type: 'idle after cancel', description: `${Math.round(idle)} ms` });
  await expect.poll(() => page.workers().filter((worker) => worker.url().includes('intake')).length).toBe(0);
  await expect(page.getByText('Nothing is open').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Keep on this computer' })).toHaveCount(0);
  expect(await stored(page)).toEqual({ sessions: [], parts: [] });
  // and the next one is read
  await go(page, 'start');
  await openFiles(page, [asUpload('good.pcap', goodCapture)]);
  await settled(page);
  await go(page, 'logs');
  await expect(page.getByText('heartbeat')).toHaveCount(0);
  await go(page, 'calls');
  await expect(page.getByText('488').first()).toBeVisible();
  expect(seen).toEqual({ foreign: [], errors: [] });
});

test('markup in evidence, names and titles reaches the page as text', async ({ page, server }) => {
  const seen = watch(page, server.url);
  await page.addInitScript(() => {
    Object.assign(window, { broken: [] as string[] });
    document.addEventListener('securitypolicyviolation', ({ violatedDirective }) =>
      (window as unknown as { broken: string[] }).broken.push(violatedDirective),
    );
  });
  const image = `<img src=x onerror="window.ran='img'">`;
  const script = `<script>window.ran='script'</script>`;
  const link = `<a href="javascript:window.ran=1">go</a>`;
  const capture = pcap(
    drawPackets({
      hosts: { zoom: '203.0.113.24', sbc: '198.51.100.10' },
      with: {
        'INVITE-1': [
          `User-Agent: ${image}`,
          `From: "${script}" <sip:4101@aster.example>;tag=${link}`,
          `Subject: ${link}`,
          `Call-ID: ${image}@x`,
        ],
        '488-1': [`Reason: SIP;text="${image}"`, `Call-ID: ${image}@x`],
      },
      drawn: `
          zoom            sbc
   1.000 |---INVITE-1--->|
   2.000 |<----488-1-----|`,
    }),
  );
  const cell = (value: string): string => `"${value.replaceAll('"', '""')}"`;
  const csv = [
    reportColumns.join(','),
    ...[image, link].map((email) =>
      reportColumns
        .map((column) => cell(column === 'email' ? email : column === 'issues' ? '["ZoomSipPhoneNotFound"]' : script))
        .join(','),
    ),
  ].join('\r\n');
  const log = daemonLog(
    `08:00:00 ERROR ${image} ${script} err=${JSON.stringify(link)} x-mitel-correlation-id=${image}`,
  );
  await page.goto(server.url);
  await openFiles(page, [
    asUpload(`${image}.pcap`, capture),
    asUpload(`${script.replace('/', '')}.csv`, csv),
    asUpload(
      'logs.tar',
      tar([
        { name: `${image}/${script}.log`, bytes: log },
        { name: `${link}.xz`, bytes: toBytes('no') },
      ]),
    ),
    asUpload(`${image}.psiscope`, 'PK no'),
  ]);
  await settled(page);
  await expect(page.getByText(`${image}.psiscope is not a psiscope session file`)).toBeVisible();
  await page.getByRole('button', { name: 'Session', exact: true }).click();
  await page.getByRole('menuitem', { name: /Rename/ }).click();
  await page.getByRole('textbox', { name: 'Session title' }).fill(image);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Only until/ }).click();
  for (const view of [...views, 'ladder?call=0']) {
    await go(page, view);
    // opens what the first row shows in its pane
    const row = page.locator('main').locator('[role=gridcell], [role=option], [role=treeitem]').first();
    if (await row.isVisible()) await row.click({ position: { x: 4, y: 4 } });
    await page.waitForTimeout(100);
    const harm = await page.evaluate(() => ({
      elements: document.querySelectorAll('[onerror], [onload], img[src="x"], a[href^="javascript"], body script')
        .length,
      ran: (window as unknown as { ran?: string }).ran,
      broken: (window as unknown as { broken: string[] }).broken,
    }));
    expect(harm, view).toEqual({ elements: 0, ran: undefined, broken: [] });
  }
  // and it was there to be seen
  await expect(page.locator('main')).toContainText(script);
  await go(page, 'users');
  await expect(page.getByText(image).first()).toBeVisible();
  await go(page, 'logs');
  await expect(page.getByText(image).first()).toBeVisible();
  expect((await findings(page)).length).toBeGreaterThan(0);
  expect(seen).toEqual({ foreign: [], errors: [] });
});
