import AxeBuilder from '@axe-core/playwright';
import { expect, go, openSample, test, views } from './app';

for (const locale of ['en', 'fr'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    test(`no view has an axe violation (${locale}, ${theme})`, async ({ page, server }) => {
      test.setTimeout(240_000);
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await openSample(page, `${server.url}?lang=${locale}`);
      const found: string[] = [];
      for (const view of views) {
        await go(page, view);
        await page.waitForTimeout(400);
        const { violations } = await new AxeBuilder({ page }).analyze();
        found.push(
          ...violations.map(({ id, nodes }) => `${view}: ${id} ${nodes[0]?.target.join(' ')} (${nodes.length})`),
        );
      }
      expect(found).toEqual([]);
    });
  }
}
