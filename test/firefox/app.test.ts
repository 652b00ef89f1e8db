// What else a learner does, in Firefox: a reload, another language, a text, and the end of the call.
import { describe, expect, test } from 'vitest';
import { path, untilBoth, untilStep, useFirefox, walkTo } from './firefox.ts';

describe.skipIf(path === undefined)('in Firefox', () => {
  const open = useFirefox();

  test('a reload in the middle comes back to the same step of a call that goes on', async () => {
    const { page, complaints } = await open();
    await walkTo(page, 7);
    await page.waitForFunction(() => location.hash.startsWith('#/call/set-remote-offer'));
    await page.reload();
    await untilStep(page, 7);
    await walkTo(page, 14, 7);
    await untilBoth(page, 'connected');
    expect(complaints).toEqual([]);
  });

  test('the walk is in Korean when the link says so', async () => {
    const { page, complaints } = await open('#/call?lang=ko');
    expect(await page.$eval('html', (html) => html.lang)).toBe('ko');
    await page.waitForSelector('button[aria-label="다음 단계"]');
    for (let step = 1; step <= 14; step += 1) {
      await walkTo(page, step, step - 1);
      expect(await page.title()).toMatch(/[가-힣]/);
    }
    await untilBoth(page, 'connected');
    expect(complaints).toEqual([]);
  });

  test('text goes over the data channel both ways, and hanging up closes both sides', async () => {
    const { page, complaints } = await open();
    await walkTo(page, 14);
    await page.waitForSelector('button.say');
    await page.click('button.say');
    for (const [from, to] of [
      ['caller', 'callee'],
      ['callee', 'caller'],
    ] as const) {
      const text = `안녕 from the ${from}`;
      await page.waitForSelector(`.talk.${from} input[type=text]:not(:disabled)`);
      await page.type(`.talk.${from} input[type=text]`, text);
      await page.keyboard.press('Enter');
      await page.waitForFunction(
        (side: string, wanted: string) =>
          [...document.querySelectorAll(`.talk.${side} li.received .said`)].some(
            (said) => said.textContent === wanted,
          ),
        {},
        to,
        text,
      );
    }
    await page.locator('button[title="This call"]').click();
    await page.locator('[role=menuitem][aria-label="Hang up"]').click();
    await untilStep(page, 15);
    await page.keyboard.press('ArrowRight');
    await untilBoth(page, 'closed');
    expect(complaints).toEqual([]);
  });
});
