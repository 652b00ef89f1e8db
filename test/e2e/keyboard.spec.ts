// By keyboard alone: every key of the list, Tab and Enter, and no key taken from whoever needs it.
import type { Page } from '@playwright/test';
import { expect, test } from './support/test.ts';
import { LAST, type Walk } from './support/walk.ts';

/** Tabs until a control of that name has the focus; gives whether the focus could be seen all along. */
async function tabTo(walk: Walk, name: string | RegExp): Promise<void> {
  const { page } = walk;
  const wanted = page.getByRole('button', { name, exact: true });
  for (let press = 0; press < 120; press += 1) {
    await page.keyboard.press('Tab');
    await expectFocusSeen(page);
    if (await wanted.evaluateAll((all) => all.some((each) => each === document.activeElement))) {
      return;
    }
  }
  throw new Error(`Tab never reaches ${String(name)}.`);
}

/** What has the focus is drawn so. */
async function expectFocusSeen(page: Page): Promise<void> {
  const drawn = await page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return true;
    const shows = (each: Element) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each);
      return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
    };
    // An invisible slider or radio button shows it on what is drawn in its place.
    return (
      shows(element) ||
      (element.parentElement !== null &&
        (shows(element.parentElement) || [...element.parentElement.children].some(shows)))
    );
  });
  expect(drawn, await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200))).toBe(
    true,
  );
}

test('the whole walk by Tab and Enter', async ({ walk, page }) => {
  await walk.open();
  await tabTo(walk, 'Next step');
  for (let step = 1; step <= LAST; step += 1) {
    await page.keyboard.press('Enter');
    await walk.at(step);
    // The same button, by its name at the end.
    await expect(walk.button(step < LAST ? 'Next step' : 'What next?')).toBeFocused();
  }
  await walk.connected();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'What next?' })).toBeFocused();
});

test('a lesson by keys alone, from its beginning to its end', async ({ walk, page }) => {
  await walk.open('#/no-way');
  // Past the bar and all that stands before it.
  let presses = 0;
  const next = walk.button('Next step');
  while (!(await next.evaluate((each) => each === document.activeElement)) && presses < 5) {
    await page.keyboard.press('Tab');
    presses += 1;
    await expectFocusSeen(page);
    const isSkip = await page.evaluate(
      () => document.activeElement?.textContent === 'Skip to Next',
    );
    if (isSkip) await page.keyboard.press('Enter');
  }
  await expect(next).toBeFocused();
  // By moments where there are any: each press leads on, and says where.
  const place = () => page.locator('.where span').first().innerText();
  const seen = new Set([await place()]);
  while (await next.isVisible()) {
    await page.keyboard.press('Enter');
    await expect.poll(async () => seen.has(await place())).toBe(false);
    await expect(page.locator('.where.busy')).toHaveCount(0);
    seen.add(await place());
    expect(seen.size).toBeLessThan(60);
  }
  await walk.at(LAST);
  expect(seen.size).toBeGreaterThan(LAST + 1);
  // Nothing was opened, and nothing took the focus on the way: it is the same button.
  await expect(walk.button('What next?')).toBeFocused();
});

test('the whole walk by arrows, clicker keys and phases', async ({ walk, page }) => {
  await walk.open();
  const press = async (key: string, step: number) => {
    await page.keyboard.press(key);
    await walk.at(step);
  };
  await press('ArrowRight', 1);
  await press('PageDown', 2);
  await press('PageUp', 1);
  await press('Control+ArrowRight', 2);
  await press('Control+ArrowLeft', 1);
  await press('ArrowLeft', 0);
  await press(']', 1);
  await press(']', 3);
  await press('[', 1);
  await press(']', 3);
  await press(']', 13);
  await press(']', 14);
  await press('[', 13);
  await press('[', 3);
  await press('Home', 0);
  await press('End', LAST);
  await walk.connected();
  // By events: into the step before, and back.
  await walk.seek(4);
  await walk.unfocus();
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(page).toHaveURL(/set-local-offer\?event=\d+$/);
  await page.keyboard.press('Shift+ArrowRight');
  await walk.at(4);
});

test('Space plays and pauses wherever the focus is, and presses nothing', async ({
  walk,
  page,
}) => {
  await walk.open();
  await walk.nextTo(3);
  const tab = page.getByRole('tab', { name: 'SDP', exact: true });
  for (const control of [walk.button('Next step'), walk.button('Help'), walk.slider, tab]) {
    await control.focus();
    await page.keyboard.press(' ');
    await expect(walk.button('Pause')).toBeVisible();
    await page.keyboard.press(' ');
    await expect(walk.button('Play')).toBeVisible();
    await expect(control).toBeFocused();
    // What a button does would have been seen by now.
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await walk.at(3);
  }
});

test('keys typed into a field do not step', async ({ walk, page }) => {
  await walk.open();
  await walk.finish();
  await walk.openTalk();
  const field = page.getByRole('textbox', { name: 'Text to send, Caller' });
  await field.focus();
  await page.keyboard.type('b.s?f [] ');
  for (const key of ['ArrowLeft', 'Home', 'End', 'PageUp', 'PageDown', 'Shift+ArrowLeft']) {
    await page.keyboard.press(key);
  }
  await expect(field).toHaveValue('b.s?f [] ');
  await walk.at(LAST);
  // No other than the one that the field is in.
  await expect(page.getByRole('dialog')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Sent and received, Callee' })).toContainText(
    'b.s?f []',
  );
});

test('the tabs and the slider keep their own arrows', async ({ walk, page }) => {
  await walk.open();
  await walk.nextTo(3);
  await page.getByRole('tab', { name: 'SDP', exact: true }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tabpanel', { name: 'ICE' })).toBeVisible();
  await walk.at(3);
  await walk.slider.focus();
  await page.keyboard.press('ArrowLeft');
  await walk.at(2);
  await page.keyboard.press('Home');
  await walk.at(0);
});

for (const [key, name] of [
  ['?', 'Help'],
  [null, 'Share'],
] as const) {
  test(`the dialog ${name} keeps the focus, and gives it back`, async ({ walk, page }) => {
    await walk.open();
    await walk.nextTo(2);
    await walk.button(name).focus();
    await page.keyboard.press(key ?? 'Enter');
    const dialog = page.getByRole('dialog', { name });
    await expect(dialog).toBeVisible();
    const isInside = () => dialog.evaluate((element) => element.contains(document.activeElement));
    await expect.poll(isInside).toBe(true);
    for (let press = 0; press < 6; press += 1) {
      await page.keyboard.press(press < 3 ? 'Tab' : 'Shift+Tab');
      expect(await isInside()).toBe(true);
      await expectFocusSeen(page);
    }
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(walk.button(name)).toBeFocused();
    await walk.at(2);
  });
}

test('B blanks the screen, and any key shows it again where it was', async ({ walk, page }) => {
  await walk.open();
  await walk.nextTo(3);
  await walk.unfocus();
  for (const key of ['b', '.']) {
    await page.keyboard.press(key);
    await expect(walk.button('Show the screen again')).toBeVisible();
    await page.keyboard.press('ArrowRight');
    await expect(walk.button('Show the screen again')).toHaveCount(0);
    await walk.at(3);
  }
});
