// Reading the call in Firefox: every tab, a forbidden call, foreign SDP, and a lesson in a virtual network.
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { path, untilBoth, untilStep, useFirefox, walkTo } from './firefox.ts';

/** Opens a tab and waits for a text in its panel. */
async function read(page: Page, tab: string, text: string): Promise<void> {
  await page.locator(`[role=tab]::-p-text(${tab})`).click();
  await page.waitForFunction(
    (wanted: string) =>
      document.querySelector('[role=tabpanel]:not([hidden])')?.textContent.includes(wanted),
    {},
    text,
  );
}

describe.skipIf(path === undefined)('in Firefox', () => {
  const open = useFirefox();

  test('every tab shows what this browser gives, and a reload finds the record', async () => {
    const { page, complaints } = await open();
    await walkTo(page, 14);
    await untilBoth(page, 'connected');
    await read(page, 'SDP', 'Opus');
    await page.locator('.views button::-p-text(Agreed)').click();
    await page.waitForSelector('::-p-text(One transport remains)');
    await page.locator('.views button::-p-text(Slots)').click();
    await page.waitForSelector('button[aria-label^="pendingLocal: offer, from step 4"]');
    await read(page, 'ICE', 'host');
    await read(page, 'States', 'iceConnectionState');
    await read(page, 'Log', 'setLocalDescription');
    await read(page, 'Transport', 'DTLS');
    await page.waitForFunction(() => sessionStorage.getItem('peerglass:walk') !== null);
    await page.reload();
    await untilStep(page, 14);
    await untilBoth(page, 'connected');
    await page.waitForSelector('::-p-text(no picture in a record)');
    expect(complaints).toEqual([]);
  });

  test('foreign SDP is explained, judged and compared', async () => {
    const { page, complaints } = await open('#/sdp');
    await page.locator('button::-p-text(Try an example)').click();
    await page.waitForSelector('[data-line="1"]');
    await page.locator('.views button::-p-text(Agreed)').click();
    await page.waitForSelector('table');
    expect(complaints).toEqual([]);
  });

  test('a lesson is walked in its virtual network, the same as anywhere', async () => {
    const { page, complaints } = await open('#/two-routers');
    await walkTo(page, 14);
    await untilBoth(page, 'connected');
    await read(page, 'Network', 'Simulated');
    const told = await page.$eval('.caption', (element) => element.textContent);
    expect(told).toContain('198.51.100.7:25394');
    expect(complaints).toEqual([]);
  });

  test('the matrix fills in its worker, and a cell is walked', async () => {
    const { page, complaints } = await open('#/matrix');
    await page.waitForSelector('table[aria-busy=false] button.direct');
    const counts = await page.$$eval('.bar li b', (all) => all.map((each) => each.textContent));
    expect(counts).toEqual(['42', '0', '39']);
    await page.locator('a::-p-text(Walk this call)').click();
    await page.waitForFunction(() => location.hash.startsWith('#/lab'));
    await walkTo(page, 14);
    await untilBoth(page, 'connected');
    expect(complaints).toEqual([]);
  });
});
