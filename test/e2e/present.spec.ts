// Present mode: the whole screen for one of the three, sizes that the last row reads, and a way out that is found.
import type { Page } from '@playwright/test';
import { expect, test } from './support/test.ts';
import type { Walk } from './support/walk.ts';

test.use({ viewport: { width: 1024, height: 768 } });

async function present(walk: Walk): Promise<void> {
  await walk.button('Present').click();
  await expect(walk.page.getByRole('button', { name: 'reader' })).toBeVisible();
}

/** What has the whole screen, as the keys at the foot say. */
async function expectOnly(page: Page, only: 'stage' | 'ladder' | 'reader' | null): Promise<void> {
  for (const name of ['stage', 'ladder', 'reader']) {
    await expect(page.getByRole('button', { name, exact: true })).toHaveAttribute(
      'aria-pressed',
      String(name === only),
    );
  }
  const shown = { stage: '.stage', ladder: '.ladder-room', reader: '.right' };
  for (const [name, selector] of Object.entries(shown)) {
    await expect(page.locator(selector)).toBeVisible({ visible: only === null || name === only });
  }
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Step 4 of 14: \S/);
}

/** The sizes of all text that is seen, in pixels. */
function sizesOfText(page: Page): Promise<readonly { size: number; text: string }[]> {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: { size: number; text: string }[] = [];
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      const text = node.textContent?.trim() ?? '';
      if (element === null || text === '' || element.closest('.sr, script, style') !== null)
        continue;
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      const scale = element instanceof SVGGraphicsElement ? (element.getScreenCTM()?.a ?? 1) : 1;
      found.push({ size: parseFloat(getComputedStyle(element).fontSize) * scale, text });
    }
    return found;
  });
}

test('1, 2 and 3 give the whole screen away, and the same key or Escape takes it back', async ({
  walk,
  page,
}) => {
  await walk.open();
  await walk.nextTo(4);
  // Elsewhere they are nobody's.
  await walk.unfocus();
  await page.keyboard.press('1');
  await expect(page.locator('.right')).toBeVisible();
  await present(walk);
  await walk.unfocus();
  await expectOnly(page, null);
  for (const [key, only] of [
    ['1', 'stage'],
    ['2', 'ladder'],
    ['3', 'reader'],
  ] as const) {
    await page.keyboard.press(key);
    await expectOnly(page, only);
  }
  await page.keyboard.press('3');
  await expectOnly(page, null);
  await page.getByRole('button', { name: 'ladder', exact: true }).click();
  await expectOnly(page, 'ladder');
  await page.keyboard.press('Escape');
  await expectOnly(page, null);
  await page.keyboard.press('Escape');
  await expect(walk.button('Present')).toBeFocused();
  await expect(page.getByRole('button', { name: 'stage', exact: true })).toHaveCount(0);
});

test('a clicker steps, the buttons of the foot too, and so does the small timeline', async ({
  walk,
  page,
}) => {
  await walk.open();
  await present(walk);
  await walk.unfocus();
  await page.keyboard.press('PageDown');
  await walk.at(1);
  await walk.button('Next step').click();
  await walk.at(2);
  await walk.button('Previous step').click();
  await walk.at(1);
  await walk.seek(2);
  await expect(page.locator('.present-bar')).toContainText('Step 2 of 14');
});

test('the way out is seen when the pointer moves, and when it has the focus', async ({
  walk,
  page,
}) => {
  await walk.open();
  await page.keyboard.press('Tab');
  await present(walk);
  const corner = page.locator('div.corner');
  await page.mouse.move(400, 300);
  await expect(corner).toHaveCSS('opacity', '1');
  // It rests again by itself.
  await expect(corner).toHaveCSS('opacity', '0');
  const leave = corner.getByRole('button', { name: 'Leave present mode' });
  await leave.focus();
  await expect(corner).toHaveCSS('opacity', '1');
  await page.keyboard.press('Enter');
  await expect(walk.button('Present')).toBeVisible();
});

test('in the reader alone the picked line is explained at the foot, and the corner covers nothing', async ({
  walk,
  page,
}) => {
  await walk.open('#/call/send-offer?tab=sdp&line=offer.5');
  await walk.at(6);
  await present(walk);
  await walk.unfocus();
  const foot = page.locator('.reader-foot');
  await expect(foot).toHaveCount(0);
  const corner = page.locator('div.corner');
  await page.mouse.move(400, 300);
  const apart = async (selector: string) => {
    const [one, other] = [await corner.boundingBox(), await page.locator(selector).boundingBox()];
    if (one === null || other === null) throw new Error(`${selector} is not there`);
    return other.x + other.width <= one.x || other.y >= one.y + one.height;
  };
  expect(await apart('.right .kicker > :last-child')).toBe(true);
  expect(await apart('.right h1')).toBe(true);
  await page.keyboard.press('3');
  await expect(foot).toHaveText(/^a=group\s*\S/);
  expect(await apart('.present-head h1')).toBe(true);
  expect(await apart('.present-head > svg')).toBe(true);
  await page.getByRole('button', { name: 'Line 1', exact: true }).click();
  await expect(foot).toHaveText(/^v=\s*\S/);
  await page.keyboard.press('2');
  await expect(foot).toHaveCount(0);
});

test('the last row can read it, and nothing runs over', async ({ walk, page }) => {
  await walk.open('#/call/gather-candidates?tab=sdp');
  await walk.at(5);
  await present(walk);
  const size = (text: string | RegExp) =>
    page
      .locator('.right')
      .getByText(text)
      .first()
      .evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
  expect(await size('The caller')).toBeGreaterThanOrEqual(20);
  const foot = await page.locator('.present-bar').boundingBox();
  expect(Math.round(foot?.height ?? 0)).toBe(64);
  await walk.unfocus();
  for (const key of ['', '1', '2', '3']) {
    if (key !== '') await page.keyboard.press(key);
    for (const [width, height] of [
      [1024, 768],
      [1280, 720],
      [1920, 1080],
    ] as const) {
      await page.setViewportSize({ width, height });
      const at = `${key} at ${String(width)}`;
      await expect.poll(async () => (await sizesOfText(page)).length, at).toBeGreaterThan(10);
      expect(
        (await sizesOfText(page)).filter((each) => each.size < 14.9),
        at,
      ).toEqual([]);
      const over = await page.evaluate(() =>
        [document.documentElement, ...document.querySelectorAll('.present-bar, .present-head')]
          .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
          .map(({ className, scrollWidth }) => `${className} ${String(scrollWidth)}`),
      );
      expect(over, at).toEqual([]);
    }
    await page.setViewportSize({ width: 1024, height: 768 });
  }
  expect(await size(/^m=audio/)).toBeGreaterThanOrEqual(24);
});
