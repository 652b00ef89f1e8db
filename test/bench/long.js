// The longest picture while a text of 10,000 lines is opened, pasted and scrolled through on #/sdp.
/* global document -- run in the page */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootPath } from '../../scripts/run.js';
import { longestPicture, median, notePictures, progress, withApp } from './tools.js';

const ROUNDS = 7;
const LINES = 10_000;
const LIMIT_MS = 50;

/** @returns {Promise<import('./run.js').Row[]>} */
export async function measure() {
  const offer = await readFile(
    join(rootPath, 'test/fixtures/sdp/chromium-both-and-data-offer.sdp'),
    'utf8',
  );
  const candidate = (/** @type {number} */ n) =>
    `a=candidate:${n} 1 udp 2113937151 192.0.2.1 ${n + 1} typ host\r\n`;
  const sections = offer.slice(offer.indexOf('m='));
  const texts = {
    'of candidates': offer + Array.from({ length: LINES }, (_, n) => candidate(n)).join(''),
    'of sections': offer + sections.repeat(Math.ceil(LINES / sections.split('\n').length)),
  };
  const folder = await mkdtemp(join(tmpdir(), 'peerglass-long-'));
  try {
    return await withApp(async (browser, url) => {
      /** @type {import('./run.js').Row[]} */
      const rows = [];
      for (const [name, text] of Object.entries(texts)) {
        const file = join(folder, 'long.sdp');
        await writeFile(file, text);
        /** @type {number[]} */
        const opened = [];
        /** @type {number[]} */
        const scrolled = [];
        for (let round = 1; round <= ROUNDS; round += 1) {
          const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
          const page = await context.newPage();
          await page.goto(`${url}#/sdp`);
          await page.getByRole('heading', { level: 1 }).waitFor();
          // The page's own loading is another part's.
          await page.waitForLoadState('networkidle');
          await page.evaluate(notePictures);
          await page.locator('input[type=file]').first().setInputFiles(file);
          await page.locator('[data-line]').first().waitFor();
          await page
            .getByRole('status')
            .filter({ hasText: 'Looking' })
            .waitFor({ state: 'detached' });
          opened.push(await longestPicture(page));
          await page.getByRole('button', { name: 'Open all' }).click();
          for (let part = 1; part <= 20; part += 1) {
            await page.evaluate((to) => {
              const result = document.querySelector('.result');
              result?.scrollTo(0, (result.scrollHeight * to) / 20);
              return new Promise((resolve) => setTimeout(resolve, 40));
            }, part);
          }
          scrolled.push(await longestPicture(page));
          await context.close();
          progress(name, round, ROUNDS);
        }
        for (const [what, values] of Object.entries({ opened, scrolled })) {
          rows.push({
            measure: `${LINES} lines ${name}, ${what}: longest picture over 50 ms`,
            value: median(values),
            unit: 'ms',
            limit: LIMIT_MS,
          });
        }
      }
      return rows;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
