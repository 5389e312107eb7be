/** Calls and ladder by keyboard alone, and what is exported, in the built app. */
import AxeBuilder from '@axe-core/playwright';
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { drawCapture } from '../build/ladder';
import { asUpload, expect, go, openFiles, test } from './app';

const capture = drawCapture({
  drawn: `
          zoom            mbg             mivb
    0.000 |--REGISTER-1-->|               |
    0.010 |<----200-1-----|               |
    1.000 |               |<--INVITE-1b---|
    1.010 |               |----100-1b---->|
    1.020 |<--INVITE-1c---|               |
    1.500 |<--INVITE-1c---|               |
    1.600 |----180-1c---->|               |
    1.610 |               |----180-1b---->|
    3.000 |----200-1c---->|               |
    3.010 |               |----200-1b---->|
    3.020 |               |<----ACK-1b----|
    3.030 |<----ACK-1c----|               |
    9.000 |               |<----BYE-2b----|
    9.010 |               |----200-2b---->|
   20.000 |               |<--INVITE-1d---|
   20.010 |               |----100-1d---->|
   20.020 |               |----488-1d---->|
   20.030 |               |<----ACK-1d----|
  `,
  users: { b: ['2001', '4142'], c: ['2001', '4142'], d: ['2002', '4150'] },
  with: {
    'INVITE-1b': ['X-Call-ID: one', 'm=audio 4000 RTP/AVP 8'],
    'INVITE-1c': ['X-Call-ID: one', 'm=audio 5000 RTP/AVP 8'],
    'INVITE-1d': [
      'm=audio 4002 RTP/SAVP 8',
      'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0',
    ],
    '200-1b': ['m=audio 4100 RTP/AVP 8'],
    '200-1c': ['m=audio 5100 RTP/AVP 8'],
    '488-1d': ['Warning: 305 mbg "Incompatible media format"', 'Reason: Q.850;cause=88'],
  },
});

async function openCapture(page: Page, url: string): Promise<void> {
  await page.goto(url);
  const french = url.includes('fr');
  await openFiles(page, [asUpload('call.pcap', capture)], french ? 'Ouvrir des fichiers' : 'Open files');
  await page.getByRole('region', { name: /^(Verdict|Conclusion)$/ }).waitFor();
  await page.getByRole('button', { name: /^(Only until|Seulement)/ }).click();
}

/** What a screen reader would say of the row that is active in the list box or grid that has the focus. */
const active = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const id = document.activeElement?.getAttribute('aria-activedescendant');
    const row = id ? document.getElementById(id) : null;
    return row?.getAttribute('aria-label') ?? row?.textContent ?? '';
  });

test('the failing call is found, read in French and copied without a pointer or an eye', async ({
  browser,
  server,
}) => {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'], locale: 'fr-FR' });
  const page = await context.newPage();
  await page.goto(`${server.url}?lang=fr`);
  // the only acts of the pointer's kind are the browser's own: its file dialog
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Ouvrir des fichiers', exact: true }).focus();
  await page.keyboard.press('Enter');
  await (await chooser).setFiles([asUpload('call.pcap', capture)]);
  await page.getByRole('region', { name: /^(Verdict|Conclusion)$/ }).waitFor();
  await page.getByRole('button', { name: /^Seulement/ }).focus();
  await page.keyboard.press('Enter');

  await page.keyboard.press('4');
  const grid = page.getByRole('grid', { name: 'Appels de cette session' });
  await expect(grid).toHaveAttribute('aria-rowcount', '3');
  await page.keyboard.press('/');
  await page.keyboard.type('method:INVITE status>=400');
  await expect(grid).toHaveAttribute('aria-rowcount', '2');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => active(page)).toContain('4150');
  await page.keyboard.press('Enter');

  const drawing = page.getByRole('listbox', { name: /^Diagramme de/ });
  await drawing.waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('488 invite');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await expect(drawing).toBeFocused();
  expect(await active(page)).toMatch(/^488 .* de .* à .*, 0,020 s/);
  await page.keyboard.press('Enter');

  const pane = page.getByRole('tabpanel');
  await expect(pane).toBeFocused();
  const words = page.getByRole('region', { name: /^488/ });
  await expect(words).toContainText('Le média offert n’est pas acceptable');
  await expect(pane).toContainText('pas de codec commun (avertissement 305)');
  await expect(pane).toContainText('destination incompatible (Q.850 88)');
  await page.keyboard.press('c');
  await expect(words).toContainText('Copié');
  const ticket = await page.evaluate(() => navigator.clipboard.readText());
  expect(ticket).toMatch(/^\*\*488 .*\*\* .* → /);
  expect(ticket).toContain('Warning: 305 mbg');
  expect(ticket).toContain('call.pcap, paquet');
  await context.close();
});

for (const locale of ['en', 'fr'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    test(`calls, ladder, panes and menus have no axe violation (${locale}, ${theme})`, async ({ page, server }) => {
      test.setTimeout(180_000);
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await openCapture(page, `${server.url}?lang=${locale}`);
      const found: string[] = [];
      const check = async (place: string): Promise<void> => {
        await page.waitForTimeout(300);
        const { violations } = await new AxeBuilder({ page }).include('main').analyze();
        found.push(...violations.map(({ id, nodes }) => `${place}: ${id} ${nodes[0]?.target.join(' ')}`));
      };
      await go(page, 'calls');
      await page.getByRole('button', { name: /^(Filter language|Langage de filtre)$/ }).click();
      await check('help');
      await page.getByRole('button', { name: /^(Columns|Colonnes)$/ }).click();
      await check('columns');
      await go(page, 'ladder?call=0');
      await page.getByRole('listbox').waitFor();
      await check('ladder');
      await page.keyboard.press('j');
      await check('message');
      await page.getByRole('button', { name: /^(Show|Afficher)$/ }).click();
      await check('show');
      await page.keyboard.press('Escape');
      await page
        .getByRole('button', { name: /^(Lane of|Colonne de)/ })
        .first()
        .click();
      await check('lane');
      await page.keyboard.press('Escape');
      await page.keyboard.press('T');
      await check('table');
      expect(found).toEqual([]);
    });
  }
}

test('lanes move, go and come back; the order stays with the session', async ({ page, server }) => {
  await openCapture(page, server.url);
  await go(page, 'ladder?call=0');
  const lanes = page.getByRole('button', { name: /^Lane of/ });
  await expect(lanes).toHaveCount(3);
  const names = (): Promise<string[]> => lanes.allTextContents();
  const before = await names();
  const act = async (lane: number, name: string | RegExp): Promise<void> => {
    await lanes.nth(lane).click();
    await page.getByRole('menuitem', { name }).click();
  };
  await act(0, 'Move right');
  await expect.poll(names).toEqual([before[1], before[0], before[2]]);
  await act(2, 'Leave out');
  await expect(lanes).toHaveCount(2);
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.getByRole('button', { name: 'Lanes as found' }).click();
  await expect.poll(names).toEqual(before);
  await page.keyboard.press('Escape');
  await act(1, /^Merge with/);
  await expect(lanes).toHaveCount(2);
});

test('the drawing, the text and the packets are exported without secrets', async ({ page, server }) => {
  await openCapture(page, server.url);
  await go(page, 'ladder?call=1');
  await page.getByRole('listbox').waitFor();
  const saved = async (item: string | RegExp, confirm?: string): Promise<Buffer> => {
    await page.getByRole('button', { name: 'Export' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: item }).click();
    if (confirm) await page.getByRole('button', { name: confirm }).click();
    return readFile(await (await download).path());
  };
  const svg = (await saved(/SVG/)).toString();
  expect(svg).toContain('488');
  const png = await saved(/PNG/);
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect((await saved(/HTML/)).toString()).toMatch(/^<figure/);
  const packets = (await saved(/cleaned/)).toString('latin1');
  expect(packets).toContain('INVITE sip:4150');
  expect(packets).not.toContain('c2VjcmV0');
  expect(packets).not.toContain('sip:4142');
  const original = (await saved(/original/, 'Save with secrets')).toString('latin1');
  expect(original).toContain('c2VjcmV0');
});
