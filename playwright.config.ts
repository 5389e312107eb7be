import { defineConfig } from '@playwright/test';
import { chromiumPath } from './tools/chromium.mjs';

export default defineConfig({
  testDir: 'tests/flows',
  outputDir: 'test-results',
  timeout: 90_000,
  workers: process.env['CI'] ? 2 : undefined,
  fullyParallel: true,
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: 'test-results/flows.json' }]],
  use: {
    viewport: { width: 1366, height: 768 },
    locale: 'en-GB',
    timezoneId: 'Europe/Paris',
    launchOptions: {
      executablePath: chromiumPath(),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
});
