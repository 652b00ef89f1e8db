// How much script and style is fetched until the first step can be pressed.
import { gzipSync } from 'node:zlib';
import { withApp } from './tools.js';

const LIMIT_KB = 110;

/** @returns {Promise<import('./run.js').Row[]>} */
export async function measure() {
  return withApp(async (browser, url) => {
    const page = await browser.newPage({ locale: 'en-US' });
    /** @type {Promise<{ name: string, size: number } | null>[]} */
    const files = [];
    const measured = async (/** @type {import('@playwright/test').Request} */ request) => {
      const response = await request.response();
      if (response === null) return null;
      const name = new URL(request.url()).pathname.split('/').pop() ?? '';
      return { name, size: gzipSync(await response.body(), { level: 9 }).length / 1000 };
    };
    const note = (/** @type {import('@playwright/test').Request} */ request) => {
      if (['script', 'stylesheet'].includes(request.resourceType())) files.push(measured(request));
    };
    page.on('requestfinished', note);
    await page.goto(url);
    await page
      .locator('button:not([aria-disabled="true"]):not(:disabled)')
      .and(page.getByRole('button', { name: 'Next step', exact: true }))
      .waitFor();
    // What is loaded ahead from now on does not count.
    page.off('requestfinished', note);
    const fetched = (await Promise.all(files)).filter((file) => file !== null);
    fetched.sort((a, b) => b.size - a.size);
    const total = fetched.reduce((sum, { size }) => sum + size, 0);
    return [
      {
        measure: 'first load: scripts and styles, gzip -9',
        value: total,
        unit: 'kB',
        limit: LIMIT_KB,
      },
      ...fetched.map(({ name, size }) => ({ measure: `  ${name}`, value: size, unit: 'kB' })),
    ];
  });
}
