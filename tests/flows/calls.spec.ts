/** The list of calls in the built app: legs joined and parted by hand, kept filters, columns, the other lists. */
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { drawCapture } from '../build/ladder';
import { asUpload, expect, go, openFiles, test } from './app';

/** A call over a border that writes nothing of the one side on the other, hosts that ask each other, a subscription. */
const capture = drawCapture({
  drawn: `
          zoom            mbg             mivb
    0.000 |               |<--INVITE-1a---|
    0.010 |<--INVITE-1b---|               |
    0.500 |----486-1b---->|               |
    0.510 |               |----486-1a---->|
    0.520 |               |<----ACK-1a----|
    0.530 |<----ACK-1b----|               |
    5.000 |               |--OPTIONS-1d-->|
    5.010 |               |<----200-1d----|
   10.000 |-SUBSCRIBE-1e->|               |
   10.010 |<----200-1e----|               |
   10.020 |<---NOTIFY-2e--|               |
   10.030 |----200-2e---->|               |
   30.000 |               |<--INVITE-1c---|
   30.010 |               |----200-1c---->|
   30.020 |               |<----ACK-1c----|
   40.000 |               |<----BYE-2c----|
   40.010 |               |----200-2c---->|
  `,
  users: { a: ['2001', '4142'], b: ['+155', '+156'], c: ['2002', '4150'] },
  with: {
    'SUBSCRIBE-1e': ['Event: dialog', 'Expires: 600'],
    'NOTIFY-2e': ['Event: dialog', 'Subscription-State: active;expires=600'],
  },
});

async function openCapture(page: Page, url: string): Promise<Locator> {
  await page.goto(url);
  await openFiles(
    page,
    [asUpload('calls.pcap', capture)],
    url.includes('lang=fr') ? 'Ouvrir des fichiers' : 'Open files',
  );
  await page.getByRole('region', { name: /^(Verdict|Conclusion)$/ }).waitFor();
  await page.getByRole('button', { name: /^(Only until|Seulement)/ }).click();
  await go(page, 'calls');
  return page.getByRole('grid', { name: /^(Calls of this session|Appels de cette session)$/ });
}

test('legs are joined and parted by keys, undone, and the reason is told', async ({ page, server }) => {
  const grid = await openCapture(page, server.url);
  await expect(grid).toHaveAttribute('aria-rowcount', '4');
  await grid.focus();
  for (const key of ['ArrowDown', 'Space', 'ArrowDown', 'Space']) await page.keyboard.press(key);
  const join = page.getByRole('button', { name: 'Join as one call' });
  await join.focus();
  await page.keyboard.press('Enter');
  await expect(grid).toHaveAttribute('aria-rowcount', '3');
  await expect(grid).toBeFocused();
  await page.keyboard.press('Enter');

  await page.getByRole('listbox').waitFor();
  const legs = page.getByRole('button', { name: /^Legs/ });
  await legs.focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('group', { name: 'Legs of this call' });
  await expect(panel).toContainText('A–B: joined by hand (120)');
  await page.keyboard.press('Tab');
  await expect(panel.getByRole('button', { name: 'Part B' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(panel).not.toContainText('joined by hand');
  await page.keyboard.press('Escape');
  await go(page, 'calls');
  await expect(grid).toHaveAttribute('aria-rowcount', '4');
  await page.keyboard.press('Control+z');
  await expect(grid).toHaveAttribute('aria-rowcount', '3');
  await page.keyboard.press('Control+z');
  await expect(grid).toHaveAttribute('aria-rowcount', '4');
});

test('a filter is kept, found again and forgotten; columns come and go', async ({ page, server }) => {
  const grid = await openCapture(page, server.url);
  await page.keyboard.press('/');
  await page.keyboard.type('outcome:busy');
  await expect(grid).toHaveAttribute('aria-rowcount', '3');
  const filters = page.getByRole('button', { name: /^Filters/ });
  const act = async (name: string): Promise<void> => {
    await filters.click();
    await page.getByRole('menuitem', { name, exact: true }).click();
  };
  await act('Keep “outcome:busy”');
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await expect(grid).toHaveAttribute('aria-rowcount', '4');
  await act('outcome:busy');
  await expect(grid).toHaveAttribute('aria-rowcount', '3');
  await act('Forget “outcome:busy”');
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await expect(filters).toHaveCount(0);

  const codec = page.getByRole('columnheader', { name: 'Codec' });
  await expect(codec).toHaveCount(0);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Codec' }).check();
  await page.getByRole('checkbox', { name: 'MOS' }).uncheck();
  await page.keyboard.press('Escape');
  await expect(codec).toHaveCount(1);
  await expect(page.getByRole('columnheader', { name: 'MOS' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('button', { name: 'As delivered' }).click();
  await expect(codec).toHaveCount(0);
});

test('subscriptions and OPTIONS stand in lists of their own and lead to their messages', async ({ page, server }) => {
  await openCapture(page, server.url);
  const tab = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
  await tab('Subscriptions');
  const subscriptions = page.getByRole('grid', { name: 'Subscriptions of this session' });
  await expect(subscriptions).toContainText('dialog');
  await expect(subscriptions).toContainText('active');
  await tab('OPTIONS');
  const peers = page.getByRole('grid', { name: 'Hosts that ask each other by OPTIONS' });
  await expect(peers).toContainText('10.0.0.2');
  await expect(peers).toContainText('answers');
  await peers.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/logs\?row=\d+/);
});

for (const locale of ['en', 'fr'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    test(`every list, the marks and the legs have no axe violation (${locale}, ${theme})`, async ({ page, server }) => {
      test.setTimeout(120_000);
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      const grid = await openCapture(page, `${server.url}?lang=${locale}`);
      const found: string[] = [];
      const check = async (place: string): Promise<void> => {
        await page.waitForTimeout(300);
        const { violations } = await new AxeBuilder({ page }).include('main').analyze();
        found.push(...violations.map(({ id, nodes }) => `${place}: ${id} ${nodes[0]?.target.join(' ')}`));
      };
      await grid.focus();
      for (const key of ['ArrowDown', 'Space', 'ArrowDown', 'Space']) await page.keyboard.press(key);
      await check('marks');
      await page.getByRole('button', { name: /^(Join as one call|Réunir en un appel)$/ }).click();
      for (const tab of ['registrations', 'subscriptions', 'peers']) {
        await go(page, `calls?tab=${tab}`);
        await check(tab);
      }
      await go(page, 'ladder?call=0');
      await page.getByRole('listbox').waitFor();
      await page.getByRole('button', { name: /^(Legs|Jambes)/ }).click();
      await check('legs');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: /^(Export|Exporter)$/ }).click();
      await check('export');
      expect(found).toEqual([]);
    });
  }
}
