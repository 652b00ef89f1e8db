// Reload comes back to the same step: by a new call, or by the record of a finished one.
import { openSetup } from './support/setup.ts';
import { expect, test } from './support/test.ts';
import { LAST, STEP_IDS, type Walk } from './support/walk.ts';

const NEW_CALL = /This is a new call, walked to step (\d+) for you/;
const RECORD = 'This is the record of your finished call.';

/** Waits until the browser keeps the record of the finished call for this tab. */
async function isKept(walk: Walk): Promise<void> {
  await walk.page.waitForFunction(() => sessionStorage.getItem('peerglass:walk') !== null);
}

async function heading(walk: Walk, step: number): Promise<void> {
  await expect(walk.page).toHaveURL(new RegExp(`#/call/?${STEP_IDS[step] ?? ''}$`));
  await walk.page.reload();
  await walk.at(step);
}

test('before the first step', async ({ walk }) => {
  await walk.open('#/call');
  await heading(walk, 0);
  await expect(walk.notices).toBeEmpty();
});

test('at each step of a call that is not finished', async ({ walk, page }) => {
  await walk.open();
  for (let step = 1; step < 10; step += 1) {
    await walk.next();
    const title = await page.title();
    await heading(walk, step);
    await expect(walk.notices).toContainText(NEW_CALL);
    await expect(page).toHaveTitle(title);
  }
});

test('at each step of a finished call', async ({ walk, page }) => {
  await walk.open();
  for (let step = 10; step <= LAST; step += 1) {
    if (step === 10) await walk.nextTo(10);
    else await walk.next();
    // From step 10 on the call finishes by itself.
    await isKept(walk);
    await heading(walk, step);
    await expect(walk.notices).toContainText(RECORD);
    await expect(page.getByText(/^Recording of /)).toBeVisible();
  }
  await walk.connected();
});

test('the record of a finished call survives a reload at step 3', async ({ walk, page }) => {
  await walk.open();
  await walk.finish();
  await isKept(walk);
  await walk.seek(3);
  const sdp = await (await walk.tab('SDP')).locator('.sdp').innerText();
  await page.reload();
  await walk.at(3);
  await expect(walk.notices).toContainText(RECORD);
  expect(await (await walk.tab('SDP')).locator('.sdp').innerText()).toBe(sdp);
  await walk.finish();
  // A new call leaves it, and a reload does not bring it back.
  await walk.tool('New call…');
  await walk.at(0);
  await page.reload();
  await walk.at(0);
  await openSetup(page);
  await expect(page.getByRole('group', { name: 'What the call carries' })).toBeVisible();
});
