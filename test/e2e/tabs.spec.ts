// Several pages at once, and pauses: calls that do not hear each other, and do not run out of time.
import { openSetup } from './support/setup.ts';
import { expect, test } from './support/test.ts';
import { LAST, Walk } from './support/walk.ts';

/** The id of the call that a page has saved for a reload. */
async function callId(walk: Walk): Promise<string | null> {
  await walk.page.waitForFunction(() => sessionStorage.getItem('peerglass:walk') !== null);
  return walk.page.evaluate(() => sessionStorage.getItem('peerglass:walk'));
}

test('three pages of one browser walk at once, and hear only themselves', async ({
  context,
  watch: _watch,
}) => {
  test.slow();
  const walks = await Promise.all([1, 2, 3].map(async () => new Walk(await context.newPage())));
  await Promise.all(walks.map((walk) => walk.open()));
  for (let step = 1; step <= LAST; step += 1) {
    await Promise.all(walks.map((walk) => walk.arrowTo(step)));
  }
  for (const walk of walks) {
    await walk.page.bringToFront();
    await walk.connected();
    const log = await walk.tab('Log');
    for (const step of [7, LAST]) {
      await walk.seek(step);
      await expect(log.getByText(/ignored/)).toHaveCount(0);
    }
  }
  const ids = await Promise.all(walks.map(callId));
  expect(new Set(ids).size).toBe(walks.length);
});

test('twenty seconds of reading at any step still end in a call', async ({
  context,
  watch: _watch,
}) => {
  test.setTimeout(150_000);
  const READING = 20_000;
  const steps = [9, 10, 11, 12, 13];
  const walks = await Promise.all(
    steps.map(async (step) => ({ step, walk: new Walk(await context.newPage()) })),
  );
  for (const { walk } of walks) {
    await walk.page.bringToFront();
    await walk.open();
    // Five pages that draw no pictures leave the machine free for what is tested.
    await openSetup(walk.page);
    await walk.page.getByRole('checkbox', { name: 'Video' }).uncheck();
  }
  await Promise.all(walks.map(({ walk, step }) => walk.arrowTo(step)));
  const began = Date.now();
  await expect.poll(() => Date.now() - began, { timeout: READING * 2 }).toBeGreaterThan(READING);
  await Promise.all(
    walks.map(async ({ walk, step }) => {
      await walk.at(step);
      await walk.arrowTo(LAST);
      await walk.connected();
    }),
  );
});
