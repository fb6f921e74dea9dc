import { defineConfig, devices } from '@playwright/test';
import { CHROMIUM } from './tools/chromium';

/** Journeys in a browser. Each worker has a server of its own (see `server.ts`), which journeys may kill. */
export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  fullyParallel: false,
  workers: 2,
  // One more try on a server of its own where nobody looks on; what needed it is told as flaky.
  retries: process.env.CI ? 1 : 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    actionTimeout: 30_000,
    navigationTimeout: 45_000,
    // A trace takes a seventh of the time: in CI it is kept of the second try alone.
    trace: process.env.CI ? 'on-first-retry' : 'retain-on-failure',
    launchOptions: CHROMIUM,
  },
});
