// How Playwright drives the built app.
import { defineConfig, devices } from '@playwright/test';
import { chromiumArgs, chromiumPath } from '../../scripts/browser.js';

/** The variable of the environment that tells the tests where the app is. */
export const ADDRESS = 'PEERGLASS_ADDRESS';

const address = process.env[ADDRESS];
const executablePath = chromiumPath();

export default defineConfig({
  testDir: '.',
  globalSetup: './support/server.ts',
  outputDir: '../../test-results',
  fullyParallel: true,
  workers: 2,
  // Waits end when what they wait for is seen; these are for a machine that is busy with other things.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env['CI']),
  reporter: [['dot'], ['json']],
  use: {
    ...devices['Desktop Chrome'],
    // Known once the server runs; each worker reads this file again, and then it is.
    ...(address === undefined ? {} : { baseURL: address }),
    permissions: ['camera', 'microphone'],
    // No trace: its picture of the page at each action takes longer than the tests do.
    screenshot: 'only-on-failure',
    launchOptions: {
      args: chromiumArgs(),
      ...(executablePath === undefined ? {} : { executablePath }),
    },
  },
});
