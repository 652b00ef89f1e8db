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
