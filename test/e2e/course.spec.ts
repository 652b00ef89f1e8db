// The page of lessons: one is chosen, begun, walked to its end and found done, by mouse, by keys and on a phone.
import type { Locator, Page } from '@playwright/test';
import { LESSONS } from '../../src/lessons/catalogue.ts';
import { expectAccessible } from './support/axe.ts';
import { withoutWebRtc } from './support/faults.ts';
import { expect, test } from './support/test.ts';
import { LAST } from './support/walk.ts';

const ALL = LESSONS.length;

/** The card of a lesson. */
function card(page: Page, id: string): Locator {
  return page.locator(`[data-lesson="${id}"]`);
}

/** The way into the lesson that is chosen. */
function start(page: Page, name: string | RegExp): Locator {
  return page.locator('section.intro').getByRole('link', { name });
}

test('a lesson is chosen, begun, walked to its end, and found done with its outcome', async ({
  walk,
  page,
}) => {
  await page.goto('/#/lessons');
  await expect(page.getByRole('heading', { level: 1, name: 'Lessons' })).toBeVisible();
  await expect(page.getByText(`0 of ${String(ALL)} done`)).toBeVisible();
  await expectAccessible(page, 'the lessons');
  const lesson = card(page, 'symmetric-both');
  await expect(lesson).toContainText('How it ends is yours to find out');
  await lesson.scrollIntoViewIfNeeded();
  const before = await lesson.boundingBox();
  await lesson.click();
  // Nothing moves under the pointer.
  expect(await lesson.boundingBox()).toEqual(before);
  await expect(page).toHaveURL(/#\/lessons\/symmetric-both$/);
  await expect(lesson).toHaveAttribute('aria-current', 'true');
  await expect(
    page.getByRole('heading', { level: 2, name: 'Symmetric NATs, with TURN' }),
  ).toBeVisible();
  await expect(page.locator('section.intro')).toContainText('192.0.2.20');
  await start(page, 'Start').click();
  await expect(page).toHaveURL(/#\/symmetric-both(\?|$)/);
  await walk.at(0);
  await walk.button('Last step').click();
  await walk.at(LAST);
  await page.goto('/#/lessons');
  await expect(lesson).toContainText('done');
  await expect(lesson).toContainText('through a relay');
  await expect(page.getByText(`1 of ${String(ALL)} done`)).toBeVisible();
  await expect(card(page, 'no-way')).toContainText('How it ends is yours to find out');
});

test('a lesson that was left goes on where it was left, or from its beginning', async ({
  walk,
  page,
}) => {
  await walk.open('#/two-routers');
  await walk.nextTo(3);
  await page.goto('/#/lessons/two-routers');
  await start(page, 'Go on at step 3').click();
  await walk.at(3);
  await page.goBack();
  await start(page, 'Start over').click();
  await walk.at(0);
});

test('a teacher sees every outcome, and the link keeps that', async ({ page }) => {
  await page.goto('/#/lessons/no-way');
  await page.getByRole('switch', { name: 'Show all outcomes' }).check();
  await expect(page).toHaveURL(/#\/lessons\/no-way\?outcomes=shown$/);
  await expect(card(page, 'no-way')).toContainText('Ends without a connection');
  await page.reload();
  await expect(card(page, 'udp-blocked')).toContainText('through a relay');
});

test('by keys alone: arrows lead among the cards, Enter to the way in, Escape back', async ({
  walk,
  page,
}) => {
  await page.goto('/#/lessons');
  await card(page, 'call').focus();
  await page.keyboard.press('ArrowRight');
  await expect(card(page, 'same-router')).toBeFocused();
  await expect(page).toHaveURL(/#\/lessons\/same-router$/);
  await page.keyboard.press('ArrowDown');
  await expect(card(page, 'two-routers')).toBeFocused();
  // Only one of them is in the order of Tab.
  await expect(page.locator('[data-lesson][tabindex="0"]')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(start(page, 'Start')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(card(page, 'two-routers')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/two-routers(\?|$)/);
  await walk.at(0);
});

test('on a phone the list and the lesson are pages of their own, in Korean too', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/#/lessons?lang=ko');
  await expect(card(page, 'two-routers')).toBeVisible();
  await expect(page.locator('section.intro')).toBeHidden();
  await page.getByRole('link', { name: /^이어서: / }).click();
  await expect(page).toHaveURL(/#\/lessons\/call/);
  await expect(card(page, 'call')).toBeHidden();
  await expect(start(page, '시작')).toBeInViewport();
  await page.getByRole('link', { name: '레슨', exact: true }).last().click();
  await expect(card(page, 'call')).toBeVisible();
  await page.goBack();
  await expect(start(page, '시작')).toBeInViewport();
});

test('without WebRTC it says why the call can’t run, and leads to a network', async ({
  walk,
  page,
}) => {
  await withoutWebRtc(page);
  await page.goto('/#/lessons/call');
  await expect(page.locator('section.intro')).toContainText('This browser has no WebRTC');
  await start(page, /^Start with/).click();
  await walk.nextTo(1);
  await expect(page).toHaveURL(/#\/same-router\//);
});
