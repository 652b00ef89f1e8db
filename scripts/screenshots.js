// Makes the pictures: the README's, or with --all the whole walk in every size, theme and language.
/* global document -- run in the page */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { ensureBuilt } from './build.js';
import { chromiumArgs, chromiumPath } from './browser.js';
import { rootPath } from './run.js';

const SIZES = { wide: [1440, 900], projector: [1024, 768], phone: [390, 844] };
const all = process.argv.includes('--all');
const out = all ? join(rootPath, 'test-results', 'screenshots') : join(rootPath, 'docs');
const STEPS = [0, 4, 6, 14];

await ensureBuilt();
mkdirSync(out, { recursive: true });
const server = await preview({
  configFile: join(rootPath, 'vite.config.ts'),
  logLevel: 'warn',
  preview: { port: 4373, host: 'localhost' },
});
const address = server.resolvedUrls?.local[0];
if (address === undefined) throw new Error('The preview server gave no address.');
const path = chromiumPath();
const browser = await chromium.launch({
  args: chromiumArgs(),
  ...(path === undefined ? {} : { executablePath: path }),
});

/** The moment of a lesson that the README shows. */
const SHOWN = '#/two-routers/connect?moment=first-drop';

/** The README's picture. */
async function readmePicture() {
  const [width, height] = SIZES.wide;
  const context = await browser.newContext({
    viewport: { width: width ?? 0, height: height ?? 0 },
    colorScheme: 'light',
    locale: 'en-US',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(`${address}${SHOWN}`);
  await page.waitForFunction(() => document.title.startsWith('14 · '));
  await page
    .locator('.below')
    .getByText(/dropped/)
    .waitFor();
  await page.getByRole('tabpanel').waitFor();
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({ path: join(out, 'screenshot.png') });
  await context.close();
}

/**
 * One walk in one look, with a picture at each of the steps.
 * @param {keyof typeof SIZES} size
 * @param {'light' | 'dark'} theme
 * @param {'en' | 'ko'} locale
 * @param {readonly number[]} steps
 * @param {(step: number) => string} name
 */
async function walk(size, theme, locale, steps, name) {
  const [width = 0, height = 0] = SIZES[size];
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    locale: locale === 'ko' ? 'ko-KR' : 'en-US',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(`${address}#/call`);
  const heading = page.getByRole('heading', { level: 1 });
  await heading.waitFor();
  for (let step = 0; step <= 14; step += 1) {
    if (step > 0) {
      await page.keyboard.press('ArrowRight');
      await page.waitForFunction(
        (/** @type {number} */ wanted) => document.title.startsWith(`${String(wanted)} · `),
        step,
      );
      await page.locator('.where:not(.busy)').first().waitFor();
    }
    if (!steps.includes(step)) continue;
    if (step === 14)
      await page
        .getByText(/host udp/)
        .waitFor({ state: 'attached' })
        .catch(() => {});
    await page.screenshot({ path: join(out, name(step)) });
  }
  await context.close();
}

if (all) {
  for (const size of /** @type {(keyof typeof SIZES)[]} */ (Object.keys(SIZES)))
    for (const theme of /** @type {const} */ (['light', 'dark']))
      for (const locale of /** @type {const} */ (['en', 'ko']))
        await walk(size, theme, locale, STEPS, (step) => `${size}-${theme}-${locale}-${step}.png`);
} else {
  await readmePicture();
}
await browser.close();
await server.close();
console.log(`Pictures are in ${out}`);
