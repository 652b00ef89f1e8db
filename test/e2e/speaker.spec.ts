// The speaker's window: it shows the step with a question for the class, drives the page, and says when it is gone.
import { expect, test } from './support/test.ts';

test('S opens a speaker view that follows the page and drives it', async ({
  walk,
  page,
  context,
}) => {
  await walk.open();
  await walk.nextTo(3);
  const opened = context.waitForEvent('page');
  await page.keyboard.press('s');
  const speaker = await opened;
  await expect(speaker.getByText('Step 3 of 14')).toBeVisible();
  await expect(speaker.getByText(/^Ask:/)).toBeVisible();

  await speaker.getByRole('button', { name: 'Next step', exact: true }).click();
  await walk.at(4);
  await expect(speaker.getByText('Step 4 of 14')).toBeVisible();
  await speaker.keyboard.press('ArrowLeft');
  await walk.at(3);
  await expect(speaker.getByText('Step 3 of 14')).toBeVisible();

  await page.close();
  await expect(speaker.getByRole('alert')).toContainText('was closed');
});

test('a speaker view that can’t be loaded is told of, and opens once it can', async ({
  walk,
  watch,
  page,
  context,
}) => {
  watch.forgive(/net::ERR_FAILED/);
  const part = '**/speaker-window-*.js';
  await page.route(part, (route) => route.abort());
  await walk.open();
  await page.keyboard.press('s');
  await expect(page.getByText(/The speaker window’s part of this page did not load/)).toBeVisible();
  await page.unroute(part);
  const opened = context.waitForEvent('page');
  await page.keyboard.press('s');
  await expect((await opened).getByText('Before step 1').first()).toBeVisible();
});

test('a page that may open no BroadcastChannel says that there can be no speaker view', async ({
  walk,
  page,
}) => {
  await page.addInitScript(() => {
    globalThis.BroadcastChannel = class extends BroadcastChannel {
      constructor(name: string) {
        if (name.startsWith('peerglass-speaker:')) {
          throw new DOMException('made to fail', 'SecurityError');
        }
        super(name);
      }
    };
  });
  await walk.open();
  await page.keyboard.press('s');
  await expect(walk.notices).toContainText('The speaker window can’t be opened');
  await expect(walk.notices).toContainText('SecurityError: made to fail');
});
