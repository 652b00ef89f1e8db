// How Playwright drives the built app.
import { defineConfig, devices } from '@playwright/test';
import { chromiumArgs, chromiumPath } from '../../scripts/browser.js';
import { rootPath } from '../../scripts/run.js';

// Not 4173, where `npm start` may be running; PORT names another where this one is taken.
const port = Number(process.env['PORT'] ?? 4273);
const executablePath = chromiumPath();

export default defineConfig({
  testDir: '.',
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
    baseURL: `http://localhost:${port}/`,
    permissions: ['camera', 'microphone'],
    // No trace: its picture of the page at each action takes longer than the tests do.
    screenshot: 'only-on-failure',
    launchOptions: {
      args: chromiumArgs(),
      ...(executablePath === undefined ? {} : { executablePath }),
    },
  },
  webServer: {
    command: `"${process.execPath}" node_modules/vite/bin/vite.js preview --host localhost --port ${port} --strictPort --logLevel warn`,
    cwd: rootPath,
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
  },
});
